"""Which of two lists belong together: rows of a table, blocks of a text, lines of a list."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Item = TypeVar("Item")
Key = Callable[[Item], Hashable | None]
Likeness = Callable[[Item, Item], float]

MAX_LIKENESSES = 20_000  # of one gap: 140 rows against 140; more are laid side by side
LEAST = 0.5  # how alike two neighbours are that are one, changed
LEAST_AFAR = 0.6  # and two that stand elsewhere


@dataclass(frozen=True)
class Pair:
    """One item in its two places, counted from 0. None: it was not there, or is not any more."""

    before: int | None
    after: int | None
    moved: bool = False  # it stands in another order among what stayed


def align(
    before: Sequence[Item],
    after: Sequence[Item],
    *,
    keys: Sequence[Key[Item]],
    likeness: Likeness[Item] | None = None,
) -> tuple[Pair, ...]:
    """Every item of both lists once, in the order of the later one; what went stands where it stood.

    Args:
        keys: what tells an item, the strictest first. By the first also items that are there twice
            are paired, in their order; by the others only what is there once on either side. A key
            of None tells nothing.
        likeness: 0–1, for what no key tells; best among neighbours, then wherever it stands.
    """
    matching = _Matching(before, after)
    matching.by_ends(keys[0])
    for place, key in enumerate(keys):
        matching.by_key(key, also_twins=place == 0)
    if likeness is not None:
        matching.by_neighbours(likeness)
        matching.from_afar(likeness)
    return tuple(_in_order(matching.later, len(before), len(after)))


class _Matching(Generic[Item]):
    def __init__(self, before: Sequence[Item], after: Sequence[Item]) -> None:
        self._before, self._after = before, after
        self.later: dict[int, int] = {}  # of an item before, its place after
        self._earlier: dict[int, int] = {}

    def _match(self, before: int, after: int) -> None:
        self.later[before], self._earlier[after] = after, before

    def _left(self) -> tuple[list[int], list[int]]:
        return (
            [at for at in range(len(self._before)) if at not in self.later],
            [at for at in range(len(self._after)) if at not in self._earlier],
        )

    def by_ends(self, key: Key[Item]) -> None:
        """What is the same from the beginning on, and from the end: twins keep their places."""
        shorter = min(len(self._before), len(self._after))
        for place in range(shorter):
            if key(self._before[place]) != key(self._after[place]):
                break
            self._match(place, place)
        for back in range(1, shorter - len(self.later) + 1):
            old, new = len(self._before) - back, len(self._after) - back
            if key(self._before[old]) != key(self._after[new]):
                break
            self._match(old, new)

    def by_key(self, key: Key[Item], *, also_twins: bool) -> None:
        old, new = self._left()
        places = _places(self._after, new, key)
        for told, there in _places(self._before, old, key).items():
            others = places.get(told, [])
            if also_twins or len(there) == len(others) == 1:
                for before, after in zip(there, others, strict=False):
                    self._match(before, after)

    def by_neighbours(self, likeness: Likeness[Item]) -> None:
        """Between two that stayed in order, those that are most alike."""
        stayed = sorted(_staying(self.later))
        bounds = [(-1, -1), *stayed, (len(self._before), len(self._after))]
        for (old_from, new_from), (old_to, new_to) in pairwise(bounds):
            old = [at for at in range(old_from + 1, old_to) if at not in self.later]
            new = [at for at in range(new_from + 1, new_to) if at not in self._earlier]
            for before, after in self._best(old, new, likeness):
                self._match(before, after)

    def _best(
        self, old: list[int], new: list[int], likeness: Likeness[Item]
    ) -> list[tuple[int, int]]:
        """The pairs, in order, whose likenesses sum up highest."""
        if not old or not new:
            return []
        if len(old) * len(new) > MAX_LIKENESSES:
            beside = zip(old, new, strict=False)
            return [(b, a) for b, a in beside if self._alike(b, a, likeness) >= LEAST]
        alike = [[self._alike(b, a, likeness) for a in new] for b in old]
        return [(old[row], new[column]) for row, column in _heaviest_path(alike)]

    def _alike(self, before: int, after: int, likeness: Likeness[Item]) -> float:
        return likeness(self._before[before], self._after[after])

    def from_afar(self, likeness: Likeness[Item]) -> None:
        """What moved and changed at once."""
        old, new = self._left()
        if len(old) * len(new) > MAX_LIKENESSES:
            return
        alike = ((self._alike(b, a, likeness), b, a) for b in old for a in new)
        for how, before, after in sorted(alike, key=lambda each: -each[0]):
            if how < LEAST_AFAR:
                return
            if before not in self.later and after not in self._earlier:
                self._match(before, after)


def _places(
    items: Sequence[Item], places: Sequence[int], key: Key[Item]
) -> dict[Hashable, list[int]]:
    by_key: dict[Hashable, list[int]] = {}
    for place in places:
        told = key(items[place])
        if told is not None:
            by_key.setdefault(told, []).append(place)
    return by_key


def _heaviest_path(alike: list[list[float]]) -> list[tuple[int, int]]:
    """Of a matrix the pairs that go down and right, of at least LEAST each, with the greatest sum."""
    height, width = len(alike), len(alike[0])
    sums = [[0.0] * (width + 1) for _ in range(height + 1)]
    for row in range(height - 1, -1, -1):
        below, here = sums[row + 1], sums[row]
        for column in range(width - 1, -1, -1):
            best, how = max(below[column], here[column + 1]), alike[row][column]
            here[column] = max(best, how + below[column + 1]) if how >= LEAST else best
    path, row, column = [], 0, 0
    while row < height and column < width:
        how = alike[row][column]
        if how >= LEAST and sums[row][column] == how + sums[row + 1][column + 1]:
            path.append((row, column))
            row, column = row + 1, column + 1
        elif sums[row][column] == sums[row + 1][column]:
            row += 1
        else:
            column += 1
    return path


def _staying(later: dict[int, int]) -> list[tuple[int, int]]:
    """The most pairs that are in one order before and after; the others moved."""
    pairs = sorted((after, before) for before, after in later.items())
    tails: list[int] = []  # of the longest runs, their last place before
    ends: list[int] = []  # which pair each of them ends with
    came_from: list[int | None] = []
    for place, (_, before) in enumerate(pairs):
        length = bisect_left(tails, before)
        came_from.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [before]
        ends[length : length + 1] = [place]
    stayed: list[tuple[int, int]] = []
    at = ends[-1] if ends else None
    while at is not None:
        stayed.append((pairs[at][1], pairs[at][0]))
        at = came_from[at]
    return stayed


def _in_order(later: dict[int, int], count: int, count_after: int) -> Iterator[Pair]:
    earlier = {after: before for before, after in later.items()}
    stayed = set(_staying(later))
    gone: dict[int, list[int]] = {}  # after which place of the later list they stood
    anchor = -1
    for before in range(count):
        if before not in later:
            gone.setdefault(anchor, []).append(before)
        elif (before, later[before]) in stayed:
            anchor = later[before]
    for after in range(-1, count_after):
        if after in earlier:
            before = earlier[after]
            yield Pair(before, after, moved=(before, after) not in stayed)
        elif after >= 0:
            yield Pair(None, after)
        yield from (Pair(before, None) for before in gone.get(after, ()))
