"""The sums of a report: 42 within a year, 9 from one year to the next.

They are those of 国办公开办函〔2021〕30号: per column of table 三 一＋二＝三（七）＋四 (7) and （七）＝ all outcomes (7), per row 总计 ＝
its six columns (25), and the three totals of table 四; from one year to the next 四 ＝ 二 per column (7), and 现行有效 ＝ last
year's ＋ 制发 － 废止 (2). An older form has fewer rows, and as many fewer sums.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.oversight.annual_report.findings import Finding, Verdict
from bulletin.domain.oversight.annual_report.layout import (
    CellKey,
    Figures,
    Layout,
    Role,
    TableName,
)

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
    rows = {role: [row.key for row in table.of(role)] for role in Role}
    for column, name in table.columns.items():
        of = {role: tuple(CellKey(at, key, column) for key in keys) for role, keys in rows.items()}
        yield SumRule(
            name="requests.balance",
            words="一＋二＝三（七）＋四",
            cell=f"{at.label} · {name}",
            total=of[Role.TAKEN],
            parts=of[Role.TOTAL] + of[Role.LEFT],
        )
        yield SumRule(
            name="requests.handled",
            words="三（七）＝三（一）至（六）之和",
            cell=f"{at.label} · {name}",
            total=of[Role.TOTAL],
            parts=of[Role.OUTCOME],
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
    (left,) = layout.requests.of(Role.LEFT)
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
) -> Iterator[Finding]:
    """The sums that don't add up, and those of which nobody can tell. An empty cell counts as 0."""
    for rule in rules:
        total = _sum(figures, rule.total)
        parts = _sum(figures, rule.parts)
        less = _sum(figures, rule.less)
        earlier = _sum(before or {}, rule.before)
        if total is None or parts is None or less is None or earlier is None:
            yield _finding(rule, "", "有的格没有读到", Verdict.NOT_ASSESSABLE)
        elif total != parts - less + earlier:
            yield _finding(rule, _plain(parts - less + earlier), _plain(total), Verdict.FAIL)


def county_findings(
    layout: Layout, county: Figures, members: Sequence[Figures]
) -> Iterator[Finding]:
    """Where the report of a county is not the sum of those of its townships and departments, cell by cell.

    Where a member's cell can't be read, the sum is incomplete, and not wrong.
    """
    for key in layout.cells():
        rule = SumRule("county.sum", "县＝各乡镇、部门之和", layout.words_of(key), (key,), ())
        whole, parts = _sum(county, (key,)), [_sum(each, (key,)) for each in members]
        missing = parts.count(None)
        if whole is None or missing:
            found = f"缺{missing}份" if missing else "有的格没有读到"
            yield _finding(rule, "", found, Verdict.NOT_ASSESSABLE)
            continue
        total = sum((part or Decimal(0) for part in parts), Decimal(0))
        if whole != total:
            yield _finding(rule, _plain(total), _plain(whole), Verdict.FAIL)


def _finding(rule: SumRule, expected: str, found: str, verdict: Verdict) -> Finding:
    return Finding(
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


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"
