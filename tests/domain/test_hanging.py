"""Whether a paper hung long enough, and what an outage hid."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.days import VILLAGE_ZONE
from bulletin.domain.hanging import Hidden, hidden_by, is_too_short

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


@pytest.mark.parametrize(
    ("from_at", "until_at", "hidden"),
    [
        (at(12, 8), at(12, 8, 40), None),  # a restart
        (at(12, 8), at(12, 11), Hidden(3, 1)),
        (at(12, 20), at(13, 9), Hidden(13, 2)),
        (at(12, 23, 30), at(13, 9), Hidden(10, 1)),
        (at(1), at(3), None),  # before the period
        (at(8), at(11), Hidden(24, 1)),  # only the first day of the period
        (at(25, 12), at(30), Hidden(12, 1)),  # only the last
    ],
)
def test_every_day_that_an_outage_hid_is_proposed_to_be_added(from_at, until_at, hidden):
    assert hidden_by(from_at, until_at, date(2026, 10, 10), date(2026, 10, 25)) == hidden


@given(st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 20))
def test_no_more_days_are_added_than_were_touched(start, length):
    from_at = at(5) + timedelta(minutes=start)
    found = hidden_by(
        from_at, from_at + timedelta(minutes=length), date(2026, 10, 10), date(2026, 10, 25)
    )
    assert found is None or 1 <= found.days <= min(16, length // (24 * 60) + 2)
