"""How what fell due is summed up, and how long nothing was disclosed."""

from collections import Counter
from datetime import date

import pytest

from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.duties.coverage_shares import NOT_DUE, Share, share_of
from bulletin.domain.oversight.supervision import (
    DutyOutcome,
    lack_grade,
    longest_interval,
    outcome_of,
    share_on_time,
)


def day(text):
    return date.fromisoformat(f"2026-{text}")


YEAR = day("01-01"), day("12-31")


def test_every_state_that_counts_has_one_outcome():
    for state in CoverageState:
        assert (outcome_of(state) is None) is (state in NOT_DUE)
    assert {state for each in DutyOutcome for state in each.states} == set(CoverageState) - NOT_DUE


def test_the_share_is_that_of_the_matrix():
    counts = Counter({state: place for place, state in enumerate(CoverageState, 1)})
    outcomes = Counter()
    for state, count in counts.items():
        if outcome := outcome_of(state):
            outcomes[outcome] += count
    assert share_on_time(outcomes) == share_of(counts)


@pytest.mark.parametrize(
    ("disclosed", "expected"),
    [
        ([], None),
        (["03-01"], ("03-01", "12-31", True)),
        (["03-01", "09-01", "12-30"], ("03-01", "09-01", False)),
        (["12-31"], ("12-31", "12-31", True)),
        (["03-01", "04-01", "05-01"], ("05-01", "12-31", True)),
        (["06-01", "03-01", "06-01", "09-01"], ("09-01", "12-31", True)),
    ],
)
def test_the_longest_interval_may_still_run(disclosed, expected):
    found = longest_interval(map(day, disclosed), *YEAR)
    if expected is None:
        assert found is None
    else:
        assert (found.from_on, found.until_on, found.is_open) == (
            day(expected[0]),
            day(expected[1]),
            expected[2],
        )


def test_an_interval_that_began_before_is_whole_and_what_lies_before_it_is_not_looked_at():
    days = [date(2025, 1, 1), date(2025, 12, 1), day("03-01"), day("03-02")]
    found = longest_interval(days, day("01-01"), day("03-31"))
    assert (found.from_on, found.days) == (date(2025, 12, 1), 90)


def test_what_came_later_is_not_known_yet():
    assert longest_interval([day("02-01"), day("06-01")], day("01-01"), day("03-01")).days == 28


@pytest.mark.parametrize(
    ("on_time", "owed", "grade"),
    [(5, 5, 0), (0, 0, 0), (99, 100, 1), (9, 10, 1), (89, 100, 2), (3, 4, 2), (1, 2, 3), (0, 1, 4)],
)
def test_a_lack_is_never_shaded_as_none(on_time, owed, grade):
    assert lack_grade(Share(on_time, owed)) == grade
