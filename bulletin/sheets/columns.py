"""How the columns of a table are planned: the size of its type, the widths, one block or several abreast.

Everything is in em but rooms and sizes, which are points on A4; a larger sheet is the same plan in larger type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, floor

from bulletin.sheets.pieces import Measure, hard_pieces, head_widths

LARGEST = 12.0  # points: 小四, read from three metres on A3
SMALLEST = 10.5  # points: 五号; nothing is smaller while columns can be arranged otherwise
SLIP = 0.12  # em, lest rounding break a figure
INSET = 0.4  # em, on either side of a cell
AFTER_FIGURES = 0.8  # em more, where words follow right after figures
GUTTER = 1.6  # em between blocks that stand abreast, half of it on either side of the rule
MOST_ABREAST = 3
ROWS_ABREAST = 12  # rows that every block has at least
MANY_ROWS = 25  # a table of more runs over pages: there a second line in every row doubles the set
_EIGHTH = 8  # sizes are in eighths of a point
_WHOLE = 1e9  # em: nothing is broken

# How generous a plan is to columns of words (em), and over how many lines a head may run.
_PLANS = (
    (_WHOLE, 1), (16.0, 1), (12.0, 1), (12.0, 2), (8.0, 2), (6.0, 2), (5.0, 2), (5.0, 3),
)  # fmt: skip
_LAST = (3.2, 4)
_TURNING_HEADS = 2  # lines: rather a sheet that lies than heads of three


@dataclass(frozen=True)
class Need:
    """What a column asks for."""

    title: str
    cells: tuple[str, ...]  # each once
    bold: tuple[str, ...] = ()  # its words in the row of sums
    broken: bool = False  # whether its cells may run over several lines
    before: float = 0.0  # em more to its left
    regular_ems: Measure = len
    bold_ems: Measure = len

    @property
    def insets(self) -> float:
        return 2 * INSET + self.before

    @cached_property
    def heads(self) -> tuple[float, ...]:
        return tuple(width + SLIP for width in head_widths(self.title, self.bold_ems))

    @cached_property
    def whole(self) -> float:
        """The em of its widest cell on one line."""
        widest = max(map(self.regular_ems, self.cells), default=0.0)
        return max(widest, *map(self.bold_ems, self.bold), 0.0) + SLIP

    @cached_property
    def piece(self) -> float:
        """The em of the widest piece that is never torn."""
        pieces = {piece for cell in (*self.cells, *self.bold) for piece in hard_pieces(cell)}
        return (
            max(map(self.bold_ems if self.bold else self.regular_ems, pieces), default=0.0) + SLIP
        )

    def least(self, words: float, head_lines: int) -> float:
        cells = self.whole
        if self.broken and cells > words:
            cells = max(self.piece, min(cells, words))
        return max(self.heads[head_lines - 1], cells)

    def lines(self, width: float) -> float:
        """How many lines its cells take on average, `width` em with insets."""
        room = width - self.insets
        if not (self.broken and self.cells):
            return 1.0
        return sum(ceil(self.regular_ems(cell) / room) or 1 for cell in self.cells) / len(
            self.cells
        )

    @property
    def natural(self) -> float:
        return max(self.heads[0], self.whole)


@dataclass(frozen=True)
class ColumnPlan:
    size: float  # points of the type
    widths: tuple[float, ...]  # em, with insets
    copies: int = 1  # blocks that stand abreast


def plan_columns(
    needs: Sequence[Need], rows: int, room: float, largest: float = LARGEST
) -> ColumnPlan:
    """The largest type up to `largest`, the columns over the whole room, nothing ever cut."""
    copies = _abreast(needs, rows, room)
    gutters = (copies - 1) * GUTTER * LARGEST
    part = (room - gutters) / copies
    sizes = [largest, LARGEST] if rows <= MANY_ROWS else _fewest_lines_first(needs, part, largest)
    wanted, most = _wanted(needs, part, sizes), largest if rows <= MANY_ROWS else sizes[0]
    if wanted is None:  # squeezed as it is, it never outgrows what has room
        wanted, most = _least(needs, *_LAST), SMALLEST
    size = min(most, floor(_size(needs, wanted, part) * _EIGHTH) / _EIGHTH)
    return ColumnPlan(size, _grown(needs, wanted, part / size), copies)


def is_too_wide(needs: Sequence[Need], room: float) -> bool:
    """Whether the table would be set under `SMALLEST`, or its heads over three lines."""
    return _wanted(needs, room, (LARGEST,), _TURNING_HEADS) is None


def spacing(sides: Sequence[str]) -> list[float]:
    """The em more to the left of every column, by the sides on which columns stand."""
    follows = [before == "right" and side == "left" for before, side in pairwise(sides)]
    return [AFTER_FIGURES if after else 0.0 for after in (False, *follows)]


def _abreast(needs: Sequence[Need], rows: int, room: float) -> int:
    """How many blocks: a narrow list of many rows stands in two or three, in full size and unbroken."""
    width = LARGEST * sum(need.natural + need.insets for need in needs)
    for copies in range(MOST_ABREAST, 1, -1):
        if (
            rows >= copies * ROWS_ABREAST
            and copies * width + (copies - 1) * GUTTER * LARGEST <= room
        ):
            return copies
    return 1


def _wanted(
    needs: Sequence[Need], room: float, sizes: Sequence[float], most_lines: int = 3
) -> list[float] | None:
    """The widths of the first plan that reaches the first size, else the next, else the largest type.

    None when none reaches `SMALLEST`.
    """
    plans = [_least(needs, words, lines) for words, lines in _PLANS if lines <= most_lines]
    for size in sizes:
        for wanted in plans:
            if _size(needs, wanted, room) >= size:
                return wanted
    largest = min(plans, key=sum)
    return largest if _size(needs, largest, room) >= SMALLEST else None


def _fewest_lines_first(needs: Sequence[Need], room: float, largest: float) -> list[float]:
    """Sizes of type for a long table, the one first in which its cells wrap least, of those the largest."""

    def order(size: float) -> tuple[float, float]:
        wanted = _wanted(needs, room, [size])
        if wanted is None or _size(needs, wanted, room) < size:
            return _WHOLE, -size
        widths = zip(needs, _grown(needs, wanted, room / size), strict=True)
        return max(need.lines(width) for need, width in widths), -size

    steps = int(4 * (largest - SMALLEST)) + 1
    return sorted((SMALLEST + step / 4 for step in range(steps)), key=order)


def _least(needs: Sequence[Need], words: float, head_lines: int) -> list[float]:
    return [need.least(words, head_lines) for need in needs]


def _size(needs: Sequence[Need], wanted: Sequence[float], room: float) -> float:
    """The size of type (points) at which the wanted widths fill the room."""
    return room / (sum(wanted) + sum(need.insets for need in needs))


def _grown(needs: Sequence[Need], wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Widths that fill `room` (em): first towards what their words ask for, then all share the rest."""
    slack = room - sum(need.insets for need in needs) - sum(wanted)
    missing = [max(0.0, need.natural - now) for need, now in zip(needs, wanted, strict=True)]
    grow = min(1.0, slack / sum(missing)) if sum(missing) else 0.0
    grown = [now + lack * grow for now, lack in zip(wanted, missing, strict=True)]
    share = max(0.0, slack - sum(missing) * grow) / sum(grown)
    return tuple(
        width * (1 + share) + need.insets for width, need in zip(grown, needs, strict=True)
    )
