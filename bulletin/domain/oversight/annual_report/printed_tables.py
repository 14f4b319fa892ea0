"""The tables of a report as they are printed: cells that span rows and columns, in the layout of a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bulletin.domain.amounts import plain_number
from bulletin.domain.oversight.annual_report.layout import (
    CellKey,
    Figures,
    Layout,
    RequestRow,
    RowRole,
    TableName,
)

BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_OUTCOMES = frozenset({RowRole.OUTCOME, RowRole.TOTAL})
_LABELS = 3  # columns of table 三 for 三、本年度办理结果, （三）不予公开, 1.属于国家秘密


@dataclass(frozen=True)
class PrintedCell:
    words: str
    across: int = 1
    down: int = 1
    key: CellKey | None = None  # of a figure; None for what names rows and columns


PrintedRow = tuple[PrintedCell, ...]


def scope_of(row: PrintedRow, cell: PrintedCell) -> str:
    """What a cell names, as HTML has it: its row, its column, or several; '' of a figure."""
    if cell.key is not None:
        return ""
    if any(each.key for each in row):
        return "rowgroup" if cell.down > 1 else "row"
    return "colgroup" if cell.across > 1 else "col"


class PrintedTable(NamedTuple):
    rows: tuple[PrintedRow, ...]
    heads: int  # rows that name the columns

    @property
    def width(self) -> int:
        """Columns."""
        return sum(cell.across for cell in self.rows[0])


def printed_tables(
    layout: Layout, figures: Figures, row_words: Mapping[CellKey, str] | None = None
) -> dict[TableName, PrintedTable]:
    """The three tables. A figure that is not known, or an empty one, leaves its cell empty.

    Args:
        row_words: what rows are called that the form calls otherwise, by their first cell.
    """
    others = {(key.table, key.row): words for key, words in (row_words or {}).items()}
    printed = _Printed(layout, figures, others)
    return {
        TableName.PROACTIVE: PrintedTable(tuple(printed.proactive()), 0),
        TableName.REQUESTS: PrintedTable(tuple(printed.requests()), 3),
        TableName.REVIEWS: PrintedTable(tuple(printed.reviews()), 3),
    }


@dataclass(frozen=True)
class _Printed:
    layout: Layout
    figures: Figures
    others: Mapping[tuple[TableName, str], str]

    def proactive(self) -> Iterator[PrintedRow]:
        width = 1 + max(len(table.columns) for table in self.layout.proactive)
        for table in self.layout.proactive:
            last = width - len(table.columns)
            names = [
                f"{name}（单位：{table.units[column]}）" if column in table.units else name
                for column, name in table.columns.items()
            ]
            yield (PrintedCell(table.article, width),)
            yield (_head("信息内容"), *map(_head, names[:-1]), _head(names[-1], last))
            for row, words in table.rows.items():
                label = self.others.get((TableName.PROACTIVE, row), words[0])
                keys = [CellKey(TableName.PROACTIVE, row, column) for column in table.columns]
                *some, end = map(self._figure, keys)
                yield (_head(label), *some, PrintedCell(end.words, last, key=end.key))

    def requests(self) -> Iterator[PrintedRow]:
        table = self.layout.requests
        person, *organisations, total = table.columns.values()
        yield _head(BALANCE, _LABELS, 3), _head("申请人情况", len(table.columns))
        yield _head(person, 1, 2), _head("法人或其他组织", len(organisations)), _head(total, 1, 2)
        yield tuple(map(_head, organisations))
        outcomes = [row for row in table.rows if row.role in _OUTCOMES]
        groups = [row.label.split(" ")[0] for row in outcomes]
        seen: set[str] = set()
        for row in table.rows:
            keys = [CellKey(TableName.REQUESTS, row.key, column) for column in table.columns]
            if row not in outcomes:
                labels: tuple[PrintedCell, ...] = (_head(row.label, _LABELS),)
            else:
                first = () if seen else (_head("三、本年度办理结果", 1, len(outcomes)),)
                labels = *first, *_outcome_labels(row, groups, seen)
            yield *labels, *map(self._figure, keys)

    def reviews(self) -> Iterator[PrintedRow]:
        table = self.layout.reviews
        first, *lawsuits = table.rows.values()
        names, width = list(table.columns.values()), len(table.columns)
        yield _head(first, width, 2), _head("行政诉讼", width * len(lawsuits))
        yield tuple(_head(name, width) for name in lawsuits)
        yield tuple(map(_head, names * len(table.rows)))
        yield tuple(
            self._figure(CellKey(TableName.REVIEWS, row, column))
            for row in table.rows
            for column in table.columns
        )

    def _figure(self, key: CellKey) -> PrintedCell:
        figure = self.figures.get(key)
        return PrintedCell("" if figure is None else plain_number(figure), key=key)


def _outcome_labels(row: RequestRow, groups: list[str], seen: set[str]) -> PrintedRow:
    """The labels of an outcome: one over two columns, or one of a group whose name its first one has."""
    group, _, leaf = row.label.partition(" ")
    begins = group not in seen
    seen.add(group)
    if not leaf:
        return (_head(group + row.note, _LABELS - 1),)
    own = _head(leaf + row.note)
    return (_head(group, 1, groups.count(group)), own) if begins else (own,)


def _head(words: str, across: int = 1, down: int = 1) -> PrintedCell:
    return PrintedCell(words, across, down)
