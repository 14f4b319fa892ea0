"""What anybody may seek: words of what is public, places by their names.

The index knows what was approved and by which words it may be found; whether its moment has come and which edition is
in force is asked of the dates (`store.public_lists`), so that nothing is found that a list of residents doesn't name.
A list of people is found by its item, its number, its village and its year, and never by a name in it: also while it
hangs, because who seeks a name over every village is no reader of a board.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from bulletin.domain.search.query import Needle, Needles, SearchWord, read_words
from bulletin.domain.search.tokens import FOR_ALL, OPEN, PLACE, TITLE, TOWNSHIP, WHOLE, mark, plain
from bulletin.services.search.asked import Alternatives, Asked, Called, belonging
from bulletin.store.places import Township, townships
from bulletin.store.villages import names_by_village

MIN_NAME = 2  # characters of a word that may stand for a place: 村 is in every name


@dataclass(frozen=True)
class PlaceName:
    """One name of a place of the site, of today or of before."""

    township_id: int
    village_id: int | None  # None: the township itself
    name: str  # as it is compared

    @property
    def mark(self) -> Needle:
        if self.village_id is None:
            return Needle(mark(TOWNSHIP, self.township_id))
        return Needle(mark(PLACE, self.village_id))


def place_names(session: Session) -> list[PlaceName]:
    """Every name of every place of the site."""
    here = townships(session)
    villages = names_by_village(session, [each.id for each in here])
    return [name for each in here for name in _names_in(each, villages[each.id])]


def _names_in(township: Township, villages: Mapping[int, Collection[str]]) -> Iterator[PlaceName]:
    yield PlaceName(township.id, None, plain(township.name))
    for village_id, names in villages.items():
        for name in sorted(names):
            yield PlaceName(township.id, village_id, plain(name))


def asked_by_anybody(typed: str, names: Iterable[PlaceName]) -> Asked:
    """What somebody without an account typed."""
    words = read_words(typed)
    called = [(name.mark, name.name) for name in names]
    belongs = tuple(tuple(_belonging(word, called)) for word in words)
    return Asked(words, (((Needle(FOR_ALL),),),), belongs, _open_ways)


def _belonging(word: SearchWord, called: list[Called]) -> Iterator[Needles]:
    return belonging(word, called if len(word.text) >= MIN_NAME else (), {}, _open_ways)


def _open_ways(needles: Needles) -> Alternatives:
    """Among all the words of what is open as a whole, or among those by which a list of people may be found."""
    return (Needle(WHOLE), *needles), tuple(_open(needle) for needle in needles)


def _open(needle: Needle) -> Needle:
    return replace(needle, token=OPEN + needle.token.removeprefix(TITLE))
