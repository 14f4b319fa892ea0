"""What a village changes about itself: its phones, its 集中公开日."""

from datetime import datetime

from bulletin.domain.contacts.phones import checked_phone
from bulletin.domain.duties.disclosure_day import read_disclosure_day
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_administrator, village_in
from bulletin.services.history import record
from bulletin.services.places.phones import checked_phones
from bulletin.services.site import Site


def change_disclosure_day(
    site: Site, actor: Actor, village_id: int, words: str, now: datetime
) -> None:
    """The 集中公开日 that scheduling offers first; '' for none.

    Raises:
        Refused: the words name no day.
    """
    ensure_administrator(actor)
    words = words.strip()
    if words:
        read_disclosure_day(words)
    with site.sessions.writing() as session:
        village = village_in(session, actor, village_id)
        village.disclosure_day = words
        record(session, actor, "change_disclosure_day", f"village {village.code}", now)


def change_phones(
    site: Site, actor: Actor, village_id: int, phone: str, office_phones: str, now: datetime
) -> None:
    """The 监督电话 that sheets print, and the other phones that the office publishes."""
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        village = village_in(session, actor, village_id)
        village.phone = checked_phone(phone)
        village.office_phones = checked_phones(office_phones)
        record(session, actor, "change_phones", f"village {village.code}", now)
