"""How long a paper hung, how that is known, and whether it was long enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bulletin.domain.days import start_of, village_day
from bulletin.domain.deadlines.posting_requirements import PostingRequirement, latest_end
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.labels import Labelled

MIN_OUTAGE = timedelta(hours=1)  # a restart is none


class HowKnown(Labelled):
    PHOTO = "photo", "照片"  # a photograph shows it
    HAND = "hand", "登记"  # somebody recorded it
    NOT_AT_ALL = "not_at_all", "没有记录"  # it should have hung, and nothing says that it did


def must_hang_until(
    hung_on: date, requirements: Sequence[PostingRequirement], calendar: WorkCalendar
) -> date:
    """The last day on the board: its time counts from the day on which it was hung.

    村民委员会组织法（2025年修正）第三十五条, with 民法典第二百零一条: that day does not count.
    """
    return latest_end(requirements, hung_on, calendar)


def last_day_on_board(
    hung_on: date,
    closes_on: date,
    requirements: Sequence[PostingRequirement],
    calendar: WorkCalendar,
    *,
    personal: bool,
) -> date:
    """The last day on the board: of the period, or later when the paper was hung late.

    A personal list goes with its period, also when it was hung late.
    """
    if personal:
        return closes_on
    return max(closes_on, must_hang_until(hung_on, requirements, calendar))


def is_too_short(until: date, down_on: date | None, ended_on: date | None) -> bool:
    """Whether a paper came down before its last day was over.

    Args:
        ended_on: the day on which it was replaced or taken down for a reason; from then on it
            had to come down.
    """
    if down_on is None or down_on > until:
        return False
    return ended_on is None or down_on < ended_on


@dataclass(frozen=True)
class OutageSpan:
    """A time in which no page could be read."""

    from_at: datetime
    until_at: datetime


@dataclass(frozen=True)
class HiddenTime:
    """What outages took from a posting period online."""

    hours: int
    days: tuple[date, ...]  # on which the page was away for an hour or longer


def hidden_by(spans: Iterable[OutageSpan], first_on: date, last_on: date) -> HiddenTime | None:
    """How much of some days, both ends included, outages hid; None for none or too little."""
    away: dict[date, timedelta] = {}
    for span in spans:
        day = max(first_on, village_day(span.from_at))
        while day <= min(last_on, village_day(span.until_at)):
            away[day] = away.get(day, timedelta()) + _share_of(day, span)
            day += timedelta(days=1)
    days = tuple(sorted(day for day, share in away.items() if share >= MIN_OUTAGE))
    if not days:
        return None
    return HiddenTime(round(sum(away.values(), timedelta()) / timedelta(hours=1)), days)


def _share_of(day: date, span: OutageSpan) -> timedelta:
    until = min(span.until_at, start_of(day + timedelta(days=1)))
    return until - max(span.from_at, start_of(day))


def made_good(
    closes_on: date,
    hidden: HiddenTime,
    requirements: Iterable[PostingRequirement],
    calendar: WorkCalendar,
) -> date:
    """The last day of a period that is longer by what was hidden of it: proposed, not decided."""
    ends = [closes_on]
    units = {asked.unit for asked in requirements}
    lost = sum(calendar.is_workday(day) for day in hidden.days)
    if "natural" in units:
        ends.append(calendar.last_day(closes_on + timedelta(days=len(hidden.days))))
    if "working" in units and lost:
        ends.append(calendar.count(closes_on, lost)[0])
    return max(ends)
