"""公开情况 as Excel and CSV: the sums of every village, and every cell with its reason.

A column is one line of `SUMS` or `CELLS`: its heading and how a row fills it.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from bulletin.domain.days import day_words
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.formats import TableFormat
from bulletin.services.duties.lists.cells import CoverageCell
from bulletin.services.oversight.coverage import CoverageTable, ItemColumn
from bulletin.services.oversight.coverage_sums import TownshipSum
from bulletin.writers.tables import ExportColumn, TableSheet, cells, headings, write_csv, write_xlsx


class _SumRow(NamedTuple):
    """The sums of one village, one township, or all of them."""

    name: str
    counts: Counter[CoverageState]


class _CellRow(NamedTuple):
    cell: CoverageCell
    item: ItemColumn


def _count_of(state: CoverageState) -> Callable[[_SumRow], int]:
    return lambda row: row.counts[state]


SUMS = (
    ExportColumn[_SumRow]("村", lambda row: row.name),
    ExportColumn[_SumRow]("共", lambda row: row.counts.total()),
    *(ExportColumn[_SumRow](state.label, _count_of(state)) for state in CoverageState),
)
COUNTY_SUMS = (ExportColumn[_SumRow]("乡镇", lambda row: row.name), *SUMS[1:])
CELLS = (
    ExportColumn[_CellRow]("村", lambda row: row.cell.village),
    ExportColumn[_CellRow]("类别", lambda row: row.item.group.label),
    ExportColumn[_CellRow]("公开事项", lambda row: row.item.title),
    ExportColumn[_CellRow]("事项名称", lambda row: row.cell.matter),
    ExportColumn[_CellRow]("期", lambda row: row.cell.label),
    ExportColumn[_CellRow]("最迟", lambda row: row.cell.due_on),
    ExportColumn[_CellRow]("情况", lambda row: row.cell.state.label),
    ExportColumn[_CellRow]("是否按时", lambda row: row.cell.status.label),
    ExportColumn[_CellRow]("网上公开", lambda row: row.cell.web_on),
    ExportColumn[_CellRow]("上墙", lambda row: row.cell.wall_on),
    ExportColumn[_CellRow]("说明", lambda row: row.cell.remark),
    ExportColumn[_CellRow]("编号", lambda row: row.cell.notice),
    ExportColumn[_CellRow]("不适用、撤下的原因", lambda row: row.cell.reason),
    ExportColumn[_CellRow]("谁说的", lambda row: row.cell.declared_by),
)


def coverage_file(table: CoverageTable, form: TableFormat) -> bytes:
    """The cells as CSV; sums and cells as a workbook of two sheets."""
    items = {item.code: item for item in table.items}
    details = cells(CELLS, [_CellRow(cell, items[cell.item_code]) for cell in table.cells])
    if form == "csv":
        return write_csv(headings(CELLS), details)
    heading = _heading("公开情况", table.first_on, table.last_on, table.as_of)
    sums = [_SumRow(row.village, row.counts) for row in table.rows]
    sums.append(_SumRow("合计", table.counts))
    return write_xlsx(
        [
            TableSheet("汇总", heading, headings(SUMS), cells(SUMS, sums)),
            TableSheet("明细", heading, headings(CELLS), details),
        ]
    )


def county_file(
    townships: list[TownshipSum], span: tuple[date, date], as_of: date, form: TableFormat
) -> bytes:
    """The sums of every township of a county, as a workbook or CSV."""
    sums = [_SumRow(township.township, township.counts) for township in townships]
    if form == "csv":
        return write_csv(headings(COUNTY_SUMS), cells(COUNTY_SUMS, sums))
    sums.append(_SumRow("合计", sum((each.counts for each in townships), Counter())))
    heading = _heading("各乡镇公开情况", *span, as_of)
    return write_xlsx(
        [TableSheet("各乡镇", heading, headings(COUNTY_SUMS), cells(COUNTY_SUMS, sums))]
    )


def _heading(what: str, first_on: date, last_on: date, as_of: date) -> str:
    span = f"{day_words(first_on)}至{day_words(last_on, since=first_on)}"
    return f"{what}（{span}到期的，看到{day_words(as_of)}为止）"
