"""Tables in the cells of a worksheet: where each stands, and the lines above and below it.

A village's ledger begins with its title across the columns, says 单位：元 below it, may have an empty row
within, ends with 合计, and has 村主任：　会计： under it; a second table may stand further down.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.domain.notices.brought.parts import BroughtLine, Grid, Part, Row, filled
from bulletin.domain.notices.brought.rows import is_head, is_line, parted, row_words
from bulletin.domain.notices.brought.tables import TOTAL, UNIT

_NAMES_TABLE = re.compile(r".*(?:表|明细|名单|清单|情况|名册)(?:[（(].*[）)])?")
_IS_TABLE = re.compile(r".*表(?:[（(].*[）)])?")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", re.ASCII)
_LETTERS = 26


@dataclass(frozen=True)
class CellRange:
    """Cells of a worksheet, all counted from 1 and all included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first, last = map(column_name, (self.first_column, self.last_column))
        return f"{first}{self.first_row}:{last}{self.last_row}"


@dataclass(frozen=True)
class SheetTable:
    """One table of a worksheet with the lines that belong to it."""

    cells: CellRange
    title: str
    rows: int  # below its titles and lines
    columns: int


def column_name(column: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while column:
        column, letter = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def read_range(text: str) -> CellRange | None:
    """A3:F30 as it is typed, also in small letters, full width or with $; None for anything else."""
    plain = text.strip().upper().replace("$", "").replace("：", ":").replace("－", ":")
    found = _PLACE.fullmatch(plain)
    if found is None:
        return None
    columns = sorted((_column(found[1]), _column(found[3])))
    rows = sorted((int(found[2]), int(found[4])))
    return CellRange(rows[0], columns[0], rows[1], columns[1]) if rows[0] else None


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def within(rows: Sequence[Row], cells: CellRange | None) -> list[Row]:
    """The rows of a range; all of them without one."""
    if cells is None:
        return list(rows)
    chosen = rows[cells.first_row - 1 : cells.last_row]
    return [row[cells.first_column - 1 : cells.last_column] for row in chosen]


def used_range(rows: Sequence[Row]) -> CellRange | None:
    """From the first to the last cell with words; None for a sheet without."""
    places = [(y, x) for y, row in enumerate(rows, 1) for x, cell in enumerate(row, 1) if cell.text]
    if not places:
        return None
    ys, xs = [y for y, _ in places], [x for _, x in places]
    return CellRange(min(ys), min(xs), max(ys), max(xs))


def tables_of(rows: Sequence[Row]) -> list[SheetTable]:
    """Each table of a sheet, in their order."""
    found = []
    for first, last in _stretches(rows):
        stretch = rows[first:last]
        inner = used_range(stretch)
        above, table, _ = parted(stretch)
        if inner is None or not table:
            continue
        cells = CellRange(
            inner.first_row + first, inner.first_column, inner.last_row + first, inner.last_column
        )
        width = inner.last_column - inner.first_column + 1
        title = next((words for words in map(row_words, above) if not UNIT.match(words)), "")
        found.append(SheetTable(cells, title, max(0, len(table) - 1), width))
    return found


def sheet_parts(rows: Sequence[Row], *, is_plain: bool = False) -> list[Part]:
    """Lines and tables of a sheet, or of a range of one, in reading order.

    Args:
        rows: the cells.
        is_plain: they come from plain text, which does not say what is merged.
    """
    parts: list[Part] = []
    stretches = [parted(rows[first:last]) for first, last in _stretches(rows)]
    is_one_of_several = sum(bool(above and table) for above, table, _ in stretches) > 1
    for above, table, below in stretches:
        if not table:
            parts += (BroughtLine(text=row_words(row)) for row in above)
            continue
        lines = list(map(row_words, above))
        if _begins_with_title(lines) and not parts and not is_one_of_several:
            parts.append(BroughtLine(text=lines.pop(0), is_title=True))
        parts.append(Grid(rows=_narrowed(table), captions=tuple(lines), is_plain=is_plain))
        parts += (BroughtLine(text=row_words(row)) for row in below)
    return parts


def _begins_with_title(lines: Sequence[str]) -> bool:
    return bool(lines) and not UNIT.match(lines[0])


def _stretches(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """First row and the one behind the last of each table with its lines, from 0."""
    stretches: list[tuple[int, int]] = []
    start = None
    for at in range(len(rows) + 1):
        is_blank = at == len(rows) or not filled(rows[at])
        if is_blank and start is not None:
            stretches = _joined(rows, stretches, (start, at))
            start = None
        elif not is_blank and start is None:
            start = at
        elif not is_blank and start is not None and _opens_another(rows, start, at):
            stretches = _joined(rows, stretches, (start, at))
            start = at
    return stretches


def _joined(
    rows: Sequence[Row], before: list[tuple[int, int]], stretch: tuple[int, int]
) -> list[tuple[int, int]]:
    """A table goes on behind an empty row: the next one has no titles of its own. So do its last lines."""
    if not before:
        return [stretch]
    first, last = stretch
    table = parted(rows[before[-1][0] : before[-1][1]])[1]
    own = next((row for row in rows[first:last] if not is_line(row)), None)
    goes_on = own is None or any(TOTAL.fullmatch(c.text) for c in own) or not is_head(own)
    if table and goes_on and not _opens(rows, first):
        return [*before[:-1], (before[-1][0], last)]
    if not table and not _is_far(rows, before[-1][1], first):
        return [*before[:-1], (before[-1][0], last)]  # the title, an empty row, the table
    return [*before, stretch]


def _is_far(rows: Sequence[Row], last: int, first: int) -> bool:
    return first - last > 3 or last >= len(rows)  # noqa: PLR2004 - rows


def _opens(rows: Sequence[Row], at: int) -> bool:
    """Whether a row names a table that begins right below it."""
    below = rows[at + 1] if at + 1 < len(rows) else ()
    is_banner = len(filled(rows[at])) == 1 and bool(_NAMES_TABLE.fullmatch(row_words(rows[at])))
    return is_banner and bool(filled(below))


def _opens_another(rows: Sequence[Row], start: int, at: int) -> bool:
    """Another table right below one, without an empty row: its name, and titles again.

    A line within a table (二、支出情况) has rows of the same table below it.
    """
    if at + 2 >= len(rows) or not _opens(rows, at):
        return False
    table = parted(rows[start:at])[1]
    head = next((row for row in rows[at + 1 : at + 3] if not is_line(row)), None)
    if len(table) < 2 or head is None or not is_head(head):  # noqa: PLR2004 - titles and a row
        return False
    known = {cell.text for cell in filled(table[0])}
    is_named = _IS_TABLE.fullmatch(row_words(rows[at])) is not None
    return is_named or any(cell.text in known for cell in filled(head))


def _narrowed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows without columns in which nothing stands."""
    used = {x for row in rows for x, cell in enumerate(row) if cell.text}
    return tuple(tuple(cell for x, cell in enumerate(row) if x in used) for row in rows)
