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

from bulletin.domain.privacy.findings import quoted
from bulletin.readers.archives import open_archive, refusing_broken
from bulletin.readers.grids import tables_in
from bulletin.readers.material import (
    CellBudget,
    FileContent,
    FileTable,
    Passage,
    numbered,
    too_many_cells,
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
_PARTS_TO_LOOK_AT = (
    ("xl/media/", "表格里有{}张图片"),
    ("xl/charts/chart", "表格里有{}张图表"),
    ("xl/embeddings/", "表格里嵌有{}个其他文件"),
    ("xl/pivotCache/pivotCacheRecords", "表格里有{}个数据透视表的缓存"),
)


def read_workbook(data: bytes) -> FileContent:
    """Read cells, formulas without a kept result, comments, text boxes, headers and footers.

    Raises:
        Refused: `file_broken`, `file_locked`, `file_bomb` or `file_too_many_cells`.
    """
    program = "Excel 或 WPS"
    with open_archive(data) as archive, refusing_broken(program, InvalidFileException):
        sheets = [archive.read(name) for name in archive.namelist() if _SHEET.fullmatch(name)]
        passages = [*_side_passages(archive), *_headers_and_footers(sheets), *_hidden(archive)]
        formulas = any(_FORMULA.search(sheet) for sheet in sheets)
        names, tables = _read_cells(data, formulas=formulas)
        return FileContent((*names, *passages), tuple(tables), tuple(_needing_a_look(archive)))


_PARTS_WITH_WORDS = re.compile(r"docProps/.+\.xml|xl/charts/[^/]+\.xml|.+\.rels")
_NAMES = re.compile(rb"<definedName\b[^>]*>[^<]*<", re.DOTALL)
_WORDS = re.compile(rb"<(?:dataValidation|hyperlink)\b[^>]*>|<formula\d>[^<]*<", re.DOTALL)


def _hidden(archive: zipfile.ZipFile) -> Iterator[Passage]:
    """Words that no cell shows: properties, names, links, chart titles, what validations prompt."""
    for name in archive.namelist():
        if _PARTS_WITH_WORDS.fullmatch(name):
            yield Passage(f"文件内部的{quoted(name)}", _all_words(archive.read(name)))
        elif name == "xl/workbook.xml":
            yield Passage("定义的名称", _unescaped(_NAMES, archive.read(name)))
        elif _SHEET.fullmatch(name):
            yield Passage("数据验证和链接", _unescaped(_WORDS, archive.read(name)))


def _unescaped(pattern: re.Pattern[bytes], part: bytes) -> str:
    return html.unescape(b"\n".join(pattern.findall(part)).decode("utf-8", "replace"))


def _all_words(part: bytes) -> str:
    """Every text and attribute of an XML part, a line each."""
    words: list[str] = []
    for element in fromstring(part).iter():
        words += [
            value for value in (element.text, element.tail, *element.attrib.values()) if value
        ]
    return "\n".join(words)


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


def _read_cells(data: bytes, *, formulas: bool) -> tuple[list[Passage], list[FileTable]]:
    names: list[Passage] = []
    tables: list[FileTable] = []
    for number, (title, visible, grid) in enumerate(_sheets(data, formulas=formulas), 1):
        names.append(Passage(f"第{number}张工作表的名称", title))
        tables.extend(tables_in(grid, f"{'' if visible else '隐藏的'}工作表“{quoted(title)}”"))
    return names, tables


def _sheets(data: bytes, *, formulas: bool) -> Iterator[tuple[str, bool, list[tuple[str, ...]]]]:
    """Title, whether it is visible, and cells of each sheet."""
    budget = CellBudget()
    with warnings.catch_warnings():
        # openpyxl warns of styles, validations and print settings that it drops. We read no such.
        warnings.simplefilter("ignore", UserWarning)
        values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        typed = openpyxl.load_workbook(io.BytesIO(data), read_only=True) if formulas else None
        for place, sheet in enumerate(values.worksheets):
            with_formulas = typed.worksheets[place] if typed else None
            grid = _grid(sheet, with_formulas, budget)
            yield sheet.title, sheet.sheet_state == "visible", grid


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


def _headers_and_footers(sheets: Iterable[bytes]) -> Iterator[Passage]:
    words = {b"Header": "页眉", b"Footer": "页脚"}
    for sheet in sheets:
        for which, raw in _HEADER_FOOTER.findall(sheet):
            text = _HEADER_CODES.sub(" ", html.unescape(raw.decode("utf-8", "replace")))
            yield Passage(words[which], text)


def _needing_a_look(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    for prefix, sentence in _PARTS_TO_LOOK_AT:
        count = sum(name.startswith(prefix) for name in names)
        if count:
            yield sentence.format(count)
