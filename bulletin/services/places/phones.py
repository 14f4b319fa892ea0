"""Whom residents call, and what the bodies are called that take their objections."""

import re

from bulletin.domain.contacts.phones import checked_phone
from bulletin.domain.languages.sentences import Sentence, say
from bulletin.domain.objections.lines import Addressee
from bulletin.services.privacy.check import PHONE_SEPARATORS
from bulletin.services.site import Site
from bulletin.store.places import Township, Village, townships

BODIES = {  # by the kind of a township: its government and its party committee
    say("镇"): (say("镇政府"), say("镇党委")),
    say("街道"): (say("街道办事处"), say("街道党工委")),
    say("乡"): (say("乡政府"), say("乡党委")),
}


def checked_phones(typed: str) -> str:
    """Several phones with commas or the like between them."""
    for phone in re.split(f"[{PHONE_SEPARATORS}]", typed):
        checked_phone(phone)
    return typed.strip()


def phones_of(township: Township, village: Village | None) -> tuple[tuple[str, str], ...]:
    """监督电话 as (who, number), the village's before the township's."""
    own = ((say("村"), village.phone),) if village is not None and village.phone else ()
    return (*own, *(((_kind(township.name), township.phone),) if township.phone else ()))


def office_phones(site: Site) -> tuple[tuple[str, str], ...]:
    """The offices of every township of the site as (who, number), for where no village is known."""
    with site.sessions.reading() as session:
        places = townships(session)
    if len(places) == 1:
        return phones_of(places[0], None)
    return tuple((place.name, place.phone) for place in places if place.phone)


def _kind(township: str) -> Sentence:
    """What people call it: 乡, 镇 or 街道."""
    kinds = tuple(BODIES)
    return next((kind for kind in kinds if township.endswith(kind)), kinds[-1])


def body_names(township: Township) -> dict[str, str]:
    """The bodies outside the village that take objections, as people call them here."""
    government, party = BODIES[_kind(township.name)]
    names: dict[str, str] = {
        Addressee.TOWNSHIP.value: government,
        Addressee.TOWNSHIP_PARTY.value: party,
    }
    if township.county:
        names[Addressee.COUNTY.value] = f"{township.county}人民政府"
    return names
