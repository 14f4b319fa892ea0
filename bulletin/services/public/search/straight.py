"""What leads straight to where somebody wants to go: a register number, a village's name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.characters import ordinary
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.search.query import SearchWord
from bulletin.domain.search.tokens import plain
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.search.public import MIN_NAME, PlaceName
from bulletin.services.site import Site
from bulletin.store.notice_queries import notices_of_number
from bulletin.store.places import Township, Village, townships
from bulletin.store.villages import named_exactly

MAX_PLACES = 8  # whose names have a word


def straight_to(site: Site, typed: str, now: datetime) -> str | None:
    """The address of the one notice whose register number was typed, or of the one place that is called so."""
    with site.sessions.reading() as session:
        called = named_exactly(session, ordinary(typed).replace(" ", ""))
        addresses = {_address(_of_today(place)) for place in called}
        addresses |= set(_numbered(session, site, typed, now))
        return addresses.pop() if len(addresses) == 1 else None


def _numbered(session: Session, site: Site, typed: str, now: datetime) -> Iterator[str]:
    """The addresses of the notices that have a number: townships may have villages of one name."""
    number = RegisterNumber.read(typed)
    if number is None:
        return
    here = [township.id for township in townships(session)]
    for notice in notices_of_number(session, here, number):
        # Numbers follow one another: what was never public is not found by one.
        if NoticeView(site, notice, now).in_force is not None:
            yield f"/N/{notice.code}"


@dataclass(frozen=True)
class PlaceCalled:
    """A place of which a name has the word that was typed."""

    name: str  # of today
    url: str
    former: str  # the name that has it, when it is one of before


def places_called(
    session: Session, names: Iterable[PlaceName], words: Sequence[SearchWord]
) -> tuple[PlaceCalled, ...]:
    """The places that are called like the one word that was typed."""
    if len(words) != 1 or len(words[0].text) < MIN_NAME:
        return ()
    found: dict[str, PlaceCalled] = {}
    for name in names:
        if words[0].text in name.name:
            place = _place(session, name)
            former = "" if plain(place.name) == name.name else name.name
            called = PlaceCalled(place.name, _address(place), former)
            found[called.url] = called if not former else found.get(called.url, called)
    return tuple(found.values())[:MAX_PLACES]


def _address(place: Township | Village) -> str:
    return f"/{'T' if isinstance(place, Township) else 'V'}/{place.code}"


def _place(session: Session, name: PlaceName) -> Township | Village:
    """The place of a name; of a village that goes on under another code the one of today."""
    if name.village_id is None:
        return session.get_one(Township, name.township_id)
    return _of_today(session.get_one(Village, name.village_id))


def _of_today(place: Township | Village) -> Township | Village:
    while isinstance(place, Village) and place.goes_on_as is not None:
        place = place.goes_on_as
    return place
