"""How a request can end, what excessive ones cost, and how a year of them is counted in table 三."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bulletin.domain.oversight.annual_report.layout import CellKey, Layout, RowRole, TableName
from bulletin.domain.oversight.annual_report.sum_rules import OTHERWISE_HANDLED
from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.domain.oversight.requests.letters import Remedy

OTHER = "other"  # the row of what has no row of its own


@dataclass(frozen=True, kw_only=True)
class RequestOutcome:
    key: str
    words: str
    article: str  # '' where the law has none for it
    row: str  # of table 三
    remedy: Remedy = Remedy.EITHER

    @property
    def asks_first(self) -> bool:
        """行政复议 comes before court (行政复议法第二十三条)."""
        return self.remedy is Remedy.RECONSIDER_FIRST


@dataclass(frozen=True)
class FeeStep:
    """From which request of a month on each costs how much, in yuan; or how much more with each `every`."""

    first: int
    step: int
    every: int = 0


@dataclass(frozen=True)
class RequestFacts:
    """What is counted of a request."""

    applicant: ApplicantClass
    received_on: date
    ended_on: date | None  # answered, or given up
    outcome: str  # '' while it is open


def fee_of(count: int, steps: Sequence[FeeStep]) -> int:
    """What the nth request of one applicant in one month costs, in yuan (国办函〔2020〕109号, 按件计收)."""
    amount = 0
    for step in steps:
        if count < step.first:
            break
        steps_up = (count - step.first) // step.every + 1 if step.every else 0
        amount = amount + step.step * steps_up if step.every else step.step
    return amount


def outcomes_by_part(
    outcomes: Mapping[str, RequestOutcome], layout: Layout
) -> dict[str, list[RequestOutcome]]:
    """The outcomes under the parts of table 三, （三）不予公开 and the like, in the order of its rows."""
    parts: dict[str, list[RequestOutcome]] = {}
    for row in layout.requests.of(RowRole.OUTCOME):
        part = row.label.partition(" ")[0]
        parts.setdefault(part, []).extend(o for o in outcomes.values() if o.row == row.key)
    return {part: found for part, found in parts.items() if found}


def request_figures(
    requests: Iterable[RequestFacts],
    year: int,
    outcomes: Mapping[str, RequestOutcome],
    layout: Layout,
) -> dict[CellKey, Decimal]:
    """Table 三 of a year: every sum of its form holds, since each request is counted once on either side."""
    figures = {
        CellKey(TableName.REQUESTS, row.key, column): Decimal(0)
        for row in layout.requests.rows
        for column in layout.requests.columns
    }
    for request in requests:
        for key in cells_of(request, year, outcomes, layout):
            figures[key] += 1
    return figures


def cells_of(
    request: RequestFacts, year: int, outcomes: Mapping[str, RequestOutcome], layout: Layout
) -> list[CellKey]:
    """The cells of table 三 of a year in which a request is counted; none where it is of another year."""
    ended = request.ended_on.year if request.ended_on else None
    if request.received_on.year > year or (ended is not None and ended < year):
        return []
    (handled,) = layout.requests.of(RowRole.TOTAL)
    (left,) = layout.requests.of(RowRole.LEFT)
    rows = ["received" if request.received_on.year == year else "carried_over"]
    outcome = outcomes.get(request.outcome)  # the schedule may have dropped it since
    row = outcome.row if outcome else OTHER
    if all(each.key != row for each in layout.requests.rows):
        row = OTHERWISE_HANDLED[0]  # （六） was one row before 2021
    rows += [row, handled.key] if ended == year else [left.key]
    *_, total = layout.requests.columns
    return [
        CellKey(TableName.REQUESTS, row, column)
        for row in rows
        for column in (request.applicant.value, total)
    ]
