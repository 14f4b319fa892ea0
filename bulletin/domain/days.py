"""Instants and legal days.

`_at` is an aware instant, stored in UTC. `_on` is a legal day in the village, whatever zone
the machine believes it stands in.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VILLAGE_ZONE = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def village_time(at: datetime) -> datetime:
    """The same instant on the village's clock."""
    return at.astimezone(VILLAGE_ZONE)


def village_day(at: datetime) -> date:
    """The legal day on which an instant falls."""
    return village_time(at).date()


def start_of(day: date) -> datetime:
    """00:00 of a legal day in the village, as a UTC instant."""
    return datetime.combine(day, time.min, VILLAGE_ZONE).astimezone(UTC)


def day_words(day: date, *, since: date | None = None) -> str:
    """A date as a notice writes it: 2026年10月10日, or 10月25日 where the day `since` has the same year."""
    if since is not None and since.year == day.year:
        return f"{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def period_words(first: date | None, last: date | None) -> str:
    """2026年10月9日至10月26日; '' where a day is not known."""
    if first is None or last is None:
        return ""
    return f"{day_words(first)}至{day_words(last, since=first)}"


def instant_words(at: datetime) -> str:
    """An instant as people read it: 2026年10月10日 09:00."""
    local = village_time(at)
    return f"{day_words(local.date())} {local:%H:%M}"


WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def weekday_words(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"
