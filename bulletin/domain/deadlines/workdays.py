"""Work days: weekends, public holidays and the weekends worked in their stead (调休)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bulletin.domain.days import ONE_DAY
from bulletin.domain.languages.sentences import say

WEEKEND, DAY_OFF = say("周末"), say("放假")
HOLIDAYS = (  # for translators: residents read why a period ends later
    *(say("元旦"), say("春节"), say("清明节"), say("劳动节")),
    *(say("端午节"), say("中秋节"), say("国庆节")),
)
SATURDAY = 5
ARRANGEMENT = timedelta(days=7)  # how far from a holiday its arrangement makes days off


@dataclass(frozen=True)
class WorkCalendar:
    """What is known of the holidays.

    A year is confirmed once the State Council's arrangement is known. Until then its holidays
    are predicted and every date that depends on them is provisional.
    """

    days_off: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()
    confirmed_years: frozenset[int] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict)  # 国庆节, for the explanation
    moves_ends: bool = True  # 民法典第二百零三条, unless a township turned it off

    def is_workday(self, day: date) -> bool:
        if day in self.working_weekends:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def is_confirmed(self, day: date) -> bool:
        return day.year in self.confirmed_years

    def why_off(self, day: date) -> str:
        """国庆节, 周末: why nobody works on a day; '' for a work day."""
        if self.is_workday(day):
            return ""
        return self.names.get(day, WEEKEND if day.weekday() >= SATURDAY else DAY_OFF)

    def count(self, day: date, workdays: int) -> tuple[date, tuple[date, ...]]:
        """Count work days from a day on, which itself does not count; negative counts back.

        Returns:
            The day on which the count ends, and the days off that were skipped.
        """
        step = ONE_DAY if workdays >= 0 else -ONE_DAY
        skipped: list[date] = []
        left = abs(workdays)
        while left:
            day += step
            if self.is_workday(day):
                left -= 1
            else:
                skipped.append(day)
        return day, tuple(skipped)

    def last_day(self, counted_on: date) -> date:
        """The last day of a period whose count ends on a day: after days off the next work day.

        民法典第二百零三条: 期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。
        """
        day = counted_on
        while self.moves_ends and not self.is_workday(day):
            day += ONE_DAY
        return day

    def may_still_move(self, counted_on: date) -> bool:
        """Whether an arrangement to come could change on which day a period ends.

        Far from any holiday a Wednesday stays a work day, whatever is announced; a weekend may
        be worked in a holiday's stead.
        """
        if not self.moves_ends or self.is_settled(counted_on, self.last_day(counted_on)):
            return False
        around = days_between(counted_on - ARRANGEMENT, counted_on + ARRANGEMENT)
        return not self.is_workday(counted_on) or any(day in self.names for day in around)

    def is_settled(self, first: date, last: date) -> bool:
        """Whether the holidays of every year between two days are confirmed."""
        low, high = sorted((first.year, last.year))
        return all(year in self.confirmed_years for year in range(low, high + 1))


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY
