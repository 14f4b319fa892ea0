"""Rows of a table: what they are called, and the figures at their end."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from bulletin.domain.amounts import amount_of

ReportRow = tuple[str | None, ...]  # None: covered by a merged cell
ReportTable = tuple[ReportRow, ...]

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])")
_MARKS = re.compile(r"[\s“”\"'‘’「」]")
_EMPTY = frozenset({"", "/", "-", "—", "——", "无"})
_LONG = 4  # characters from which on the beginning of a label is enough


class NoNumberError(Exception):
    """A cell holds something else."""


def plain(words: str) -> str:
    """A label without blanks, quotes, widths and its numbering, which reports write in many ways."""
    return _NUMBERING.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", words)))


def is_called(cell: str | None, label: str) -> bool:
    """Whether a cell has a label; what follows a long one in brackets is its explanation."""
    words, wanted = plain(cell or ""), plain(label)
    return words == wanted or (len(wanted) >= _LONG and words.startswith(wanted))


def label_index(row: ReportRow, label: str) -> int | None:
    """Where the label of a row stands."""
    return next((index for index, cell in enumerate(row) if is_called(cell, label)), None)


def figures_after(row: ReportRow, index: int, count: int) -> list[Decimal | None] | None:
    """The last cells of a row as figures, None for an empty one; None where it has not so many of its own.

    Raises:
        NoNumberError: with the words of a cell that holds no number.
    """
    cells = row[index + 1 :][-count:]
    if len(cells) < count or any(cell is None for cell in cells):
        return None
    return [_figure(cell or "") for cell in cells]


def _figure(cell: str) -> Decimal | None:
    words = "".join(unicodedata.normalize("NFKC", cell).split())
    if words in _EMPTY:
        return None
    number = amount_of(words)
    if number is None:
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
