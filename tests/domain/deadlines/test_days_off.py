"""A period that ends on a day off ends on the next work day (民法典第二百零三条), by a count of its own.

The table of 2026 below is typed from the State Council's arrangement (国办发明电〔2025〕7号); nothing here
asks the product's calendar which days are worked.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import SCHEDULES

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.deadlines.posting_end import (
    ServedDay,
    end_json,
    end_notes,
    posting_end,
    read_end,
)
from bulletin.domain.deadlines.posting_requirements import PostingRequirement
from bulletin.domain.deadlines.rules import TimeLimit, due_date
from bulletin.schedules.calendar import load_calendar

CALENDAR = load_calendar(SCHEDULES / "holidays")
DAY = timedelta(days=1)


def span(first, last):
    return {first + DAY * n for n in range((last - first).days + 1)}


OFF = (
    span(date(2026, 1, 1), date(2026, 1, 3))
    | span(date(2026, 2, 15), date(2026, 2, 23))
    | span(date(2026, 4, 4), date(2026, 4, 6))
    | span(date(2026, 5, 1), date(2026, 5, 5))
    | span(date(2026, 6, 19), date(2026, 6, 21))
    | span(date(2026, 9, 25), date(2026, 9, 27))
    | span(date(2026, 10, 1), date(2026, 10, 7))
)
WORKED = {
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
}

starts = st.dates(date(2026, 1, 1), date(2026, 9, 30))
around_holidays = st.sampled_from([date(2026, 2, 1), date(2026, 4, 20), date(2026, 9, 14)]).flatmap(
    lambda day: st.dates(day, day + DAY * 16)
)
units = st.sampled_from(["natural", "working"])
asked = st.builds(PostingRequirement, days=st.integers(1, 40), unit=units)


def works(day):
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def counted(start, days, unit):
    """The day on which so many days are full, one by one; the first day does not count."""
    day, left = start, days
    while left:
        day += DAY
        left -= 1 if unit == "natural" or works(day) else 0
    return day


def moved(day):
    while not works(day):
        day += DAY
    return day


@given(st.lists(asked, min_size=2, max_size=3), starts | around_holidays, st.none() | starts)
def test_pairs_and_triples_of_requirements_end_by_the_latest_and_on_a_work_day_or_with_their_event(
    several, opens_on, served_on
):
    day, left = opens_on, [(r.unit, r.days) for r in several]
    while any(days for _, days in left):  # all of them at once, day by day
        day += DAY
        left = [(u, max(0, d - (u == "natural" or works(day)))) for u, d in left]
    expected = max(moved(day), served_on or date.min)
    end = posting_end(several, opens_on, CALENDAR, ServedDay("选举日", served_on))
    assert end.closes_on == expected
    assert end.closes_on >= end.counted_on
    assert not end.provisional
    assert read_end(end.closes_on, opens_on, end_json(end)) == end


@given(st.integers(1, 60), units, starts | around_holidays)
def test_a_limit_counted_from_an_event_or_from_the_end_of_a_period_moves_to_the_work_day(
    days, unit, start
):
    by_event = TimeLimit("event_offset", days=days, unit=unit, event="批复")
    deadline = due_date(by_event, CALENDAR, event_on=start)
    assert deadline.rule_on == counted(start, days, unit)
    assert deadline.due_on == moved(deadline.rule_on)
    assert bool(deadline.day_off) == (deadline.due_on != deadline.rule_on)
    period = Period.containing(Every.MONTH, start)
    after = TimeLimit("recur", every=Every.MONTH, days=days, unit=unit, from_="period_end")
    due_on = due_date(after, CALENDAR, period=period).due_on
    if due_on.year == 2026:
        assert due_on == moved(counted(period.last, days, unit))


@given(st.integers(1, 60), starts)
def test_what_is_counted_back_from_an_event_is_never_later_than_the_law_has_it(days, start):
    event_on = start + DAY * 90
    limit = TimeLimit("before_event", days=days, unit="natural", event="选举日")
    deadline = due_date(limit, CALENDAR, event_on=event_on)
    assert deadline.due_on == deadline.rule_on == event_on - DAY * days
    assert not deadline.day_off


@given(st.integers(1, 31), st.integers(1, 12))
def test_a_named_day_stays_on_its_day_off(day, month):
    limit = TimeLimit("recur", every=Every.MONTH, day=day, by="before")
    period = Period(Every.MONTH, date(2026, month, 1))
    assert due_date(limit, CALENDAR, period=period).due_on == date(
        2026, month, min(day, period.last.day)
    )


@given(st.lists(asked, min_size=1, max_size=3), starts)
def test_a_township_that_turned_it_off_counts_to_the_day_itself(several, opens_on):
    plain = replace(CALENDAR, moves_ends=False)
    end = posting_end(several, opens_on, plain)
    assert end.closes_on == max(counted(opens_on, r.days, r.unit) for r in several)
    limit = TimeLimit("promptly")
    assert due_date(limit, plain, event_on=opens_on).due_on == opens_on + DAY * 10


@pytest.mark.parametrize(
    ("opens_on", "days", "counted_on", "closes_on", "why"),
    [
        (date(2026, 10, 10), 15, date(2026, 10, 25), date(2026, 10, 26), "周末"),
        (date(2026, 9, 18), 15, date(2026, 10, 3), date(2026, 10, 8), "国庆节"),
        (date(2026, 9, 5), 15, date(2026, 9, 20), date(2026, 9, 20), ""),  # a Sunday that is worked
        (date(2026, 2, 1), 15, date(2026, 2, 16), date(2026, 2, 24), "春节"),
    ],
)
def test_both_days_are_said_with_the_reason(opens_on, days, counted_on, closes_on, why):
    end = posting_end([PostingRequirement(days=days, unit="natural")], opens_on, CALENDAR)
    assert (end.counted_on, end.closes_on, end.day_off) == (counted_on, closes_on, why)
    notes = (f"{counted_on.month}月{counted_on.day}日是{why}，顺延",) if why else ()
    assert end_notes(end) == notes


@pytest.mark.parametrize(
    ("opens_on", "days", "unit", "provisional"),
    [
        (date(2029, 12, 17), 15, "natural", True),  # ends with New Year's Day
        (date(2030, 3, 2), 15, "natural", True),  # a Sunday: it may be worked in a holiday's stead
        (date(2030, 3, 5), 15, "natural", False),  # a Wednesday far from any holiday
        (date(2030, 3, 5), 15, "working", True),
        (date(2026, 12, 1), 15, "working", False),
        (date(2026, 12, 1), 15, "natural", False),
    ],
)
def test_an_end_is_provisional_where_an_arrangement_to_come_can_move_it(
    opens_on, days, unit, provisional
):
    requirement = PostingRequirement(days=days, unit=unit)
    end = posting_end([requirement], opens_on, CALENDAR)
    assert end.provisional is provisional
    if unit == "natural":
        limit = TimeLimit("event_offset", days=days, unit=unit, event="批复")
        assert due_date(limit, CALENDAR, event_on=opens_on).provisional is provisional
        assert not posting_end(
            [requirement], opens_on, replace(CALENDAR, moves_ends=False)
        ).provisional


def test_the_table_of_this_test_and_the_calendar_of_the_site_agree_on_every_day_of_2026():
    year = span(date(2026, 1, 1), date(2026, 12, 31))
    assert [day for day in year if works(day) != CALENDAR.is_workday(day)] == []
