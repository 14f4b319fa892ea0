"""Paragraphs that were split in several or joined to one: the same words, with another break between them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bulletin.domain.notices.changes.alignment import Pair
from bulletin.domain.notices.changes.words import LEAST_KEPT, LEAST_PAIRS, pairs_of_signs
from bulletin.domain.notices.content import Block, Paragraph

Places = tuple[int, ...]


@dataclass(frozen=True)
class Regrouped:
    """One paragraph on one side, several on the other that follow each other; counted from 0."""

    before: Places
    after: Places


def regrouped(
    before: Sequence[Block], after: Sequence[Block], pairs: Iterable[Pair]
) -> Iterator[Pair | Regrouped]:
    """The pairs in their order; those that are parts of one split or joined paragraph as one.

    A part is found by what its neighbour lost: a paragraph that came has its words from the one before
    that is shorter now, one that went left them in the one that is longer.
    """
    listed = list(pairs)
    came = {pair.after for pair in listed if pair.before is None}
    went = {pair.before for pair in listed if pair.after is None}
    groups: dict[Pair, Regrouped] = {}
    for pair in listed:
        if pair.before is None or pair.after is None or pair.moved:
            continue
        old, new = before[pair.before], after[pair.after]
        if not isinstance(old, Paragraph) or not isinstance(new, Paragraph) or old == new:
            continue
        was, now = pairs_of_signs(old.text), pairs_of_signs(new.text)
        parts = _parts(after, pair.after, came, was - now)
        wholes = () if parts else _parts(before, pair.before, went, now - was)
        if parts or wholes:
            found = Regrouped(
                tuple(sorted((*wholes, pair.before))), tuple(sorted((*parts, pair.after)))
            )
            groups[pair] = found
            came -= set(found.after)
            went -= set(found.before)
    yield from _in_place(listed, groups)


def _parts(
    blocks: Sequence[Block], place: int, free: set[int | None], words: Counter[str]
) -> Places:
    """The free neighbours that say what a paragraph lost, on both sides of it."""
    found = []
    for step in (1, -1):
        at = place + step
        while at in free and 0 <= at < len(blocks):
            block = blocks[at]
            said = pairs_of_signs(block.text) if isinstance(block, Paragraph) else Counter()
            if said.total() < LEAST_PAIRS or (said & words).total() < LEAST_KEPT * said.total():
                break
            words = words - said
            found.append(at)
            at += step
    return tuple(found)


def _in_place(pairs: Iterable[Pair], groups: dict[Pair, Regrouped]) -> Iterator[Pair | Regrouped]:
    taken_after = {at for group in groups.values() for at in group.after}
    taken_before = {at for group in groups.values() for at in group.before}
    for pair in pairs:
        if pair in groups:
            yield groups[pair]
        elif (pair.before is None and pair.after in taken_after) or (
            pair.after is None and pair.before in taken_before
        ):
            continue
        else:
            yield pair
