"""Whether a paper hung long enough, and what an outage hid."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.boards.display_time import (
    HiddenTime,
    OutageSpan,
    hidden_by,
    is_too_short,
    made_good,
)
from bulletin.domain.days import VILLAGE_ZONE
from bulletin.domain.deadlines.posting_requirements import PostingRequirement
from bulletin.domain.deadlines.workdays import WorkCalendar

UNTIL = date(2026, 10, 24)


@pytest.mark.parametrize(
    ("down_on", "ended_on", "short"),
    [
        (None, None, False),
        (date(2026, 10, 25), None, False),
        (date(2026, 10, 24), None, True),  # its last day was not over
        (date(2026, 10, 12), None, True),
        (date(2026, 10, 12), date(2026, 10, 12), False),  # replaced that day
        (date(2026, 10, 11), date(2026, 10, 12), True),  # came down before it was replaced
        (date(2026, 10, 13), date(2026, 10, 12), False),
    ],
)
def test_a_paper_that_came_down_too_early_is_flagged(down_on, ended_on, short):
    assert is_too_short(UNTIL, down_on, ended_on) is short


def at(day, hour=0, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=VILLAGE_ZONE).astimezone(UTC)


def days(*numbers):
    return tuple(date(2026, 10, day) for day in numbers)


@pytest.mark.parametrize(
    ("spans", "hidden"),
    [
        ([(at(12, 8), at(12, 8, 40))], None),  # a restart
        ([(at(12, 8), at(12, 11))], HiddenTime(3, days(12))),
        ([(at(12, 20), at(13, 9))], HiddenTime(13, days(12, 13))),
        ([(at(12, 23, 30), at(13, 9))], HiddenTime(10, days(13))),
        ([(at(1), at(3))], None),  # before the period
        ([(at(8), at(11))], HiddenTime(24, days(10))),  # only the first day of the period
        ([(at(25, 12), at(30))], HiddenTime(12, days(25))),  # only the last
        ([(at(12, 8), at(12, 11)), (at(12, 20), at(13, 9))], HiddenTime(16, days(12, 13))),
        ([(at(12, 8), at(12, 8, 40)), (at(12, 9), at(12, 9, 40))], HiddenTime(1, days(12))),
    ],
)
def test_every_day_that_outages_hid_counts_once(spans, hidden):
    outages = [OutageSpan(*span) for span in spans]
    assert hidden_by(outages, date(2026, 10, 10), date(2026, 10, 25)) == hidden


@given(st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 20))
def test_no_more_days_are_added_than_were_touched(start, length):
    from_at = at(5) + timedelta(minutes=start)
    span = OutageSpan(from_at, from_at + timedelta(minutes=length))
    hidden = hidden_by([span], date(2026, 10, 10), date(2026, 10, 25))
    assert hidden is None or 1 <= len(hidden.days) <= min(16, length // (24 * 60) + 2)


@pytest.mark.parametrize(
    ("hidden", "unit", "last"),
    [
        (days(13, 14), "natural", date(2026, 10, 26)),
        (days(16, 17), "natural", date(2026, 10, 26)),
        (days(13, 14), "working", date(2026, 10, 27)),  # Saturday is none
        (days(16, 17), "working", date(2026, 10, 26)),  # one of them was a Saturday
        (days(17, 18), "working", date(2026, 10, 24)),
    ],
)
def test_what_was_hidden_is_made_good_in_the_periods_own_days(hidden, unit, last):
    calendar = WorkCalendar()
    asked = [PostingRequirement(days=15, unit=unit)]
    assert made_good(UNTIL, HiddenTime(9, hidden), asked, calendar) == last
