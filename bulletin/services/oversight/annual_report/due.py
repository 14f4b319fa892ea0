"""By when the report of a year is due, and whether it is late."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from bulletin.domain.days import start_of, village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.deadlines.rules import TimeLimit, due_date
from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.domain.people import Actor
from bulletin.services.catalog.in_force import adopted
from bulletin.services.duties.due_date import calendar_of
from bulletin.services.oversight.annual_report.reporting_body import issues
from bulletin.services.site import Site
from bulletin.store.annual_reports import is_issued, was_there_before
from bulletin.store.catalogs import Adoption, latest_adoption
from bulletin.store.duties import Duty
from bulletin.store.places import Township


@dataclass(frozen=True)
class OwedReport:
    year: int
    due_on: date


def due_on(site: Site, township_id: int, year: int) -> date:
    """Of a township the day of its duty, or that its catalog will give it; of the county, the law's."""
    if not township_id:
        return date.fromisoformat(f"{year + 1}-{site.report_text.county_due}")
    unordered = site.report_text.township_due
    with site.sessions.reading() as session:
        duty = session.scalar(_day_of_duty(township_id, year))
        if duty is not None:
            return duty
        own = yearly_limit(latest_adoption(session, township_id, None))
        limit = own or rule_of(site.report_due or unordered)
        calendar = calendar_of(site, session.get_one(Township, township_id))
    deadline = due_date(limit, calendar, period=Period.parse(f"{year}"))
    return deadline.due_on if deadline else date.fromisoformat(f"{year + 1}-{unordered}")


def _day_of_duty(township_id: int, year: int) -> Select[date | None]:
    """By when the catalog's duty asks for a year's report, as long as it asks."""
    return select(func.min(Duty.due_on)).where(
        Duty.item_code == REPORT_ITEM,
        Duty.township_id == township_id,
        Duty.village_id.is_(None),
        Duty.occasion == str(year),
        Duty.not_applicable_reason == "",
    )


def rule_of(day: str) -> TimeLimit:
    """That the report of a year is due by a day of the next: 02-20."""
    month, day_of_month = map(int, day.split("-"))
    return TimeLimit("recur", Every.YEAR, month, day_of_month, "before", "next_period")


def yearly_limit(adoption: Adoption | None) -> TimeLimit | None:
    """The rule of a catalog for the report; None where it asks for none, or not once a year."""
    item = adopted(adoption).find(REPORT_ITEM) if adoption else None
    return item.time_limit if item and item.time_limit.every is Every.YEAR else None


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
