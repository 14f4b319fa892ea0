"""The sums of a report: 42 within a year, 9 from one year to the next.

They are those of 国办公开办函〔2021〕30号: per column of table 三 一＋二＝三（七）＋四 (7) and （七）＝ all outcomes (7), per row 总计 ＝
its six columns (25), and the three totals of table 四; from one year to the next 四 ＝ 二 per column (7), and 现行有效 ＝ last
year's ＋ 制发 － 废止 (2). An older form has fewer rows, and as many fewer sums.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.amounts import plain_number
from bulletin.domain.oversight.annual_report.findings import ReportFinding, ReportVerdict
from bulletin.domain.oversight.annual_report.layout import (
    CellKey,
    Figures,
    Layout,
    RowRole,
    TableName,
)

# （六）其他处理: one row in the form of 2019, three in that of 2021.
OTHERWISE_HANDLED = ("otherwise_handled", "not_mended", "fee_unpaid", "other")
OTHERWISE_HANDLED_WORDS = "（六）其他处理"
COUNTY_SUM = "county.sum"
OF_MEMBERS = "县＝各乡镇、部门之和"
_KEEPING = ("rules", "documents")  # rows of table 二 whose stock goes on from year to year


@dataclass(frozen=True)
class SumRule:
    """Cells of which the first ones add up to the others. A cell of last year stands in `before`."""

    name: str
    words: str  # 一＋二＝三（七）＋四
    cell: str  # where it is looked at
    total: tuple[CellKey, ...]
    parts: tuple[CellKey, ...]
    less: tuple[CellKey, ...] = ()
    before: tuple[CellKey, ...] = ()  # parts that last year's report has


def rules_of_year(layout: Layout) -> Iterator[SumRule]:
    """The sums within one report."""
    table, at = layout.requests, TableName.REQUESTS
    rows = {role: [row.key for row in table.of(role)] for role in RowRole}
    for column, name in table.columns.items():
        of = {role: tuple(CellKey(at, key, column) for key in keys) for role, keys in rows.items()}
        yield SumRule(
            name="requests.balance",
            words="一＋二＝三（七）＋四",
            cell=f"{at.label} · {name}",
            total=of[RowRole.TAKEN],
            parts=of[RowRole.TOTAL] + of[RowRole.LEFT],
        )
        yield SumRule(
            name="requests.handled",
            words="三（七）＝三（一）至（六）之和",
            cell=f"{at.label} · {name}",
            total=of[RowRole.TOTAL],
            parts=of[RowRole.OUTCOME],
        )
    for row in table.rows:
        yield _row_total(layout, at, row.key, tuple(table.columns), "requests.row_total")
    for key in layout.reviews.rows:
        columns = tuple(layout.reviews.columns)
        yield _row_total(layout, TableName.REVIEWS, key, columns, "reviews.total")


def _row_total(
    layout: Layout, table: TableName, row: str, columns: tuple[str, ...], name: str
) -> SumRule:
    *parts, total = (CellKey(table, row, column) for column in columns)
    return SumRule(name, "总计＝各列之和", layout.words_of(total), (total,), tuple(parts))


def rules_across_years(layout: Layout) -> Iterator[SumRule]:
    """The sums from last year's report to this one."""
    (left,) = layout.requests.of(RowRole.LEFT)
    for column, name in layout.requests.columns.items():
        yield SumRule(
            name="years.carried_over",
            words="本年的二＝上年的四",
            cell=f"{TableName.REQUESTS.label} · {name}",
            total=(CellKey(TableName.REQUESTS, "carried_over", column),),
            parts=(),
            before=(CellKey(TableName.REQUESTS, left.key, column),),
        )
    there = set(layout.cells())
    for row in _KEEPING:
        issued, repealed, in_force = stock = tuple(
            CellKey(TableName.PROACTIVE, row, column)
            for column in ("issued", "repealed", "in_force")
        )
        if there.issuperset(stock):  # the form of 2019 counts otherwise
            yield SumRule(
                name="years.in_force",
                words="现行有效＝上年现行有效＋本年制发－本年废止",
                cell=layout.words_of(in_force),
                total=(in_force,),
                parts=(issued,),
                less=(repealed,),
                before=(in_force,),
            )


