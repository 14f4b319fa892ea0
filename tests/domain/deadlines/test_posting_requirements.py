"""A notice that answers several duties: no requirement is lost, whatever its unit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import SCHEDULES

from bulletin.domain.deadlines.posting_requirements import (
    PostingRequirement,
    forbidding,
    latest_end,
    period_words,
    read_requirement,
    requirement_json,
)
from bulletin.schedules.calendar import load_calendar

CALENDAR = load_calendar(SCHEDULES / "holidays")

requirements = st.builds(
    PostingRequirement,
    days=st.integers(1, 40),
    unit=st.sampled_from(["natural", "working"]),
    item=st.sampled_from(["财务收支", "宅基地审批", "低保评议"]),
)
starts = st.dates(date(2024, 1, 1), date(2028, 12, 31))
around_spring_festival = st.dates(date(2027, 1, 10), date(2027, 3, 10))


def asked(days, unit, item="财务收支"):
    return PostingRequirement(days=days, unit=unit, item=item)


def works(day):
    return day in CALENDAR.working_weekends or (
        day.weekday() not in (5, 6) and day not in CALENDAR.days_off
    )


def full_days_after(opens_on, last, unit):
    """How many days of a unit lie after the day of hanging, counted one by one from the table."""
    count, day = 0, opens_on
    while day < last:
        day += timedelta(days=1)
        count += 1 if unit == "natural" or works(day) else 0
    return count


@given(st.lists(requirements, min_size=2, max_size=3), starts | around_spring_festival)
def test_every_requirement_is_full_on_the_last_day_and_one_of_them_not_a_work_day_before(
    several, opens_on
):
    end = latest_end(several, opens_on, CALENDAR)
    assert works(end)
    day_before = end - timedelta(days=1)
    while not works(day_before) and full_days_after(opens_on, day_before, "natural"):
        day_before -= timedelta(
            days=1
        )  # 民法典第二百零三条: days off before the end were passed over
    assert all(full_days_after(opens_on, end, r.unit) >= r.days for r in several)
    assert any(full_days_after(opens_on, day_before, r.unit) < r.days for r in several)


@given(st.lists(requirements, min_size=2, max_size=3), starts)
def test_the_order_of_the_duties_does_not_matter(several, opens_on):
    end = latest_end(several, opens_on, CALENDAR)
    assert latest_end(several[::-1], opens_on, CALENDAR) == end


@pytest.mark.parametrize(
    ("several", "opens_on", "unit"),
    [
        ([asked(15, "natural"), asked(15, "working")], date(2027, 1, 29), "working"),
        ([asked(15, "natural"), asked(10, "working")], date(2027, 1, 29), "working"),
        ([asked(15, "natural"), asked(10, "working")], date(2026, 11, 2), "natural"),
        ([asked(7, "natural"), asked(5, "working")], date(2027, 2, 4), "working"),
    ],
)
def test_over_the_spring_festival_of_2027_work_days_win_over_a_larger_number(
    several, opens_on, unit
):
    end = latest_end(several, opens_on, CALENDAR)
    governing = next(r for r in several if r.unit == unit)
    assert full_days_after(opens_on, end, unit) == governing.days
    assert all(full_days_after(opens_on, end, r.unit) >= r.days for r in several)


@given(requirements, st.lists(requirements, min_size=1, max_size=3), starts)
def test_a_chosen_number_is_forbidden_by_exactly_those_that_it_falls_short_of(
    chosen, several, opens_on
):
    end = opens_on
    while full_days_after(opens_on, end, chosen.unit) < chosen.days or not works(end):
        end += timedelta(days=1)
    refusing = forbidding(chosen, several, opens_on, CALENDAR)
    for one in several:
        fewer = one.unit == chosen.unit and chosen.days < one.days
        falls_short = full_days_after(opens_on, end, one.unit) < one.days
        assert (one in refusing) == (fewer or falls_short)


@pytest.mark.parametrize(
    ("several", "words"),
    [
        ([asked(15, "natural")], "15日"),
        ([asked(15, "natural"), asked(15, "natural", "低保评议")], "15日"),
        ([asked(15, "natural"), asked(10, "working")], "15日，并且满10个工作日"),
        ([asked(7, "natural"), asked(15, "natural"), asked(5, "working")], "15日，并且满5个工作日"),
    ],
)
def test_the_words_of_a_period_name_each_unit_once(several, words):
    assert period_words(several) == words


@given(requirements)
def test_a_requirement_is_read_back_as_it_was_stored(requirement):
    assert read_requirement(requirement_json(requirement)) == requirement
