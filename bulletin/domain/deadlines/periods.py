"""Periods: the months, quarters and years that a village reports on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bulletin.domain.days import ONE_DAY
from bulletin.domain.labels import Labelled


class Every(Labelled):
    MONTH = "month", "每月"
    TWO_MONTHS = "two_months", "每两个月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half_year", "每半年"
    YEAR = "year", "每年"

    @property
    def months(self) -> int:
        return _MONTHS[self]


_MONTHS = {
    Every.MONTH: 1,
    Every.TWO_MONTHS: 2,
    Every.QUARTER: 3,
    Every.HALF_YEAR: 6,
    Every.YEAR: 12,
}
_MARKS = {Every.TWO_MONTHS: "B", Every.QUARTER: "Q", Every.HALF_YEAR: "H"}
_EVERY = {mark: every for every, mark in _MARKS.items()}
_QUARTERS = "一二三四"
_KEY = re.compile(r"(\d{4})(?:-(?:([BQH])([1-6])|(\d{2})))?")


@dataclass(frozen=True, order=True)
class Period:
    """One month, two months, quarter, half-year or year; periods of a kind tile the calendar."""

    every: Every
    first: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or (self.first.month - 1) % self.every.months:
            raise ValueError(f"no {self.every.value} begins on {self.first}")

    @classmethod
    def containing(cls, every: Every, day: date) -> "Period":
        month = (day.month - 1) // every.months * every.months + 1
        return cls(every, date(day.year, month, 1))

    @classmethod
    def parse(cls, key: str) -> "Period":
        """Read a key back: 2026-07, 2026-B4, 2026-Q3, 2026-H2, 2026."""
        match = _KEY.fullmatch(key)
        if match is None:
            raise ValueError(f"{key!r} is no period")
        year, mark, place, month = match.groups()
        if mark:
            every = _EVERY[mark]
            return cls(every, date(int(year), (int(place) - 1) * every.months + 1, 1))
        if month:
            return cls(Every.MONTH, date(int(year), int(month), 1))
        return cls(Every.YEAR, date(int(year), 1, 1))

    @property
    def last(self) -> date:
        return self.next().first - ONE_DAY

    @property
    def place(self) -> int:
        """Which one of its year, from 1."""
        return (self.first.month - 1) // self.every.months + 1

    @property
    def key(self) -> str:
        year = f"{self.first.year:04}"
        if self.every is Every.YEAR:
            return year
        if self.every is Every.MONTH:
            return f"{year}-{self.first.month:02}"
        return f"{year}-{_MARKS[self.every]}{self.place}"

    @property
    def label(self) -> str:
        """As a notice's title says it: 2026年第三季度."""
        year = f"{self.first.year}年"
        match self.every:
            case Every.MONTH:
                return f"{year}{self.first.month}月"
            case Every.TWO_MONTHS:
                return f"{year}{self.first.month}—{self.first.month + 1}月"
            case Every.QUARTER:
                return f"{year}第{_QUARTERS[self.place - 1]}季度"
            case Every.HALF_YEAR:
                return f"{year}{'上下'[self.place - 1]}半年"
            case Every.YEAR:
                return f"{year}度"

    def next(self) -> "Period":
        return self._shifted(self.every.months)

    def previous(self) -> "Period":
        return self._shifted(-self.every.months)

    def _shifted(self, months: int) -> "Period":
        count = self.first.year * 12 + self.first.month - 1 + months
        return Period(self.every, date(count // 12, count % 12 + 1, 1))


def periods(every: Every, first_day: date, last_day: date) -> Iterator[Period]:
    """The periods that have a day between two days, both included, in order."""
    period = Period.containing(every, first_day)
    while period.first <= last_day:
        yield period
        period = period.next()


def periods_not_over(day: date, last_on: date) -> Iterator[Period]:
    """The periods of every kind that are not over on a day, and are by another one."""
    for every in Every:
        period = Period.containing(every, day)
        while period.last < last_on:
            yield period
            period = period.next()
