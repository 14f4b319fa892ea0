"""By when the report of a year is due, and whether it is late."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import start_of, village_day
from bulletin.domain.people import Actor
from bulletin.services.oversight.annual_report.reporting_body import issues
from bulletin.services.site import Site
from bulletin.store.annual_reports import is_issued, was_there_before


@dataclass(frozen=True)
class OwedReport:
    year: int
    due_on: date


def due_on(site: Site, township_id: int, year: int) -> date:
    """Of a township, the county's day of the next year, 31 January where it named none; of the county, the law's."""
    day = site.report_due if township_id else site.report_text.county_due
    return date.fromisoformat(f"{year + 1}-{day}")


def owed_report(site: Site, actor: Actor, now: datetime) -> OwedReport | None:
    """The report of last year, as long as it is not issued; None for whoever does not issue it."""
    return unissued_report(site, actor.township_id, now) if issues(actor) else None


def unissued_report(site: Site, township_id: int, now: datetime) -> OwedReport | None:
    """The report of last year that a township (`NO_TOWNSHIP`: the county) has not issued; None where it has.

    Who came to this site after the year is over owes none for it.
    """
    year = village_day(now).year - 1
    with site.sessions.reading() as session:
        if is_issued(session, township_id, year):
            return None
        if not was_there_before(session, township_id, start_of(date(year + 1, 1, 1))):
            return None
    return OwedReport(year, due_on(site, township_id, year))
