"""Tables that people take away: Excel workbooks and CSV that Excel opens in Chinese."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.writers.archives import without_moment

TableCell = str | int | date | None
Row = TypeVar("Row")
MIN_WIDTH, MAX_WIDTH = 8, 48  # characters of a column
_WIDE = re.compile("[\u2e80-\U0010ffff]")  # CJK begins there
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class TableSheet:
    """One sheet of a workbook: its name, a heading over the table, the header and the rows."""

    name: str  # at most 31 characters, as Excel has it
    heading: str
    header: Sequence[str]
    rows: Sequence[Sequence[TableCell]]


@dataclass(frozen=True)
class ExportColumn(Generic[Row]):
    """One column of a table: its heading, and how a row fills it."""

    heading: str
    value: Callable[[Row], TableCell]


def headings(columns: Iterable[ExportColumn[Row]]) -> tuple[str, ...]:
    """The header of a table of these columns."""
    return tuple(column.heading for column in columns)


def cells(columns: Sequence[ExportColumn[Row]], rows: Iterable[Row]) -> list[tuple[TableCell, ...]]:
    """The rows as these columns show them."""
    return [tuple(column.value(row) for column in columns) for row in rows]


def write_xlsx(sheets: Iterable[TableSheet]) -> bytes:
    """A workbook of one or several sheets, each with its header kept in sight.

    The same tables give the same bytes: a phone, and a copy of the site, take only what changed.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return without_moment(buffer.getvalue())


def _fill(page: Worksheet, sheet: TableSheet) -> None:
    page.append([sheet.heading])
    page["A1"].font = Font(bold=True, size=14)
    page.append(list(sheet.header))
    for cell in page[2]:
        cell.font = Font(bold=True)
    for row in sheet.rows:
        page.append([harmless(cell) for cell in row])
    page.freeze_panes = "A3"
    for place, title in enumerate(sheet.header, 1):
        widths = [_width(title), *(_width(row[place - 1]) for row in sheet.rows)]
        page.column_dimensions[get_column_letter(place)].width = min(
            max(MIN_WIDTH, *widths), MAX_WIDTH
        )
    _wrap(page)


def _wrap(page: Worksheet) -> None:
    """Long cells show all of their lines. A style is worked out once and not for each of a million cells."""
    aligned: dict[tuple[int, ...], Any] = {}
    for row in page.iter_rows(min_row=2):
        for cell in row:
            plain = tuple(cell._style or ())  # noqa: SLF001 - openpyxl has no other way to give a cell a style that it has
            if plain not in aligned:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                aligned[plain] = cell._style  # noqa: SLF001
            cell._style = aligned[plain]  # noqa: SLF001


def _width(cell: TableCell) -> int:
    """The characters of a cell's longest line; a Chinese one takes the room of two."""
    lines = str("" if cell is None else cell).splitlines() or [""]
    return 2 + max(len(line) + len(_WIDE.findall(line)) for line in lines)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[TableCell]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def harmless(cell: TableCell) -> TableCell:
    """Text that a spreadsheet would take for a formula stays text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell
