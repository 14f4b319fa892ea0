"""The form of an annual report: which tables it has, and what their rows and columns are called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from bulletin.domain.labels import Labelled


class TableName(Labelled):
    PROACTIVE = "proactive", "表二"
    REQUESTS = "requests", "表三"
    REVIEWS = "reviews", "表四"


class RowRole(StrEnum):
    """What a row of requests is in the balance of the year: what was taken is handled, or left."""

    TAKEN = "taken"
    OUTCOME = "outcome"
    TOTAL = "total"
    LEFT = "left"


class CellKey(NamedTuple):
    table: TableName
    row: str
    column: str


@dataclass(frozen=True)
class ProactiveTable:
    """The table of one item of article 20."""

    article: str
    columns: Mapping[str, str]  # what each is called
    rows: Mapping[str, tuple[str, ...]]  # the words for each, those of the form first
    units: Mapping[str, str]  # of columns that have one: 万元


@dataclass(frozen=True)
class RequestRow:
    key: str
    role: RowRole
    label: str  # （三）不予公开 1.属于国家秘密
    note: str = ""  # that is printed behind it


@dataclass(frozen=True)
class RequestTable:
    columns: Mapping[str, str]  # kinds of applicants, the last one their total
    rows: tuple[RequestRow, ...]

    def of(self, role: RowRole) -> Iterator[RequestRow]:
        return (row for row in self.rows if row.role is role)


@dataclass(frozen=True)
class ReviewTable:
    rows: Mapping[str, str]  # 行政复议, 未经复议直接起诉, 复议后起诉
    columns: Mapping[str, str]  # results, the last one their total


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The form of a year."""

    name: str  # 2021
    order: str  # the order that set it
    title: str  # with {body} and {year}
    parts: tuple[str, ...]  # the headings of its six parts
    proactive: tuple[ProactiveTable, ...]
    requests: RequestTable
    reviews: ReviewTable
    is_in_force: bool
    since: int | None = None  # the first year whose report has it; None: nobody set it

    def cells(self) -> Iterator[CellKey]:
        """Every cell, in the order in which they stand."""
        for table in self.proactive:
            for row in table.rows:
                yield from (CellKey(TableName.PROACTIVE, row, column) for column in table.columns)
        for each in self.requests.rows:
            for column in self.requests.columns:
                yield CellKey(TableName.REQUESTS, each.key, column)
        for row in self.reviews.rows:
            yield from (CellKey(TableName.REVIEWS, row, column) for column in self.reviews.columns)

    def words_of(self, key: CellKey) -> str:
        """What a cell is called: 表三 · 一、本年新收政府信息公开申请数量 · 自然人."""
        return f"{key.table.label} · {self.row_words(key)} · {self._column_words(key)}"

    def row_words(self, key: CellKey) -> str:
        """What the row of a cell is called."""
        if key.table is TableName.REVIEWS:
            return self.reviews.rows[key.row]
        if key.table is TableName.REQUESTS:
            return next(row.label for row in self.requests.rows if row.key == key.row)
        return next(table.rows[key.row][0] for table in self.proactive if key.row in table.rows)

    def _column_words(self, key: CellKey) -> str:
        if key.table is TableName.REVIEWS:
            return self.reviews.columns[key.column]
        if key.table is TableName.REQUESTS:
            return self.requests.columns[key.column]
        return next(table.columns[key.column] for table in self.proactive if key.row in table.rows)


def layout_of(layouts: Sequence[Layout], year: int) -> Layout:
    """The form of the report of a year; the one in force where none is that old."""
    known = [layout for layout in layouts if layout.since is not None and layout.since <= year]
    return known[-1] if known else layouts[-1]


# None: the cell is empty, or has a stroke. A cell that is not there, or can't be read, is not in it.
Figures = Mapping[CellKey, Decimal | None]
