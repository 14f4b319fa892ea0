"""Tables of a workbook as a reader sees them: numbers by their format, hidden and struck cells named."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.functions import fromstring

from bulletin.domain.errors import Refused
from bulletin.readers.archives import ERRORS_OF_BROKEN_FILES, open_archive, refusing_broken
from bulletin.readers.number_formats import shown
from bulletin.readers.packages import in_usual_spelling
from bulletin.readers.spreadsheets import cell_text, cells_only, workbook_grids
from bulletin.readers.unseen import Grid, GridTable, Unseen, compared

_ROW, _COLUMN = re.compile(rb"<(?:\w+:)?row\b[^>]*>"), re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_IS_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)|\b(?:ht|width)=[\"']0(?:\.0*)?[\"']")
_FIGURES = re.compile(r"-?[0-9.]+")
_FORMATS_UNREAD = "这个文件的数字格式读不出来，这一行的数字请对照原表看一看。"
_NUMBER = rb"\b%s=[\"'](\d+)[\"']"


@dataclass
class OutOfSight:
    """What a sheet keeps out of sight; rows and columns from 1."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    part_struck: dict[tuple[int, int], str] = field(default_factory=dict)  # what is left


def workbook_tables(data: bytes) -> list[GridTable]:
    """The cells of each visible sheet, as shown.

    Raises:
        Refused: as `read_workbook`.
    """
    program = "Excel 或 WPS"
    data = in_usual_spelling(data, program)
    with open_archive(data) as archive, refusing_broken(program, InvalidFileException):
        try:
            return _tables(archive, data)
        except Refused:
            raise
        except (*ERRORS_OF_BROKEN_FILES, InvalidFileException):  # a damaged file fails again below
            return list(map(_without_formats, _tables(archive, cells_only(archive))))


def _tables(archive: zipfile.ZipFile, data: bytes) -> list[GridTable]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    struck = struck_strings(archive)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    tables = []
    for sheet, (place, grid) in zip(visible, workbook_grids(data), strict=True):
        part = archive.read(sheet._worksheet_path.lstrip("/"))  # noqa: SLF001 - no other way
        tables.append(_as_shown(GridTable(place, grid), sheet, out_of_sight(part, struck)))
    return tables


def _without_formats(table: GridTable) -> GridTable:
    """Rows with figures are named: a program wrote its styles in a way that nobody else reads."""
    unseen = dict(table.unseen)
    for index, row in enumerate(table.rows):
        if any(_FIGURES.fullmatch(cell) for cell in row):
            known = unseen.get(index, Unseen(row, ()))
            unseen[index] = replace(known, notes=(*known.notes, _FORMATS_UNREAD))
    return replace(table, unseen=unseen)


def _as_shown(table: GridTable, sheet: Any, hidden: OutOfSight) -> GridTable:
    sheet.reset_dimensions()
    rows: Grid = []
    unseen: dict[int, Unseen] = {}
    for index, (row, cells) in enumerate(zip(table.rows, sheet.iter_rows(), strict=False)):
        whole, notes = _formatted(row, cells)
        unstruck = tuple(
            _unstruck(words, cell, hidden.part_struck.get((index + 1, place)))
            for place, (words, cell) in enumerate(_pairs(whole, cells), 1)
        )
        found = compared(whole, whole, unstruck)
        if index + 1 in hidden.rows and any(whole):
            notes.append("这一行在表格里是隐藏的（或者被筛选掉了），请看一看要不要。")
            found = found or Unseen(whole, ())
            found = replace(found, withheld=True)
        if any(place <= len(whole) and whole[place - 1] for place in hidden.columns):
            notes.append("这一行有的格子在隐藏的列里，请看一看要不要。")
        if notes:
            found = found or Unseen(whole, ())
            found = replace(found, notes=(*found.notes, *notes))
        if found:
            unseen[index] = found
        rows.append(unstruck)
    return replace(table, rows=rows, unseen=unseen)


def _pairs(row: tuple[str, ...], cells: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for place, words in enumerate(row):
        yield words, cells[place] if place < len(cells) else None


def _formatted(row: tuple[str, ...], cells: tuple[Any, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The cells as their formats show them, and what is not sure about that."""
    words, notes = [], []
    for text, cell in _pairs(row, cells):
        value = getattr(cell, "value", None)
        as_shown = None if value is None else shown(value, cell.number_format or "")
        if as_shown is None or text != cell_text(value):
            words.append(text)
            continue
        words.append(as_shown[0])
        if not as_shown[0].strip():
            notes.append(f"“{text}”在表格里设成了不显示，请看一看要不要。")
        elif not as_shown[1]:
            notes.append(f"“{as_shown[0]}”在表格里另有显示格式，请对照原表看一看。")
    return tuple(words), notes


def _unstruck(words: str, cell: Any, left: str | None) -> str:
    if left is not None:
        return left
    font = getattr(cell, "font", None) if words else None
    return "" if font is not None and font.strike else words


def out_of_sight(part: bytes, struck: dict[int, str]) -> OutOfSight:
    sheet = OutOfSight()
    for place, tag in enumerate(_ROW.findall(part), 1):
        if _IS_HIDDEN.search(tag):
            sheet.rows.add(_attribute(tag, b"r", place))
    for tag in _COLUMN.findall(part):
        if _IS_HIDDEN.search(tag):
            first = _attribute(tag, b"min", 1)
            sheet.columns.update(range(first, min(_attribute(tag, b"max", first), 16_384) + 1))
    if struck or b"strike" in part:
        for cell in _named(fromstring(part), "c"):
            left = _left_of(cell, struck)
            if left is not None and cell.get("r"):
                sheet.part_struck[coordinate_to_tuple(cell.get("r"))] = left
    return sheet


def _left_of(cell: Any, struck: dict[int, str]) -> str | None:
    if cell.get("t") == "inlineStr":
        return _without_struck(cell)
    number = next((each.text for each in _named(cell, "v")), "") or ""
    return struck.get(int(number)) if cell.get("t") == "s" and number.isdecimal() else None


def struck_strings(archive: zipfile.ZipFile) -> dict[int, str]:
    """By their number, the shared strings of which a part is struck, without that part."""
    found: dict[int, str] = {}
    for name in archive.namelist():
        if name.lower() == "xl/sharedstrings.xml" and b"strike" in (part := archive.read(name)):
            for number, item in enumerate(_named(fromstring(part), "si")):
                if (left := _without_struck(item)) is not None:
                    found[number] = left
    return found


def _without_struck(item: Any) -> str | None:
    """The words of a rich text that are not struck; None when none is."""
    is_struck, words = False, ""
    for run in _named(item, "r"):
        marks = [mark.get("val", "1") not in {"0", "false"} for mark in _named(run, "strike")]
        if any(marks):
            is_struck = True
        else:
            words += "".join(text.text or "" for text in _named(run, "t"))
    return words if is_struck else None


def _named(element: Any, name: str) -> Iterator[Any]:
    for each in element.iter():
        if isinstance(each.tag, str) and each.tag.rpartition("}")[2] == name:
            yield each


def _attribute(tag: bytes, name: bytes, otherwise: int) -> int:
    match = re.search(_NUMBER % name, tag)
    return int(match[1]) if match else otherwise
