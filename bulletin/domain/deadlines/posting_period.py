"""The posting period (公示期): from when to when a notice hangs, and in which unit that counts.

村民委员会组织法（2025年修正）第三十五条: what a villagers' committee posts stays up at least
fifteen days, unless a special rule for that kind of notice says otherwise: `MIN_POSTING_DAYS`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bulletin.domain.deadlines.workdays import WorkCalendar

Unit = Literal["natural", "working"]
UNITS: tuple[Unit, ...] = ("natural", "working")
MIN_POSTING_DAYS = 15
UNIT_WORDS = {"natural": "日", "working": "个工作日"}


@dataclass(frozen=True)
class PostingPeriod:
    """Both ends are shown in full: the notice goes at 00:00 of the day after `closes_on`."""

    opens_on: date
    closes_on: date
    days: int
    unit: str

    def words(self) -> str:
        """15日, 7个工作日."""
        return f"{self.days}{UNIT_WORDS[self.unit]}"


def posting_period(opens_on: date, days: int, unit: str, calendar: WorkCalendar) -> PostingPeriod:
    """The period of a notice that is hung on a day.

    The day of hanging does not count (民法典第二百零一条), so that fifteen days from 10 October
    end with 25 October.
    """
    if days < 1 or unit not in UNITS:
        raise ValueError(f"no posting period of {days} {unit} days")
    if unit == "natural":
        return PostingPeriod(opens_on, opens_on + timedelta(days=days), days, unit)
    closes_on, _ = calendar.count(opens_on, days)
    return PostingPeriod(opens_on, closes_on, days, unit)
