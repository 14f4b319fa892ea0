"""A moment after the day that the law sets is late by as many days as lie between."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.duties.planned_day import PlanLimit, late_plan

TODAY, DUE = date(2026, 10, 9), date(2026, 10, 15)


def plan(chosen_on, *dues, today=TODAY):
    return late_plan(chosen_on, [(PlanLimit.DUE, due) for due in dues], today)


def test_due_in_october_and_planned_for_november_is_forty_one_days_late():
    late = plan(date(2026, 11, 25), DUE)
    assert late.words == "定在11月25日公开，比应公开的10月15日晚41天"
    assert late.is_avoidable


@pytest.mark.parametrize("chosen_on", [None, TODAY, DUE - timedelta(days=1), DUE])
def test_up_to_the_day_itself_nothing_is_late(chosen_on):
    assert plan(chosen_on, DUE) is None


def test_what_is_overdue_is_late_with_every_day_of_review():
    late = plan(None, DUE, today=date(2026, 10, 18))
    assert late.words == "今天审完就公开，也比应公开的10月15日晚3天"
    assert not late.is_avoidable
    assert plan(date(2026, 10, 16), DUE, today=date(2026, 10, 18)) == late, "that day has passed"


def test_of_several_duties_the_earliest_counts_and_one_without_a_day_never():
    assert plan(date(2026, 11, 1), date(2026, 10, 31), None, DUE).limit_on == DUE
    assert plan(date(2026, 11, 1), None) is None


def test_another_year_is_named():
    late = plan(date(2027, 1, 20), DUE)
    assert late.words == "定在2027年1月20日公开，比应公开的2026年10月15日晚97天"


def test_a_correction_is_late_when_what_it_corrects_is_over_before():
    limits = [(PlanLimit.PERIOD_END, date(2026, 10, 25))]
    late = late_plan(date(2026, 11, 25), limits, TODAY)
    assert late.words == "定在11月25日公开，比前一版公示期满的10月25日晚31天"
    assert late_plan(None, limits, date(2026, 11, 1)) is None, "the text was wrong, not late"


days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@given(st.none() | days, st.lists(st.none() | days, max_size=4), days)
def test_late_is_what_comes_after_the_earliest_day_counted_one_by_one(chosen_on, dues, today):
    planned = today if chosen_on is None or chosen_on < today else chosen_on
    earliest = min((due for due in dues if due), default=None)
    count, day = 0, earliest
    while day is not None and day < planned:
        day += timedelta(days=1)
        count += 1
    late = plan(chosen_on, *dues, today=today)
    assert (late.days if late else 0) == count
