"""Excel workbooks: every sheet, hidden ones too, and words beside the cells."""

import html
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import repeat
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.functions import fromstring

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.privacy.findings import quoted
from bulletin.readers.archives import ERRORS_OF_BROKEN_FILES, open_archive, refusing_broken
from bulletin.readers.grids import tables_in
from bulletin.readers.material import (
    CellBudget,
    FileContent,
    FileTable,
    Passage,
    numbered,
    too_many_cells,
)
from bulletin.readers.packages import everything_else, in_usual_spelling
from bulletin.readers.pivot_caches import pivot_tables

_NEEDED_PARTS = frozenset(
    {"[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"}
)
_MAX_PLACES = 20_000_000  # cells passed over, empty ones too: a stray format reaches row 1,048,576
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA = re.compile(rb"<f[ >]")
_HEADER_FOOTER = re.compile(rb"<(?:odd|even|first)(Header|Footer)>(.*?)</", re.DOTALL)
_HEADER_CODES = re.compile(r"&(?:[LCRPNDTFAGUESXYBI]|\"[^\"]*\"|[0-9]{1,2}(?![0-9]))")
# Parts beside the cells: where their words stand, and in which elements.
_SIDE_PARTS = (
    (re.compile(r"xl/(?:comments[^/]*|comments/[^/]+)\.xml"), "批注", frozenset({"comment"})),
    (re.compile(r"xl/threadedComments/[^/]+\.xml"), "批注", frozenset({"threadedComment"})),
    (re.compile(r"xl/drawings/[^/]+\.xml"), "文本框", frozenset({"p"})),
    (re.compile(r"xl/externalLinks/[^/]+\.xml"), "外部链接的缓存", frozenset({"v"})),
)
_SHEETS = re.compile(rb"<(?:\w+:)?sheets[ >].*?</(?:\w+:)?sheets>", re.DOTALL)
_ODD_STATE = re.compile(rb"\sstate=\"(?!(?:visible|hidden|veryHidden)\")[^\"]*\"")
_PLAIN_STYLES = b"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>
<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs></styleSheet>"""


def read_workbook(data: bytes) -> FileContent:
    """Read every part: cells, formulas, comments, text boxes, headers, caches, links, properties.

    Raises:
        Refused: `file_broken`, `file_locked`, `file_bomb`, `file_too_many_cells` or
            `file_without_sheets`.
    """
    program = "Excel 或 WPS"
    data = in_usual_spelling(data, program)
    with open_archive(data) as archive, refusing_broken(program, InvalidFileException):
        sheets = [archive.read(name) for name in archive.namelist() if _SHEET.fullmatch(name)]
        formulas = any(_FORMULA.search(sheet) for sheet in sheets)
        names, tables, paths = _read_whatever_the_styles(archive, data, formulas=formulas)
        raw_headers, headers = _headers_and_footers(sheets)
        passages = (*names, *_side_passages(archive), *headers)
        content = FileContent(passages, (*tables, *pivot_tables(archive)))
        return everything_else(archive, content, raw_headers, paths)


def _read_whatever_the_styles(
    archive: zipfile.ZipFile, data: bytes, *, formulas: bool
) -> tuple[list[Passage], list[FileTable], frozenset[str]]:
    """The cells; where a program wrote styles or settings in its own way, without those."""
    try:
        return _read_cells(data, formulas=formulas)
    except Refused:
        raise
    except (*ERRORS_OF_BROKEN_FILES, InvalidFileException):  # a damaged file fails again below
        return _read_cells(cells_only(archive), formulas=formulas)


def cells_only(archive: zipfile.ZipFile) -> bytes:
    """The package reduced to its sheets and shared texts."""
    reduced = io.BytesIO()
    with zipfile.ZipFile(reduced, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in dict.fromkeys(archive.namelist()):
            part = archive.read(name)
            if name == "xl/styles.xml":
                part = _PLAIN_STYLES
            elif name == "xl/workbook.xml":
                part = _sheets_only(part)
            elif not (_SHEET.fullmatch(name) or name in _NEEDED_PARTS):
                continue
            copy.writestr(name, part)
    return reduced.getvalue()


def _sheets_only(workbook: bytes) -> bytes:
    root = re.search(rb"<((?:\w+:)?workbook)\b[^>]*>", workbook)
    sheets = _SHEETS.search(workbook)
    if root is None or sheets is None:
        return workbook
    return root[0] + _ODD_STATE.sub(b"", sheets[0]) + b"</" + root[1] + b">"


def workbook_grids(data: bytes) -> list[tuple[str, list[tuple[str, ...]]]]:
    """The cells of each visible sheet, with the name of its place.

    Raises:
        Refused: as `read_workbook`.
    """
    program = "Excel 或 WPS"
    with open_archive(data) as archive, refusing_broken(program, InvalidFileException):
        sheets = [archive.read(name) for name in archive.namelist() if _SHEET.fullmatch(name)]
        formulas = any(_FORMULA.search(sheet) for sheet in sheets)
        visible_grids = [
            (title, grid) for title, visible, grid in _sheets(data, formulas=formulas) if visible
        ]
    return [(f"工作表“{quoted(title)}”", grid) for title, grid in visible_grids]


def _read_cells(
    data: bytes, *, formulas: bool
) -> tuple[list[Passage], list[FileTable], frozenset[str]]:
    """Names of sheets, their tables, and the parts that these took in."""
    names: list[Passage] = []
    tables: list[FileTable] = []
    paths: set[str] = set()
    for number, (sheet, grid) in enumerate(_sheets_and_grids(data, formulas=formulas), 1):
        names.append(Passage(f"第{number}张工作表的名称", sheet.title))
        hidden = "" if sheet.sheet_state == "visible" else "隐藏的"
        tables.extend(tables_in(grid, f"{hidden}工作表“{quoted(sheet.title)}”"))
        if grid:  # a part of which nothing arrived is read word for word
            paths.add(sheet._worksheet_path.lstrip("/"))  # noqa: SLF001 - openpyxl tells it nowhere else
    if not names:
        raise refuse(
            "file_without_sheets",
            "表格文件里读不到工作表。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再上传。",
        )
    return names, tables, frozenset(paths)


def _sheets(data: bytes, *, formulas: bool) -> Iterator[tuple[str, bool, list[tuple[str, ...]]]]:
    """Title, whether it is visible, and cells of each sheet."""
    for sheet, grid in _sheets_and_grids(data, formulas=formulas):
        yield sheet.title, sheet.sheet_state == "visible", grid


def _sheets_and_grids(
    data: bytes, *, formulas: bool
) -> Iterator[tuple[Any, list[tuple[str, ...]]]]:
    """Each sheet of openpyxl, with its cells."""
    budget = CellBudget()
    with warnings.catch_warnings():
        # openpyxl warns of styles, validations and print settings that it drops. We read no such.
        warnings.simplefilter("ignore", UserWarning)
        values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        typed = openpyxl.load_workbook(io.BytesIO(data), read_only=True) if formulas else None
        for place, sheet in enumerate(values.worksheets):
            with_formulas = typed.worksheets[place] if typed else None
            grid = _grid(sheet, with_formulas, budget)
            yield sheet, grid


def _grid(sheet: Any, with_formulas: Any, budget: CellBudget) -> list[tuple[str, ...]]:
    """Cells as text. Empty cells at the end of rows and empty rows at the end are left out."""
    grid: list[tuple[str, ...]] = []
    places = empty_rows = 0
    for row, formulas_row in zip(_rows(sheet), _rows(with_formulas), strict=False):
        places += len(row) + 1
        if places > _MAX_PLACES:
            raise too_many_cells()
        cells = _row_texts(row, formulas_row)
        if not cells:
            empty_rows += 1
            continue
        budget.spend(sum(map(bool, cells)))
        grid.extend(repeat((), empty_rows))
        grid.append(cells)
        empty_rows = 0
    return grid


def _rows(sheet: Any) -> Iterable[tuple[Any, ...]]:
    if sheet is None:
        return repeat(())
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _row_texts(row: tuple[Any, ...], formulas_row: tuple[Any, ...]) -> tuple[str, ...]:
    texts = [cell_text(value) for value in row]
    for index, formula in enumerate(formulas_row[: len(texts)]):
        if not texts[index]:
            texts[index] = cell_text(getattr(formula, "text", formula))
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def cell_text(value: Any) -> str:
    """A cell as a person would read it. A whole figure keeps all the places that Excel kept (15)."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return format(Decimal(f"{value:.15g}"), "f")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


# --- beside the cells --------------------------------------------------------------------------


def _side_passages(archive: zipfile.ZipFile) -> Iterator[Passage]:
    for pattern, place, elements in _SIDE_PARTS:
        parts = [archive.read(name) for name in archive.namelist() if pattern.fullmatch(name)]
        yield from numbered(
            place, (text for part in parts for text in _texts(part, elements)), "处"
        )


def _texts(part: bytes, elements: frozenset[str]) -> Iterator[str]:
    for element in fromstring(part).iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in elements:
            yield "".join(element.itertext())


def _headers_and_footers(sheets: Iterable[bytes]) -> tuple[list[str], list[Passage]]:
    """What the file writes, and what it means without the codes of fonts and places."""
    words = {b"Header": "页眉", b"Footer": "页脚"}
    raw_texts, passages = [], []
    for sheet in sheets:
        for which, raw in _HEADER_FOOTER.findall(sheet):
            text = html.unescape(raw.decode("utf-8", "replace"))
            raw_texts.append(text)
            passages.append(Passage(words[which], _HEADER_CODES.sub(" ", text)))
    return raw_texts, passages
