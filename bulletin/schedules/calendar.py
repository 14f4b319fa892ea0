"""The work calendar: announced years, predicted years, and what the office wrote itself."""

from datetime import date
from pathlib import Path

import chinese_calendar
import holidays

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.deadlines.workdays import SATURDAY, WorkCalendar, days_between
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

FIRST_YEAR, LAST_YEAR = 2018, 2036


def load_calendar(folder: Path) -> WorkCalendar:
    """Put the calendar together.

    `chinesecalendar` knows the announced years with 调休. A file `<year>.yaml` in the folder
    confirms a year that it does not know yet. All other years are predicted by `holidays`.

    Raises:
        Misconfigured: a file of the folder is wrong.
    """
    own = {int(file.stem): file for file in sorted(folder.glob("[0-9]*.yaml"))}
    off: dict[date, str] = {}
    working: set[date] = set()
    confirmed: set[int] = set()
    announced = {day.year for day in chinese_calendar.constants.holidays}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        if year in own:
            days, worked = _written(own[year], year)
        elif year in announced:
            days, worked = _announced(year)
        else:
            days, worked = _predicted(year)
        off |= days
        working |= worked
        if year in own or year in announced:
            confirmed.add(year)
    return WorkCalendar(
        days_off=frozenset(off),
        working_weekends=frozenset(working),
        confirmed_years=frozenset(confirmed),
        names=off,
    )


def _days(year: int) -> tuple[date, date]:
    whole = Period(Every.YEAR, date(year, 1, 1))
    return whole.first, whole.last


def _announced(year: int) -> tuple[dict[date, str], set[date]]:
    named = chinese_calendar.constants.holidays
    in_lieu = chinese_calendar.constants.workdays
    off = {d: _chinese(named[d]) for d in days_between(*_days(year)) if d in named}
    return off, {d for d in in_lieu if d.year == year}


def _chinese(name: str) -> str:
    names = (h.chinese for h in chinese_calendar.Holiday if h.value == name)
    return next(names, name)


def _predicted(year: int) -> tuple[dict[date, str], set[date]]:
    """Holidays by rule; nobody knows yet which weekends will be worked in their stead."""
    predicted = holidays.country_holidays("CN", years=year, language="zh_CN")
    return {d: name for d, name in predicted.items() if d.weekday() < SATURDAY}, set()


def _written(file: Path, year: int) -> tuple[dict[date, str], set[date]]:
    root = read_yaml(file).mapping({"days_off", "working_weekends"})
    off: dict[date, str] = {}
    for entry in root["days_off"].sequence():
        keys = entry.mapping({"name", "from", "to"})
        first, last = _day(keys["from"], year), _day(keys["to"], year)
        off |= dict.fromkeys(days_between(first, last), keys["name"].text())
    return off, {_day(entry, year) for entry in root["working_weekends"].sequence()}


def _day(entry: LocatedNode, year: int) -> date:
    day = entry.value()
    if not isinstance(day, date) or day.year != year:
        entry.fail(f"expected a day of {year} such as {year}-10-01")
    return day
