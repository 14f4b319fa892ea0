"""Whom residents call, and what the bodies are called that take their objections."""

import re

from bulletin.domain.contacts.phones import checked_phone
from bulletin.domain.objections.lines import Addressee
from bulletin.services.privacy.check import PHONE_SEPARATORS
from bulletin.services.site import Site
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


def body_names(township: Township) -> dict[str, str]:
    """The bodies outside the village that take objections, as people call them here."""
    kind = _kind(township.name)
    is_street = kind == "街道"
    names = {
        Addressee.TOWNSHIP: "街道办事处" if is_street else f"{kind}政府",
        Addressee.TOWNSHIP_PARTY: "街道党工委" if is_street else f"{kind}党委",
    }
    if township.county:
        names[Addressee.COUNTY] = f"{township.county}人民政府"
    return {body.value: name for body, name in names.items()}