def broken(
    rules: Iterable[SumRule], figures: Figures, before: Figures | None = None
) -> Iterator[ReportFinding]:
    """The sums that don't add up, and those of which nobody can tell. An empty cell counts as 0."""
    for rule in rules:
        total = _sum(figures, rule.total)
        parts = _sum(figures, rule.parts)
        less = _sum(figures, rule.less)
        earlier = _sum(before or {}, rule.before)
        if total is None or parts is None or less is None or earlier is None:
            yield _finding(rule, "", "有的格没有读到", ReportVerdict.NOT_ASSESSABLE)
        elif total != parts - less + earlier:
            yield _finding(
                rule, plain_number(parts - less + earlier), plain_number(total), ReportVerdict.FAIL
            )


def county_findings(
    layout: Layout, county: Figures, members: Mapping[str, Figures]
) -> Iterator[ReportFinding]:
    """Where the report of a county is not the sum of those of its townships and departments.

    Where a report can't be read, or a row of it, the sum is incomplete and not wrong; what is missing is named once.
    （六） is one row in one form and three in the other: it is compared as a whole.

    Args:
        members: their figures by the names of their files.
    """
    if unread := [name for name, figures in members.items() if not figures]:
        words = "、".join(unread)
        rule = SumRule(COUNTY_SUM, OF_MEMBERS, "全部", (), ())
        yield _finding(rule, "", f"没有读到：{words}", ReportVerdict.NOT_ASSESSABLE)
        return
    for name, columns in _rows_together(layout).items():
        missing = [
            file
            for file, figures in members.items()
            if any(_of_any(figures, keys) is None for keys in columns.values())
        ]
        if missing or any(_of_any(county, keys) is None for keys in columns.values()):
            rule = SumRule(COUNTY_SUM, OF_MEMBERS, name, (), ())
            found = f"这一行没有读到：{'、'.join(missing) or '县的报告'}"
            yield _finding(rule, "", found, ReportVerdict.NOT_ASSESSABLE)
            continue
        for column, keys in columns.items():
            parts = [_of_any(figures, keys) or Decimal(0) for figures in members.values()]
            whole, total = _of_any(county, keys), sum(parts, Decimal(0))
            if whole is not None and whole != total:
                rule = SumRule(COUNTY_SUM, OF_MEMBERS, f"{name} · {column}", (), ())
                yield _finding(rule, plain_number(total), plain_number(whole), ReportVerdict.FAIL)


def _rows_together(layout: Layout) -> dict[str, dict[str, tuple[CellKey, ...]]]:
    """The rows of a form with their columns, those of （六） as one."""
    together: dict[str, dict[str, tuple[CellKey, ...]]] = {}
    for key in layout.cells():
        table, row, column = layout.words_of(key).split(" · ")
        keys: tuple[CellKey, ...] = (key,)
        if key.row in OTHERWISE_HANDLED:
            row = OTHERWISE_HANDLED_WORDS
            keys = tuple(CellKey(key.table, each, key.column) for each in OTHERWISE_HANDLED)
        together.setdefault(f"{table} · {row}", {})[column] = keys
    return together


def _of_any(figures: Figures, keys: Iterable[CellKey]) -> Decimal | None:
    """The sum of those cells that are there; None where none is."""
    known = [figures[key] or Decimal(0) for key in keys if key in figures]
    return sum(known, Decimal(0)) if known else None


def _finding(rule: SumRule, expected: str, found: str, verdict: ReportVerdict) -> ReportFinding:
    return ReportFinding(
        rule=rule.name,
        cell=rule.cell,
        expected=expected,
        found=found,
        verdict=verdict,
        words=rule.words,
    )


def _sum(figures: Figures, keys: Iterable[CellKey]) -> Decimal | None:
    """The sum of some cells; None where one is not there."""
    total = Decimal(0)
    for key in keys:
        if key not in figures:
            return None
        total += figures[key] or 0
    return total
