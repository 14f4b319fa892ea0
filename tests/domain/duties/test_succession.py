"""A change of cadence, told day by day: no day of an ended duty is lost, none is owed twice in vain."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.deadlines.periods import Every, Period, periods
from bulletin.domain.deadlines.rules import TimeLimit, due_date
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.succession import is_covered, owed_from, successor_day, successors

CALENDAR = WorkCalendar()
CADENCES = st.sampled_from(list(Every))
START, END = date(2024, 1, 1), date(2029, 12, 31)


def days_of(keys):
    """Every day of some periods, counted from their first to their last day."""
    return {
        each.first + timedelta(n) for each in keys for n in range((each.last - each.first).days + 1)
    }


def rule(every, day, *, after):
    return TimeLimit("recur", every, 1, day, "before", "next_period" if after else None)


@given(
    old=CADENCES,
    new=CADENCES,
    days=st.tuples(st.integers(1, 31), st.integers(1, 31)),
    after=st.booleans(),
    from_on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    answered=st.sets(st.integers(0, 40)),
    opened=st.integers(0, 12),
)
def test_no_day_is_lost_and_none_is_owed_twice_in_vain(
    old, new, days, after, from_on, answered, opened
):
    before, limit = rule(old, days[0], after=after), rule(new, days[1], after=after)
    earlier = list(periods(old, START, END))
    due = {p: due_date(before, CALENDAR, period=p).due_on for p in earlier}
    judged = {p for p in earlier if due[p] < from_on}  # answered or overdue: they stay
    ahead = [p for p in earlier if due[p] >= from_on]
    kept = judged | {p for place, p in enumerate(ahead) if place in answered and place < opened}
    ended = {p: due[p] for p in ahead if p not in kept and p.first.year < 2029}

    by_rule = owed_from(limit, CALENDAR, from_on)
    left = {
        period: successor_day(by_rule, period, ended[instead])
        for period, instead in successors(new, ended, kept).items()
        if period in by_rule or period.first < from_on
    }
    regular = {period for period in by_rule if not is_covered(period, kept)}
    owed = regular | left.keys()

    covered = days_of(kept) | days_of(owed)
    reach = max(by_rule).last  # what begins later opens by its rule in time
    assert {day for day in days_of(ended) if day <= reach} <= covered
    stay = days_of(kept)
    for period in owed:
        assert not days_of([period]) <= stay
    for period, deadline in left.items():
        assert deadline.due_on >= from_on
        if period not in by_rule:
            own = due_date(limit, CALENDAR, period=period).due_on
            assert own < from_on
            meant = [day for e, day in ended.items() if days_of([e]) & days_of([period]) - stay]
            assert deadline.due_on <= min(meant)


@pytest.mark.parametrize(
    ("every", "ended", "kept", "owed"),
    [
        ("month", ["2026-Q4"], [], ["2026-10", "2026-11", "2026-12"]),
        ("month", ["2026-Q4"], ["2026-11"], ["2026-10", "2026-12"]),
        ("quarter", ["2026-12"], ["2026-10", "2026-11"], ["2026-Q4"]),
        ("quarter", ["2026-11", "2026-12"], [], ["2026-Q4"]),
        ("two_months", ["2026-Q2"], [], ["2026-B2", "2026-B3"]),
        ("half_year", ["2026-Q2", "2026-Q3"], ["2026-Q1"], ["2026-H1", "2026-H2"]),
        ("year", ["2026-12"], [], ["2026"]),
        ("month", ["2026"], ["2026-H1", "2026-Q3"], ["2026-10", "2026-11", "2026-12"]),
        ("month", ["2026-Q3"], ["2026-Q3"], []),
    ],
)
def test_what_an_ended_period_leaves_to_the_new_cadence(every, ended, kept, owed):
    days = {Period.parse(key): date(2027, 1, 15) for key in ended}
    found = successors(Every(every), days, [Period.parse(key) for key in kept])
    assert [period.key for period in found] == owed


def test_what_is_left_is_due_with_the_first_of_the_new_rule_and_never_later_than_before():
    monthly, from_on = rule(Every.MONTH, 15, after=True), date(2026, 12, 10)
    by_rule = owed_from(monthly, CALENDAR, from_on)
    october, december = Period.parse("2026-10"), Period.parse("2026-12")
    assert next(iter(by_rule)).key == "2026-11"
    assert successor_day(by_rule, october, date(2027, 1, 15)).due_on == date(2026, 12, 15)
    assert successor_day(by_rule, october, date(2026, 12, 12)).due_on == date(2026, 12, 12)
    assert successor_day(by_rule, december, date(2027, 1, 10)).due_on == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("period", "others", "covered"),
    [
        ("2026-Q4", ["2026-10", "2026-11", "2026-12"], True),
        ("2026-Q4", ["2026-10", "2026-12"], False),
        ("2026-Q4", ["2026-H2"], True),
        ("2026-Q4", ["2026-B5"], False),
        ("2026-11", ["2026-Q4"], True),
        ("2026-11", ["2026-B6"], True),
        ("2026-11", ["2026-Q3"], False),
        ("2026", ["2026-H1", "2026-Q3", "2026-B6", "2026-10"], True),
    ],
)
def test_what_other_duties_cover_wholly_is_not_owed_as_well(period, others, covered):
    assert is_covered(Period.parse(period), map(Period.parse, others)) is covered
