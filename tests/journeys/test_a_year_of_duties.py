"""A simulated year: every day that the sweeps gave, against another calculation of the same law.

The other calculation reads the catalog's YAML for itself, walks the calendar with dateutil and
chinese_calendar, and shares no line with the site's own calculation.
"""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
import yaml
from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from support.builders import found_village
from support.paths import SCHEDULES

from bulletin.clock.jobs import TICKS
from bulletin.services.duties import open_matter, record_event
from bulletin.services.duties.open import WAITING
from bulletin.store.duties import Duty

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="days are counted before any database is asked"),
]
CATALOG = yaml.safe_load((SCHEDULES / "catalog.yaml").read_text(encoding="utf-8"))["items"]
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)  # a year whose holidays are announced
MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}
PROMPTLY = 10
TOLD_ON = (date(2026, 2, 11), date(2026, 4, 29), date(2026, 9, 24))  # before long holidays


def ends_of(every):
    """The last days of the periods that may be reported on within the year."""
    step = MONTHS[every]
    first = date(FIRST.year - 1, 1, 1)
    return [first + relativedelta(months=step * n, days=-1) for n in range(1, 3 * 12 // step + 1)]


def due_in_period(limit, end):
    step = MONTHS[limit["every"]]
    if limit.get("from") == "period_end":
        return counted(end, limit["days"], limit["unit"])
    if limit.get("of") == "next_period":
        end += relativedelta(days=1) + relativedelta(months=step, days=-1)
    if "month" not in limit and "day" not in limit:
        return end
    start = end + relativedelta(days=1) - relativedelta(months=step)
    month = start + relativedelta(months=limit.get("month", 1) - 1)
    return month + relativedelta(day=limit.get("day", 31))


def counted(start, days, unit):
    """The day after counts first; natural days, or days on which offices work."""
    step = 1 if days > 0 else -1
    day, left = start, abs(days)
    while left:
        day += timedelta(days=step)
        left -= unit == "natural" or chinese_calendar.is_workday(day)
    while step > 0 and day <= LAST and not chinese_calendar.is_workday(day):
        day += timedelta(days=1)  # 民法典第二百零三条
    return day


def due_after(limit, on):
    days = limit.get("days")
    match limit["kind"]:
        case "promptly" | "stage":
            return counted(on, days or PROMPTLY, limit.get("unit", "natural"))
        case "event_offset":
            return counted(on, days, limit["unit"])
        case "before_event":
            return counted(on, -(days or 1), limit.get("unit", "natural"))
        case "event_at":
            return on


def periodic(township):
    for item in CATALOG:
        limit = item["time_limit"]
        if "every" in limit and (item["publisher"] == "township") is township:
            for end in ends_of(limit["every"]):
                due = due_in_period(limit, end)
                if FIRST <= due <= LAST:
                    yield item["code"], due


@pytest.fixture
def village(site):
    """张家村 from the first day of the year, its clock ticking every week and told of events."""
    start = datetime(2026, 1, 1, 4, tzinfo=UTC)
    return found_village(site, start)


def walk(village):
    day = FIRST
    while day <= LAST:
        TICKS["duties"](village.site, datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
        day += timedelta(days=7)


def found(village, village_id):
    with village.site.sessions.reading() as session:
        rows = session.scalars(
            select(Duty).where(
                Duty.village_id.is_not_distinct_from(village_id),
                Duty.matter_id.is_(None), Duty.due_on <= LAST,
            )
        )  # fmt: skip
        return sorted((duty.item_code, duty.due_on) for duty in rows)


@pytest.mark.parametrize("place", [None, "张家村"])
def test_a_year_of_periods_is_the_year_of_the_other_calculation(village, place):
    walk(village)
    assert found(village, village.ids[place]) == sorted(periodic(township=place is None))


@pytest.mark.parametrize("on", TOLD_ON)
def test_every_event_gives_the_day_of_the_other_calculation(village, on):
    now = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    own = {
        item["code"]: item
        for item in CATALOG
        if item["publisher"] != "township" and "every" not in item["time_limit"]
    }
    with village.site.sessions.reading() as session:
        waiting = {
            duty.item_code: duty.id
            for duty in session.scalars(
                select(Duty).where(Duty.village_id == village.id, Duty.occasion == WAITING)
            )
        }
    assert waiting.keys() == {code for code, item in own.items() if item.get("events")}
    for code, waiting_id in waiting.items():
        opened = open_matter.open_matter(village.site, village.li, waiting_id, f"{code}的事", now)
        due = record_event.record_event(village.site, village.li, opened.duty_id, on, now)
        event = own[code]["events"][0]
        assert due == due_after(event.get("time_limit", own[code]["time_limit"]), on), code
