"""What a person asks of the index: every word, somewhere in what the person may see."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from bulletin.domain.people import Actor
from bulletin.domain.search.everyday import needles_in_the_papers
from bulletin.domain.search.query import Needle, Needles, SearchWord, read_words
from bulletin.domain.search.tokens import ITEM, PLACE, TITLE, TOWNSHIP, mark, plain
from bulletin.services.search.items import codes_by_title
from bulletin.store.search_index import Wanted
from bulletin.store.villages import names_by_village

Alternatives = tuple[Needles, ...]
NOWHERE = -1  # what nobody's place is: who has none sees nothing


Called = tuple[Needle, str]  # the mark of a place, and a name of it


def _as_it_stands(needles: Needles) -> Alternatives:
    return (needles,)


@dataclass(frozen=True)
class Asked:
    """The words of a search, and for each what answers it: its tokens, or where the subject belongs."""

    words: tuple[SearchWord, ...]
    seen: Wanted  # what the person may see at all
    belongs: tuple[Alternatives, ...]  # of each word: the villages and items that are called so
    ways: Callable[[Needles], Alternatives] = _as_it_stands  # in which tokens answer

    def wanted(self, *narrowed: str, in_title: bool = False) -> Wanted:
        """Every word among what the person may see.

        Args:
            narrowed: marks that a subject must have, see `domain.search.tokens.mark`.
            in_title: words count only in its title.
        """
        words = tuple(
            (*self.ways(_in_title(word.needles) if in_title else word.needles), *others)
            for word, others in zip(self.words, self.belongs, strict=True)
        )
        return (*self.seen, *(((Needle(each),),) for each in narrowed), *words)


def read_asked(session: Session, actor: Actor, typed: str) -> Asked:
    """What somebody typed, as the person means it."""
    words = read_words(typed)
    villages = _villages(session, actor)
    items = codes_by_title(session, actor.township_id) if words else {}
    belongs = tuple(tuple(belonging(word, villages, items)) for word in words)
    return Asked(words, seen_by(actor), belongs)


def seen_by(actor: Actor) -> Wanted:
    """What a person may see at all, as marks: of their township, and of their villages."""
    of_township: Wanted = (((Needle(mark(TOWNSHIP, actor.township_id)),),),)
    if actor.places is None:
        return of_township
    places = sorted(actor.places, key=lambda place: place or 0) or [NOWHERE]
    return (*of_township, tuple((Needle(mark(PLACE, place)),) for place in places))


def _in_title(needles: Needles) -> Needles:
    return tuple(replace(needle, token=TITLE + needle.token) for needle in needles)


def _villages(session: Session, actor: Actor) -> list[Called]:
    """The villages that a person may see, each by every name that it ever had."""
    own = actor.township_id
    return [
        (Needle(mark(PLACE, village_id)), plain(name))
        for village_id, names in names_by_village(session, (own,))[own].items()
        if actor.may_see(village_id)
        for name in names
    ]


def belonging(
    word: SearchWord,
    places: Iterable[Called],
    items: dict[str, frozenset[str]],
    ways: Callable[[Needles], Alternatives] = _as_it_stands,
) -> Iterator[Needles]:
    """What else answers a word: what says the same, and what is of a place or an item called so; 张家村收支 is what is called 收支 in 张家村."""
    for needles in needles_in_the_papers(word):
        yield from ways(needles)
    for code, titles in items.items():
        if any(word.text in title for title in titles):
            yield (Needle(mark(ITEM, code)),)
    for here, name in places:
        if word.text in name:
            yield (here,)
        elif word.text.startswith(name) and word.text.isalpha():
            for rest in read_words(word.text.removeprefix(name)):
                yield from ((here, *needles) for needles in ways(rest.needles))
                yield from ((here, *needles) for needles in belonging(rest, (), items, ways))
