"""The townships of a county side by side in all that they did within a year."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.oversight.reporting import ReportState
from bulletin.domain.oversight.work_of_year import WORK, WorkCount
from bulletin.domain.people import Actor, SystemActor
from bulletin.services.access import ensure_of_county
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.oversight.annual_report.figures import counts_of_township
from bulletin.services.oversight.annual_report.townships_reports import (
    TownshipReport,
    townships_reports,
)
from bulletin.services.oversight.reporting.progress import reporting_lines
from bulletin.services.oversight.requests.ledger import line_of
from bulletin.services.site import Site
from bulletin.store.asked_once import remember_answers
from bulletin.store.information_requests import InformationRequest, requests_at
from bulletin.store.year_closings import YearClosing
from bulletin.writers.tables import TableCell, TableSheet, write_xlsx

Counts = Counter[StrEnum]


@dataclass(frozen=True, kw_only=True)
class TownshipWork:
    code: str
    name: str
    counts: Counts
    report: str  # 第1版; how its annual report stands


def work_of_townships(site: Site, actor: Actor, year: int, now: datetime) -> list[TownshipWork]:
    """Every township of the site, in the order of their codes.

    Raises:
        Refused: the person oversees no county.
    """
    ensure_of_county(actor)
    with site.sessions.reading() as session:
        remember_answers(session)
        return [
            TownshipWork(
                code=each.code,
                name=each.name,
                counts=_counts(session, site, each.township_id, year, now),
                report=_report_words(each),
            )
            for each in townships_reports(session, year)
        ]


def sum_of_townships(townships: list[TownshipWork]) -> Counts:
    """The whole county."""
    return sum((each.counts for each in townships), Counter())


def work_file(townships: list[TownshipWork], year: int) -> bytes:
    """One row a township, and the county's last."""
    asked = [count for counts in WORK.values() for count in counts]
    together = sum_of_townships(townships)
    lines = [(each.name, each.counts, each.report) for each in townships]
    rows: list[tuple[TableCell, ...]] = [
        (name, *(counts[count] for count in asked), report)
        for name, counts, report in [*lines, ("全县", together, "")]
    ]
    head = ("乡镇", *(count.label for count in asked), "年度报告")
    return write_xlsx([TableSheet("各乡镇", f"各乡镇{year}年的工作", head, rows)])


def _report_words(report: TownshipReport) -> str:
    if report.edition is not None:
        return f"第{report.edition}版"
    return "从文件收进" if report.content else "还没有"


def _counts(session: Session, site: Site, at: int, year: int, now: datetime) -> Counts:
    """Kept until somebody acts in the township."""

    def count() -> Counts:
        counted, _lacking = counts_of_township(session, site, at, year, now)
        counts: Counts = Counter(_of_ledgers(session, site, at, year, now))
        for each, number in counted.items():
            counts[each] = number
        return counts

    return kept_counts(session, site, at, ("work", year), now, count)


def _of_ledgers(
    session: Session, site: Site, at: int, year: int, now: datetime
) -> dict[StrEnum, int]:
    asked = session.scalars(requests_at(at).where(InformationRequest.year == year))
    requests = [line_of(site, each, now) for each in asked]
    period = Period.containing(Every.YEAR, date(year, 1, 1))
    lines = reporting_lines(session, site, SystemActor("", at), (period.first, period.last), now)
    closed = session.scalar(
        select(func.count()).where(YearClosing.township_id == at, YearClosing.year == year)
    )
    return {
        WorkCount.REQUESTS: len(requests),
        WorkCount.REQUESTS_OPEN: sum(each.ended_on is None for each in requests),
        WorkCount.REQUESTS_LATE: sum(each.is_late for each in requests),
        WorkCount.MATERIAL_MISSING: sum(each.state is ReportState.MISSING for each in lines),
        WorkCount.LEDGERS_OPEN: len(LedgerKind) - (closed or 0),
    }
