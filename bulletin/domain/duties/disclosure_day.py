"""集中公开日: the day on which a village puts up what has come together, in its own words."""

from datetime import UTC, date, datetime, time

from bulletin.domain.catalog.row_limits import usual_limits
from bulletin.domain.days import VILLAGE_ZONE
from bulletin.domain.deadlines.parser import read_deadline
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.deadlines.rules import RECURRING, TimeLimit, due_date
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.errors import refuse

OPENS_AT = time(9)  # in the village, when people come by the board


def read_disclosure_day(words: str) -> TimeLimit:
    """每季度第一个月10日 as a rule.

    Raises:
        Refused: the words name no single day of a period.
    """
    reading = read_deadline(words)
    limits = usual_limits(reading.rules)
    if reading.needs_review or len(limits) != 1 or not _names_a_day(limits[0]):
        raise refuse(
            "disclosure_day_unread",
            f"“{words}”没有读懂，请写成“每季度第一个月10日”或者“每月5日”这样。",
        )
    return limits[0]


def _names_a_day(limit: TimeLimit) -> bool:
    return limit.kind in RECURRING and limit.day is not None


def next_disclosure_day(limit: TimeLimit, calendar: WorkCalendar, today: date) -> date:
    """The next one, today included."""
    if limit.every is None:
        raise ValueError("a disclosure day recurs")
    period = Period.containing(limit.every, today).previous()
    while True:
        deadline = due_date(limit, calendar, period=period)
        if deadline is not None and deadline.due_on >= today:
            return deadline.due_on
        period = period.next()


def opening_moment(day: date) -> datetime:
    """When a notice of that day goes out, as a UTC instant."""
    return datetime.combine(day, OPENS_AT, VILLAGE_ZONE).astimezone(UTC)
