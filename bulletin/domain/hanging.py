"""How long a paper hung, how that is known, and whether it was long enough."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bulletin.domain.days import start_of, village_day
from bulletin.domain.posting import posting_period
from bulletin.domain.workdays import WorkCalendar

LEAST_OUTAGE = timedelta(hours=1)  # a restart is none


class HowKnown(StrEnum):
    PHOTO = "photo"  # a photograph shows it
    HAND = "hand"  # somebody recorded it
    NOT_AT_ALL = "not_at_all"  # it should have hung, and nothing says that it did


HOW_KNOWN_WORDS = {
    HowKnown.PHOTO: "照片", HowKnown.HAND: "登记", HowKnown.NOT_AT_ALL: "没有记录",
}  # fmt: skip


def must_hang_until(hung_on: date, days: int, unit: str, calendar: WorkCalendar) -> date:
    """The last day on the board: its time counts from the day on which it was hung.

    村民委员会组织法（2025年修正）第三十五条, with 民法典第二百零一条: that day does not count.
    """
    return posting_period(hung_on, days, unit, calendar).closes_on


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
class Hidden:
    """What an outage took from a posting period online."""

    hours: int
    days: int  # that the period is proposed to be longer


def hidden_by(
    from_at: datetime, until_at: datetime, opens_on: date, closes_on: date
) -> Hidden | None:
    """How much of a period an outage hid; None when it hid none of it or too little.

    Each day on which the page could not be read for an hour or longer is proposed to be added.
    """
    days, seconds = 0, 0.0
    day = max(opens_on, village_day(from_at))
    while day <= min(closes_on, village_day(until_at)):
        share = _share_of(day, from_at, until_at)
        seconds += share.total_seconds()
        days += share >= LEAST_OUTAGE
        day += timedelta(days=1)
    return Hidden(round(seconds / 3600), days) if days else None


def _share_of(day: date, from_at: datetime, until_at: datetime) -> timedelta:
    return min(until_at, start_of(day + timedelta(days=1))) - max(from_at, start_of(day))
