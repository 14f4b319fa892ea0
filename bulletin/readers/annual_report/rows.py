"""Rows of a table: what they are called, and the figures at their end."""

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from bulletin.domain.amounts import amount_of
from bulletin.domain.oversight.annual_report.words import plain

ReportRow = tuple[str | None, ...]  # None: covered by a merged cell
ReportTable = tuple[ReportRow, ...]

_EMPTY = frozenset({"", "/", "-", "—", "——", "无"})
_LONG = 4  # characters from which on the beginning of a label is enough


class NoNumberError(Exception):
    """A cell holds something else."""


def is_called(cell: str | None, label: str) -> bool:
    """Whether a cell has a label; what follows a long one in brackets is its explanation."""
    words, wanted = plain(cell or ""), plain(label)
    return words == wanted or (len(wanted) >= _LONG and words.startswith(wanted))


def label_index(row: ReportRow, label: str) -> int | None:
    """Where the label of a row stands."""
    return next((index for index, cell in enumerate(row) if is_called(cell, label)), None)


def columns_of(heads: ReportTable, names: Sequence[str]) -> list[int] | None:
    """In which column each name stands in the head of a table; None where one is missing or stands twice."""
    found: list[int] = []
    for name in names:
        places = {
            index
            for row in heads
            for index, cell in enumerate(row)
            if cell is not None and plain(cell) == plain(name)
        }
        if len(places) != 1:
            return None
        found += places
    return found


def cells_in(row: ReportRow, index: int, columns: Sequence[int]) -> list[str] | None:
    """The cells of a row in some columns; None where the label stands behind one, or one is merged."""
    cells = [row[column] if index < column < len(row) else None for column in columns]
    own = [cell for cell in cells if cell is not None]
    return own if len(own) == len(columns) else None


def cells_after(row: ReportRow, index: int, count: int) -> list[str] | None:
    """The cells behind the label of a row whose columns have no names; None where they are more or fewer."""
    cells = list(row[index + 1 :])
    while cells and not cells[0]:  # what the label covers
        cells.pop(0)
    own = [cell for cell in cells if cell is not None]
    return own if len(own) == len(cells) == count else None


def figures_of(cells: Iterable[str]) -> list[Decimal | None]:
    """Cells as figures, None for an empty one.

    Raises:
        NoNumberError: with the words of a cell that holds something else, two figures too.
    """
    return [_figure(cell) for cell in cells]


def _figure(cell: str) -> Decimal | None:
    words = unicodedata.normalize("NFKC", cell).strip()
    if words in _EMPTY:
        return None
    number = amount_of(words)
    if number is None or number < 0:
        raise NoNumberError(cell.strip())
    return number


def words_in(tables: Iterable[ReportTable]) -> str:
    """All that stands in some tables, row by row, without blanks."""
    return "".join(plain(cell or "") for table in tables for row in table for cell in row)


def stand_in_order(words: str, names: Sequence[str]) -> bool:
    """Whether some names stand there one behind the other."""
    at = 0
    for name in names:
        at = words.find(plain(name), at) + 1
        if not at:
            return False
    return True
