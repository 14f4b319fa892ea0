"""台账 as a table to take away: what was asked, by which day, how it ended. Nobody's name, no way to reach anybody."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import day_words
from bulletin.domain.formats import TableFormat
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import ensure_reads
from bulletin.services.oversight.requests.ledger import line_of
from bulletin.services.site import Site
from bulletin.store.information_requests import InformationRequest, requests_at
from bulletin.writers.tables import ExportColumn, TableSheet, cells, headings, write_csv, write_xlsx


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    number: str
    received_by: str
    received_on: date
    applicant: str
    asked_for: str
    due_on: date
    steps: str  # 告知补正 9月16日、延长答复期限 9月30日
    ended_on: date | None
    outcome: str
    is_late: bool


COLUMNS = (
    ExportColumn[LedgerRow]("编号", lambda row: row.number),
    ExportColumn[LedgerRow]("收到方式", lambda row: row.received_by),
    ExportColumn[LedgerRow]("收到", lambda row: row.received_on),
    ExportColumn[LedgerRow]("申请人", lambda row: row.applicant),
    ExportColumn[LedgerRow]("要什么", lambda row: row.asked_for),
    ExportColumn[LedgerRow]("办理", lambda row: row.steps),
    ExportColumn[LedgerRow]("答复期限", lambda row: row.due_on),
    ExportColumn[LedgerRow]("办结", lambda row: row.ended_on),
    ExportColumn[LedgerRow]("结果", lambda row: row.outcome),
    ExportColumn[LedgerRow]("超期", lambda row: "超期" if row.is_late else ""),
)


def ledger_file(
    site: Site, actor: Actor, place: str, year: int, form: TableFormat, now: datetime
) -> bytes:
    """The ledger of a year of receipt, in the order of its numbers.

    Raises:
        NotFoundError: the person does not read the ledgers of the township.
    """
    ensure_reads(actor)
    asked = requests_at(actor.township_id).where(InformationRequest.year == year)
    with site.sessions.reading() as session:
        rows = [_row(site, each, now) for each in session.scalars(asked)]
    table = cells(COLUMNS, reversed(rows))
    if form == "csv":
        return write_csv(headings(COLUMNS), table)
    heading = f"{place}{year}年依申请公开台账"
    return write_xlsx([TableSheet("台账", heading, headings(COLUMNS), table)])


def _row(site: Site, request: InformationRequest, now: datetime) -> LedgerRow:
    line = line_of(site, request, now)
    year = date(request.year, 1, 1)
    return LedgerRow(
        number=line.register_name,
        received_by=request.received_by.label,
        received_on=line.received_on,
        applicant=line.applicant,
        asked_for=line.asked_for,
        due_on=line.due_on,
        steps="、".join(
            f"{step.kind.label} {day_words(step.on, since=year)}" for step in request.steps
        ),
        ended_on=line.ended_on,
        outcome=line.outcome,
        is_late=line.is_late,
    )
