"""The posting period (公示期): from when to when a notice hangs, and in which unit that counts.

The law sets a minimum for what a villagers' committee posts, unless a special rule for that kind
of notice says otherwise; the minimum, its law and every sentence about it stand here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.languages.sentences import Sentence, say

Unit = Literal["natural", "working"]
UNITS: tuple[Unit, ...] = ("natural", "working")
UNIT_WORDS = {"natural": "日", "working": "个工作日"}


def days_words(days: int, unit: str) -> Sentence:
    """5日, 3个工作日."""
    if unit == "working":
        return say("%(days)s个工作日", days=days)
    return say("%(days)s日", days=days)


# Raised by a law: the items of schedules/catalog.yaml say their own days, and follow by hand.
MIN_POSTING_DAYS = 15  # natural
MIN_POSTING_WORK_DAYS = 11  # fifteen natural days hold at most eleven work days
_LAW, _ARTICLE = "村民委员会组织法", "第三十五条"
MIN_POSTING_BASIS = (f"中华人民共和国{_LAW}", "2025年修正", _ARTICLE)  # law, version, article
RAISED_TO_MIN_WORDS = f"公示期少于{MIN_POSTING_DAYS}日又没有依据，按{MIN_POSTING_DAYS}日。"
TOO_SHORT_FAULT = f"posting_days under {MIN_POSTING_DAYS} need a special_rule with its legal basis"


def min_posting_days(unit: str | None) -> int:
    """The fewest days that the law allows, in natural days or in work days."""
    return MIN_POSTING_WORK_DAYS if unit == "working" else MIN_POSTING_DAYS


def too_short_words(days: int, unit: str | None) -> str:
    """Why a period is too short for the law: a hint, for nobody knows every special rule."""
    return (
        f"公示{days}{'个工作日' if unit == 'working' else '天'}，少于《{_LAW}》"
        f"{_ARTICLE}规定的{MIN_POSTING_DAYS}日，又没有写特别规定。"
    )


def shorter_words(title: str, days: int) -> str:
    """Why a village's own period is refused: it is shorter than its catalog has it."""
    return f"“{title}”的公示期不能短于{days}天。"


@dataclass(frozen=True)
class PostingPeriod:
    """Both ends are shown in full: the notice goes at 00:00 of the day after `closes_on`."""

    opens_on: date
    closes_on: date
    days: int
    unit: str
    counted_on: date  # where the count ends; `closes_on` is later when that is a day off
    provisional: bool = False  # depends on holidays that are not yet announced

    def words(self) -> Sentence:
        """15日, 7个工作日."""
        return days_words(self.days, self.unit)


def posting_period(opens_on: date, days: int, unit: str, calendar: WorkCalendar) -> PostingPeriod:
    """The period of a notice that is hung on a day.

    The day of hanging does not count (民法典第二百零一条), so that fifteen days from 10 October
    end with 25 October; and as that is a Sunday, with Monday the 26th (第二百零三条).
    """
    if days < 1 or unit not in UNITS:
        raise ValueError(f"no posting period of {days} {unit} days")
    if unit == "natural":
        counted_on = opens_on + timedelta(days=days)
        closes_on, provisional = calendar.last_day(counted_on), calendar.may_still_move(counted_on)
    else:
        counted_on, _ = calendar.count(opens_on, days)
        closes_on, provisional = counted_on, not calendar.is_settled(opens_on, counted_on)
    return PostingPeriod(opens_on, closes_on, days, unit, counted_on, provisional)
