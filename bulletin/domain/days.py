"""Instants and legal days.

`_at` is an aware instant, stored in UTC. `_on` is a legal day in the village, whatever zone
the machine believes it stands in.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bulletin.domain.languages.sentences import Sentence, say

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


def minute_of(at: datetime) -> datetime:
    """An instant as people write it, without its seconds."""
    return at.replace(second=0, microsecond=0)


MONTHS = (
    *(say("1月"), say("2月"), say("3月"), say("4月"), say("5月"), say("6月")),
    *(say("7月"), say("8月"), say("9月"), say("10月"), say("11月"), say("12月")),
)


def day_words(day: date, *, since: date | None = None) -> Sentence:
    """A date as a notice writes it: 2026年10月10日, or 10月25日 where the day `since` has the same year."""
    month = MONTHS[day.month - 1]
    if since is not None and since.year == day.year:
        return say("%(month)s%(day)s日", month=month, day=day.day)
    return say("%(year)s年%(month)s%(day)s日", year=day.year, month=month, day=day.day)


def period_words(first: date | None, last: date | None) -> str:
    """2026年10月9日至10月26日; '' where a day is not known."""
    if first is None or last is None:
        return ""
    return say("%(first)s至%(last)s", first=day_words(first), last=day_words(last, since=first))


def instant_words(at: datetime) -> Sentence:
    """An instant as people read it: 2026年10月10日 09:00."""
    local = village_time(at)
    return say("%(day)s %(time)s", day=day_words(local.date()), time=f"{local:%H:%M}")


WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def weekday_words(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"
