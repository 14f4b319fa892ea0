"""Excel workbooks (.xlsx) for a draft: cells as they are shown, what is merged, hidden, struck, in error."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from bulletin.domain.errors import Refused
from bulletin.readers.archives import ERRORS_OF_BROKEN_FILES, open_archive, refusing_broken
from bulletin.readers.beside_cells import headers_and_footers
from bulletin.readers.brought.drawings import Drawings
from bulletin.readers.brought.sentences import counts_pages, sample
from bulletin.readers.brought.worksheets import Merged, SheetPicture, Worksheet
from bulletin.readers.material import CellBudget, too_many_cells
from bulletin.readers.number_formats import shown
from bulletin.readers.packages import in_usual_spelling
from bulletin.readers.sheet_catalogs import OutOfSight, out_of_sight, struck_strings
from bulletin.readers.spreadsheets import cell_text, cells_only

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([A-Z0-9:$]+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MAX_PLACES = 5_000_000  # cells passed over, empty ones too
_ERROR = "是出错的公式（{}），请对照原表改成数。"
_NOT_COUNTED = "的公式没有算出结果，请用 Excel 或 WPS 打开表格保存一次再带，或者填上数。"
_OTHERWISE = "在表格里另有显示格式，请对照原表看一看。"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_COMMENTS = re.compile(r"xl/(?:comments[^/]*|comments/[^/]+|threadedComments/[^/]+)\.xml")
_TEXT_BOXES = re.compile(r"xl/drawings/[^/]+\.xml")


def workbook_sheets(data: bytes) -> tuple[list[Worksheet], list[str]]:
    """The worksheets, hidden ones too, and a sentence for what else stands in the file.

    Raises:
        Refused: `file_broken`, `file_locked`, `file_bomb` or `file_too_many_cells`.
    """
    program = "Excel 或 WPS"
    data = in_usual_spelling(data, program)
    with open_archive(data) as archive, refusing_broken(program, InvalidFileException):
        remarks = list(_beside(archive))
        try:
            sheets, drawn = _sheets(archive, data)
        except Refused:
            raise
        except (*ERRORS_OF_BROKEN_FILES, InvalidFileException):  # a damaged file fails again below
            remarks.append("这个表格的数字格式读不出来，数字请对照原表看一看。")
            sheets, drawn = _sheets(archive, cells_only(archive))
        return sheets, [*remarks, *drawn]


def _beside(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    yield from _headers(archive.read(name) for name in names if _SHEET.fullmatch(name))
    for pattern, element, name in ((_COMMENTS, "text", "批注"), (_TEXT_BOXES, "t", "文本框")):
        parts = [archive.read(each) for each in names if pattern.fullmatch(each)]
        words = [text for part in parts for text in _texts(part, element)]
        if words:
            yield f"{name}没有带来：“{sample(words)}”。"


def _headers(sheets: Iterable[bytes]) -> Iterator[str]:
    _, passages = headers_and_footers(sheets)
    words = [(place, text.strip()) for place, text in passages if not counts_pages(text)]
    for place in dict.fromkeys(place for place, _ in words):
        yield f"{place}没有带来：“{sample(text for where, text in words if where == place)}”。"


def _texts(part: bytes, element: str) -> Iterator[str]:
    root = openpyxl.xml.functions.fromstring(part)
    for each in root.iter():
        if isinstance(each.tag, str) and each.tag.rpartition("}")[2] == element:
            words = "".join(each.itertext()).strip()
            if words:
                yield words


def _sheets(archive: zipfile.ZipFile, data: bytes) -> tuple[list[Worksheet], list[str]]:
    """The worksheets with their pictures, and sentences for what is drawn beside them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    paths = {s.title: s._worksheet_path.lstrip("/") for s in book.worksheets}  # noqa: SLF001 - no other way
    parts = {title: archive.read(path) for title, path in paths.items()}
    formulas = any(map(_FORMULA.search, parts.values()))
    typed = _typed(data) if formulas else None
    struck, budget, drawings = struck_strings(archive), CellBudget(), Drawings(archive)
    sheets = [
        _with_pictures(
            _sheet(
                sheet,
                typed[sheet.title] if typed else None,
                parts[sheet.title],
                out_of_sight(parts[sheet.title], struck),
                budget,
            ),
            drawings,
            paths[sheet.title],
        )
        for sheet in book.worksheets
    ]
    return sheets, list(drawings.remarks())


