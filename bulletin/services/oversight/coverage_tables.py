"""公开情况 as Excel and CSV: the sums of every village, and every cell with its reason."""

from collections import Counter
from datetime import date

from bulletin.domain.days import day_words
from bulletin.domain.duties.coverage import Coverage
from bulletin.domain.formats import Form
from bulletin.domain.labels import labels_of
from bulletin.services.oversight.coverage import (
    CoverageCell,
    CoverageTable,
    ItemColumn,
    TownshipSum,
)
from bulletin.writers.tables import TableCell, TableSheet, write_csv, write_xlsx

SUMS = ("村", "共", *labels_of(Coverage).values())
CELLS = (
    "村", "类别", "公开事项", "事项名称", "期", "最迟", "情况", "是否按时", "编号", "不适用的原因", "谁说的",
)  # fmt: skip


def coverage_file(table: CoverageTable, form: Form) -> bytes:
    """The cells as CSV; sums and cells as a workbook of two sheets."""
    items = {item.code: item for item in table.items}
    cells = [_cell_row(cell, items[cell.item_code]) for cell in table.cells]
    if form == "csv":
        return write_csv(CELLS, cells)
    heading = _heading("公开情况", table.first_on, table.last_on, table.as_of)
    sums = [_sum_row(row.village, row.counts) for row in table.rows]
    sums.append(_sum_row("合计", table.counts))
    return write_xlsx(
        [TableSheet("汇总", heading, SUMS, sums), TableSheet("明细", heading, CELLS, cells)]
    )


def county_file(
    found: list[TownshipSum], span: tuple[date, date], as_of: date, form: Form
) -> bytes:
    """The sums of every township of a county, as a workbook or CSV."""
    columns = ("乡镇", *SUMS[1:])
    rows = [_sum_row(township.township, township.counts) for township in found]
    if form == "csv":
        return write_csv(columns, rows)
    rows.append(_sum_row("合计", sum((each.counts for each in found), Counter())))
    return write_xlsx(
        [TableSheet("各乡镇", _heading("各乡镇公开情况", *span, as_of), columns, rows)]
    )


def _heading(what: str, first_on: date, last_on: date, as_of: date) -> str:
    span = f"{day_words(first_on)}至{day_words(last_on, since=first_on)}"
    return f"{what}（{span}到期的，看到{day_words(as_of)}为止）"


def _sum_row(name: str, counts: dict[Coverage, int]) -> tuple[TableCell, ...]:
    return (name, sum(counts.values()), *(counts.get(state, 0) for state in labels_of(Coverage)))


def _cell_row(cell: CoverageCell, item: ItemColumn) -> tuple[TableCell, ...]:
    return (
        cell.village, item.group.label, item.title, cell.matter, cell.label, cell.due_on,
        cell.state.label, cell.status.label, cell.notice, cell.reason,
        cell.said_by,
    )  # fmt: skip
