"""What is sent to a website or a medium: the words of a notice, as they are pasted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import period_words
from bulletin.domain.outlets.paste import PasteFacts, whole_words
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.edition_document import edition_document
from bulletin.services.outlets.outlets import ensure_goes_on, outlet_served_by
from bulletin.services.outlets.to_send import edition_for_outlet
from bulletin.services.outlets.unsent import due_in
from bulletin.services.printing.objections import objection_words
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.places import Township


@dataclass(frozen=True, kw_only=True)
class ReadyToSend:
    """All that is needed to send one notice: the words as they are pasted, and what is recorded."""

    outlet: str
    kind: OutletKind
    code: str
    title: str
    words: str
    due_on: date


def ready_to_send(
    site: Site, actor: Actor, outlet_id: int, code: str, now: datetime
) -> ReadyToSend:
    """The text of a notice for an outlet that shows it whole; raises as `ensure_goes_on` and `edition_for_outlet`."""
    with site.sessions.reading() as session:
        outlet = outlet_served_by(session, actor, outlet_id)
        ensure_goes_on(outlet, now)
        edition = edition_for_outlet(session, site, outlet, notice_for(session, actor, code), now)
        return ReadyToSend(
            outlet=outlet.name,
            kind=outlet.kind,
            code=code,
            title=edition.title,
            words=whole_words(paste_facts(session, site, edition, now)),
            due_on=due_in(outlet, edition),
        )


def paste_facts(session: Session, site: Site, edition: Edition, now: datetime) -> PasteFacts:
    """What is said of an edition wherever it is sent."""
    notice = edition.notice
    place = notice.village or session.get_one(Township, edition.township_id)
    return PasteFacts(
        place=place.name,
        title=edition.title,
        publishers=tuple(signature.publisher.name for signature in notice.signatures),
        number=notice.register_name or "",
        period=period_words(edition.opens_on, edition.closes_on),
        objection=objection_words(session, site, edition, now),
        address=f"{site.public_url}/N/{notice.code}.{edition.number}",
        document=edition_document(edition),
    )