def _with_pictures(sheet: Worksheet, drawings: Drawings, path: str) -> Worksheet:
    """The pictures above a sheet, and those that WPS shows in its cells: their formula is no words."""
    placed, rows = list(drawings.of_sheet(path)), []
    for y, row in enumerate(sheet.words):
        shown = {x: drawings.in_cell(words) for x, words in enumerate(row) if "DISPIMG" in words}
        placed += (
            SheetPicture(row=y, column=x, picture=picture)
            for x, picture in shown.items()
            if picture is not None
        )
        rows.append(tuple("" if shown.get(x) else words for x, words in enumerate(row)))
    return replace(sheet, words=tuple(rows), pictures=tuple(placed))


def _typed(data: bytes) -> Any:
    """The workbook with its formulas, to see which of them have no result."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True)


def _sheet(
    sheet: Any, typed: Any, part: bytes, hidden: OutOfSight, budget: CellBudget
) -> Worksheet:
    rows: list[tuple[str, ...]] = []
    struck: dict[tuple[int, int], str] = {}
    doubts: dict[tuple[int, int], str] = {}
    places = 0
    for y, cells in enumerate(_rows(sheet)):
        places += len(cells) + 1
        if places > _MAX_PLACES:
            raise too_many_cells()
        read = [_read(cell, (y, x), hidden, struck, doubts) for x, cell in enumerate(cells)]
        while read and not read[-1]:
            read.pop()
        budget.spend(sum(map(bool, read)))
        rows.append(tuple(read))
    if typed is not None:
        _note_uncounted(typed, rows, doubts)
    while rows and not rows[-1]:
        rows.pop()
    return Worksheet(
        name=sheet.title,
        words=tuple(rows),
        merged=tuple(_merged(part)),
        is_hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(row - 1 for row in hidden.rows),
        hidden_columns=frozenset(column - 1 for column in hidden.columns),
        struck=struck,
        doubts=doubts,
    )


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows()
    return rows


def _read(
    cell: Any,
    place: tuple[int, int],
    hidden: OutOfSight,
    struck: dict[tuple[int, int], str],
    doubts: dict[tuple[int, int], str],
) -> str:
    """The words of a cell as they are shown; what is struck in it and what is not sure is noted."""
    if cell.value is None:
        return ""
    words = cell_text(cell.value)
    if cell.data_type == "e":
        doubts[place] = _ERROR.format(words)
        return words
    as_shown = shown(cell.value, cell.number_format or "")
    if as_shown is not None:
        words, is_sure = as_shown
        if not is_sure:
            doubts[place] = _OTHERWISE
    left = hidden.part_struck.get((place[0] + 1, place[1] + 1))
    if left is None and cell.font is not None and cell.font.strike:
        left = ""
    if left is not None and words.strip():
        struck[place] = words
        return left
    return words


def _note_uncounted(
    typed: Any, rows: list[tuple[str, ...]], doubts: dict[tuple[int, int], str]
) -> None:
    """Formulas of a file that no program has counted: their cells are empty."""
    for y, cells in enumerate(_rows(typed)):
        for x, cell in enumerate(cells):
            if cell.data_type == "f" and not (y < len(rows) and x < len(rows[y]) and rows[y][x]):
                doubts[y, x] = _NOT_COUNTED


def _merged(part: bytes) -> Iterator[Merged]:
    for reference in _MERGED.findall(part):
        left, top, right, bottom = range_boundaries(reference.decode())
        if None not in (left, top, right, bottom):
            yield top - 1, left - 1, bottom - 1, right - 1
