"""Whom residents call, and how they object."""

import re
from datetime import date

from bulletin.domain.days import day_words
from bulletin.domain.phones import checked_phone
from bulletin.services.privacy.check import PHONE_SEPARATORS
from bulletin.services.site import Site
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village, townships


def checked_phones(typed: str) -> str:
    """Several phones with commas or the like between them."""
    for phone in re.split(f"[{PHONE_SEPARATORS}]", typed):
        checked_phone(phone)
    return typed.strip()


def phones_of(township: Township, village: Village | None) -> tuple[tuple[str, str], ...]:
    """监督电话 as (who, number), the village's before the township's."""
    own = (("村", village.phone),) if village is not None and village.phone else ()
    return (*own, *(((_kind(township.name), township.phone),) if township.phone else ()))


def office_phones(site: Site) -> tuple[tuple[str, str], ...]:
    """The offices of every township of the site as (who, number), for where no village is known."""
    with site.sessions.reading() as session:
        places = townships(session)
    if len(places) == 1:
        return phones_of(places[0], None)
    return tuple((place.name, place.phone) for place in places if place.phone)


def _kind(township: str) -> str:
    """What people call it: 乡, 镇 or 街道."""
    return next((kind for kind in ("镇", "街道") if township.endswith(kind)), "乡")


def objection_words(site: Site, notice: Notice, closes_on: date) -> str:
    """How and until when to object."""
    kind = _kind(notice.township.name)
    whom = "街道办事处" if kind == "街道" else f"{kind}政府"
    if notice.village_id is not None:
        whom = f"村务监督委员会或{whom}" if notice.personal else "村务监督委员会"
    return f"{day_words(closes_on, since=closes_on)}前向{whom}提出，{site.objection_days}日内答复"
