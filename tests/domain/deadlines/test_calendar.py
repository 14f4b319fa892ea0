"""Periods, work days, deadlines and posting periods: counted as the law counts."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import SCHEDULES

from bulletin.domain.deadlines.limit_serialization import limit_json, read_limit
from bulletin.domain.deadlines.periods import Every, Period, periods
from bulletin.domain.deadlines.posting_period import posting_period
from bulletin.domain.deadlines.rules import due_date
from bulletin.domain.deadlines.workdays import WorkCalendar, days_between
from bulletin.domain.duties.status import DutyStatus, status_of
from bulletin.schedules.calendar import load_calendar

CALENDAR = load_calendar(SCHEDULES / "holidays")
days = st.dates(date(2018, 1, 1), date(2035, 12, 31))
kinds = st.sampled_from(list(Every))
Q3 = Period.parse("2026-Q3")


# --- periods -------------------------------------------------------------------------------------


@given(kinds, days)
def test_a_period_contains_its_day_and_its_key_reads_back(every, day):
    period = Period.containing(every, day)
    assert period.first <= day <= period.last
    assert Period.parse(period.key) == period
    assert period.next().previous() == period


@given(kinds, days, st.integers(0, 900))
def test_periods_tile_time_without_gap_or_overlap(every, first, span):
    found = list(periods(every, first, first + timedelta(days=span)))
    assert found[0].first <= first
    assert found[-1].last >= first + timedelta(days=span)
    assert all(one.last + timedelta(days=1) == two.first for one, two in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("2026-07", "2026年7月"),
        ("2026-B4", "2026年7—8月"),
        ("2026-Q3", "2026年第三季度"),
        ("2026-H2", "2026年下半年"),
        ("2026", "2026年度"),
    ],
)
def test_a_period_is_called_as_a_title_calls_it(key, label):
    assert Period.parse(key).label == label


@pytest.mark.parametrize("key", ["", "2026-Q5", "2026-13", "26-Q1", "2026-B7", "Q3"])
def test_what_is_no_period_is_refused(key):
    with pytest.raises(ValueError, match=r".+"):
        Period.parse(key)


# --- work days -----------------------------------------------------------------------------------


@given(days, st.integers(1, 60))
def test_counting_work_days_ends_on_one_with_exactly_so_many_between(start, count):
    end, skipped = CALENDAR.count(start, count)
    passed = list(days_between(start + timedelta(days=1), end))
    assert CALENDAR.is_workday(end)
    assert sum(CALENDAR.is_workday(day) for day in passed) == count
    assert [day for day in passed if not CALENDAR.is_workday(day)] == list(skipped)


@given(days, st.integers(1, 60))
def test_counting_back_from_a_work_day_returns_to_where_the_count_began(start, count):
    if CALENDAR.is_workday(start):
        end, _ = CALENDAR.count(start, count)
        assert CALENDAR.count(end, -count)[0] == start


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # 国庆节
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # a Saturday worked in its stead
        (date(2026, 10, 11), False),
        (date(2026, 2, 17), False),  # 春节
        (date(2026, 2, 28), True),  # a Saturday worked in its stead
    ],
)
def test_the_announced_holidays_and_the_weekends_worked_for_them(day, works):
    assert CALENDAR.is_workday(day) is works
    assert CALENDAR.is_confirmed(day)


def test_a_day_off_says_why():
    assert CALENDAR.why_off(date(2026, 10, 1)) == "国庆节"
    assert CALENDAR.why_off(date(2026, 10, 11)) == "周末"
    assert CALENDAR.why_off(date(2026, 10, 9)) == ""


def test_a_year_that_is_not_announced_is_provisional_until_the_office_writes_it(tmp_path):
    assert not CALENDAR.is_confirmed(date(2030, 10, 1))
    assert not CALENDAR.is_workday(date(2030, 10, 1))
    (tmp_path / "2030.yaml").write_text(
        "days_off:\n  - {name: 元旦, from: 2030-01-01, to: 2030-01-03}\nworking_weekends: [2030-01-05]\n",
        encoding="utf-8",
    )
    own = load_calendar(tmp_path)
    assert own.is_confirmed(date(2030, 1, 2))
    assert not own.is_workday(date(2030, 1, 2))
    assert own.is_workday(date(2030, 1, 5))


# --- deadlines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "limit", "facts", "due_on"),
    [
        ("每季度的首个月20日", {"kind": "recur", "every": "quarter", "month": 1, "day": 20, "by": "on"},
         {"period": Q3}, date(2026, 7, 20)),
        ("每季度", {"kind": "recur", "every": "quarter"}, {"period": Q3}, date(2026, 9, 30)),
        ("每季、每月结束后10日内",
         {"kind": "recur", "every": "quarter", "days": 10, "unit": "natural", "from": "period_end"},
         {"period": Q3}, date(2026, 10, 10)),
        ("下一季度第一个月的十五日前",
         {"kind": "recur", "every": "quarter", "month": 1, "day": 15, "by": "before", "of": "next_period"},
         {"period": Q3}, date(2026, 10, 15)),
        ("下月的十五日前", {"kind": "recur", "every": "month", "day": 15, "by": "before", "of": "next_period"},
         {"period": Period.parse("2026-12")}, date(2027, 1, 15)),
        ("每年1月31日前", {"kind": "recur", "every": "year", "month": 1, "day": 31, "by": "before"},
         {"period": Period.parse("2026")}, date(2026, 1, 31)),
        ("每月31日", {"kind": "recur", "every": "month", "day": 31, "by": "on"},
         {"period": Period.parse("2026-02")}, date(2026, 2, 28)),
        ("至少每半年公布一次", {"kind": "recur_min", "every": "half_year"},
         {"period": Period.parse("2026-H1")}, date(2026, 6, 30)),
        ("自收到批复后五日内公布",
         {"kind": "event_offset", "days": 5, "unit": "natural", "event": "收到批复"},
         {"event_on": date(2026, 9, 28)}, date(2026, 10, 8)),  # 10月3日 lies in 国庆节
        ("自收到批准文件之日起十五个工作日内",
         {"kind": "event_offset", "days": 15, "unit": "working", "event": "收到批准文件"},
         {"event_on": date(2026, 9, 18)}, date(2026, 10, 15)),
        ("选举日的二十日前", {"kind": "before_event", "days": 20, "unit": "natural", "event": "选举日"},
         {"event_on": date(2026, 12, 20)}, date(2026, 11, 30)),
        ("组织听证7个工作日前", {"kind": "before_event", "days": 7, "unit": "working", "event": "组织听证"},
         {"event_on": date(2026, 10, 12)}, date(2026, 9, 24)),
        ("每季度首月", {"kind": "recur", "every": "quarter", "month": 1}, {"period": Q3}, date(2026, 7, 31)),
        ("下一届选举之前", {"kind": "before_event", "event": "选举"},
         {"event_on": date(2026, 12, 20)}, date(2026, 12, 19)),
        # 10月18日 is a Sunday
        ("随时公布", {"kind": "promptly"}, {"event_on": date(2026, 10, 8)}, date(2026, 10, 19)),
        ("每完成一个阶段", {"kind": "stage"}, {"event_on": date(2026, 10, 8)}, date(2026, 10, 19)),
    ],
)  # fmt: skip
def test_a_published_wording_yields_its_day(wording, limit, facts, due_on):
    assert due_date(read_limit(limit), CALENDAR, **facts).due_on == due_on, wording


@pytest.mark.parametrize("kind", ["standing", "external", "unknown", "promptly"])
def test_a_rule_without_its_event_sets_no_day(kind):
    assert due_date(read_limit({"kind": kind}), CALENDAR) is None


def test_promptly_means_what_the_office_set():
    limit = read_limit({"kind": "promptly"})
    deadline = due_date(limit, CALENDAR, event_on=date(2026, 10, 8), promptly_days=3)
    assert (deadline.rule_on, deadline.due_on) == (date(2026, 10, 11), date(2026, 10, 12))  # Sunday


def test_a_day_that_hangs_on_unannounced_holidays_is_provisional():
    limit = read_limit({"kind": "event_offset", "days": 5, "unit": "working", "event": "批复"})
    assert not due_date(limit, CALENDAR, event_on=date(2026, 9, 28)).provisional
    assert due_date(limit, CALENDAR, event_on=date(2030, 9, 27)).provisional


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({"kind": "recur"}, "every"),
        ({"kind": "recur", "every": "week"}, "week"),
        ({"kind": "recur", "every": "quarter", "month": 4, "day": 1}, "month 4"),
        ({"kind": "before_event", "days": 5, "event": "选举"}, "together"),
        ({"kind": "recur", "every": "month", "day": 32}, "day 32"),
        ({"kind": "recur", "every": "month", "from": "period_end"}, "days"),
        ({"kind": "event_offset", "days": 5, "event": "批复"}, "unit"),
        ({"kind": "event_offset", "days": 5, "unit": "natural"}, "event"),
        ({"kind": "event_offset", "days": 0, "unit": "natural", "event": "批复"}, "days 0"),
        ({"kind": "before_event", "days": 5, "unit": "lunar", "event": "选举"}, "lunar"),
        ({"kind": "promptly", "every": "month"}, "every"),
        ({"kind": "someday"}, "someday"),
        ({"kind": "recur", "every": "month", "dya": 3}, "dya"),
        ({"every": "month"}, "kind"),
        ({"kind": "recur", "every": "month", "day": "3"}, "whole number"),
    ],
)
def test_an_impossible_rule_is_refused_by_what_is_wrong_with_it(limit, said):
    with pytest.raises(ValueError, match=said):
        read_limit(limit)


@given(kinds, st.integers(1, 60), st.sampled_from(["natural", "working"]), days)
def test_a_day_counted_from_the_periods_end_lies_after_it_and_grows_with_it(
    every, count, unit, day
):
    said = {
        "kind": "recur",
        "every": every.value,
        "days": count,
        "unit": unit,
        "from": "period_end",
    }
    limit = read_limit(said)
    assert limit_json(limit) == said
    period = Period.containing(every, day)
    due = due_date(limit, CALENDAR, period=period).due_on
    assert due > period.last
    assert due_date(limit, CALENDAR, period=period.next()).due_on >= due


# --- posting and standing ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens_on", "count", "unit", "closes_on", "words"),
    [
        (date(2026, 10, 10), 15, "natural", date(2026, 10, 26), "15日"),  # the 25th is a Sunday
        (date(2026, 10, 9), 14, "natural", date(2026, 10, 23), "14日"),
        (date(2026, 9, 28), 5, "working", date(2026, 10, 10), "5个工作日"),
        (date(2026, 12, 20), 30, "natural", date(2027, 1, 19), "30日"),
    ],
)
def test_the_day_of_hanging_does_not_count(opens_on, count, unit, closes_on, words):
    period = posting_period(opens_on, count, unit, CALENDAR)
    assert (period.closes_on, period.words()) == (closes_on, words)


@pytest.mark.parametrize(("count", "unit"), [(0, "natural"), (5, "lunar")])
def test_an_impossible_posting_period_is_refused(count, unit):
    with pytest.raises(ValueError, match="posting period"):
        posting_period(date(2026, 10, 10), count, unit, WorkCalendar())


DUE = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("published_on", "today", "expected"),
    [
        (None, date(2026, 10, 7), DutyStatus.NOT_YET),
        (None, date(2026, 10, 8), DutyStatus.DUE_SOON),
        (None, DUE, DutyStatus.DUE_SOON),
        (None, date(2026, 10, 16), DutyStatus.OVERDUE),
        (DUE, DUE, DutyStatus.ON_TIME),
        (date(2026, 10, 16), date(2026, 10, 20), DutyStatus.LATE),
        (date(2026, 10, 16), DUE, DutyStatus.DUE_SOON),  # it had not been published yet
    ],
)
def test_a_duty_stands_by_dates_alone(published_on, today, expected):
    assert status_of(due_on=DUE, published_on=published_on, today=today) is expected


def test_what_waits_for_its_event_is_waiting_and_never_late():
    assert status_of(due_on=None, published_on=None, today=date(2099, 1, 1)) is DutyStatus.WAITING
