"""Old workbooks (.xls) for a draft, with their formats, merged, hidden and struck cells.

xlrd reads them, not calamine: that says nothing of hidden rows and columns, struck words and number formats,
so that what a village hid would pass in silence and 24,000.00 would arrive as 24000.
"""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import xlrd

from bulletin.domain.errors import Refused, refuse
from bulletin.readers.archives import ERRORS_OF_BROKEN_FILES
from bulletin.readers.brought.old_drawings import drawn_remarks
from bulletin.readers.brought.worksheets import Worksheet
from bulletin.readers.material import CellBudget
from bulletin.readers.number_formats import shown
from bulletin.readers.spreadsheets import cell_text

_ERROR = "是出错的公式（{}），请对照原表改成数。"
_OTHERWISE = "在表格里另有显示格式，请对照原表看一看。"
_DAMAGED = "文件已损坏，打不开。请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再带进来。"


def old_workbook_sheets(data: bytes) -> list[Worksheet]:
    """The worksheets, hidden ones too.

    Raises:
        Refused: `file_broken`, `file_locked` or `file_too_many_cells`.
    """
    with _refusing_broken():
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
        budget = CellBudget()
        return [_sheet(book, at, budget) for at in range(book.nsheets)]


@contextmanager
def _refusing_broken() -> Iterator[None]:
    try:
        yield
    except Refused:
        raise
    except (
        *ERRORS_OF_BROKEN_FILES,
        xlrd.XLRDError,
        xlrd.compdoc.CompDocError,
        struct.error,
    ) as error:
        if "encrypted" in str(error).lower():
            raise refuse("file_locked", "文件设了密码，读不出来。请取消密码后再带进来。") from error
        raise refuse("file_broken", _DAMAGED) from error


def _sheet(book: Any, number: int, budget: CellBudget) -> Worksheet:
    sheet = book.sheet_by_index(number)
    rows: list[tuple[str, ...]] = []
    struck: dict[tuple[int, int], str] = {}
    doubts: dict[tuple[int, int], str] = {}
    for y in range(sheet.nrows):
        read = [
            _read(book, sheet.cell(y, x), (y, x), struck, doubts) for x in range(sheet.row_len(y))
        ]
        while read and not read[-1]:
            read.pop()
        budget.spend(sum(map(bool, read)))
        rows.append(tuple(read))
    while rows and not rows[-1]:
        rows.pop()
    return Worksheet(
        name=sheet.name,
        words=tuple(rows),
        merged=tuple(
            (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
        ),
        is_hidden=bool(sheet.visibility),
        hidden_rows=frozenset(y for y, row in sheet.rowinfo_map.items() if row.hidden),
        hidden_columns=frozenset(x for x, column in sheet.colinfo_map.items() if column.hidden),
        struck=struck,
        doubts=doubts,
        more=tuple(drawn_remarks(book, number)),
    )


def _read(
    book: Any,
    cell: Any,
    place: tuple[int, int],
    struck: dict[tuple[int, int], str],
    doubts: dict[tuple[int, int], str],
) -> str:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        words = xlrd.error_text_from_code.get(cell.value, "#N/A")
        doubts[place] = _ERROR.format(words)
        return str(words)
    looks = book.xf_list[cell.xf_index]
    value = _value(book, cell)
    words = cell_text(value)
    as_shown = shown(value, book.format_map[looks.format_key].format_str)
    if as_shown is not None:
        words, is_sure = as_shown
        if not is_sure:
            doubts[place] = _OTHERWISE
    if book.font_list[looks.font_index].struck_out and words.strip():
        struck[place] = words
        return ""
    return words


def _value(book: Any, cell: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return cell.value
