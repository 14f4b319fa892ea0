"""A cell of the matrix: what was a fact by the day that is asked for, and nothing later."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.duties.coverage import (
    COVERAGE_MARKS,
    CoverageState,
    Evidence,
    coverage_state,
)
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.labels import labels_of

DUE = date(2026, 10, 15)
DAYS = st.dates(date(2026, 9, 1), date(2026, 12, 31))


def days(*pairs):
    return tuple((DUE + timedelta(a), None if b is None else DUE + timedelta(b)) for a, b in pairs)


UP = days((-5, None))
LATE = days((3, None))


@pytest.mark.parametrize(
    ("known", "after", "state"),
    [
        (Evidence(DUE), -10, CoverageState.NOT_YET),
        (Evidence(DUE), -7, CoverageState.DUE_SOON),
        (Evidence(DUE), 0, CoverageState.DUE_SOON),
        (Evidence(DUE), 1, CoverageState.OVERDUE),
        (Evidence(None), 0, CoverageState.WAITING),
        (Evidence(DUE, UP, UP), 0, CoverageState.ON_TIME),
        (Evidence(DUE, UP, UP), -6, CoverageState.DUE_SOON),
        (Evidence(DUE, LATE, LATE), 5, CoverageState.LATE),
        (Evidence(DUE, LATE, LATE), 1, CoverageState.OVERDUE),
        (Evidence(DUE, UP), 0, CoverageState.ONLINE_ONLY),
        (Evidence(DUE, UP, needs_board=False), 0, CoverageState.ON_TIME),
        (Evidence(DUE, UP, days((2, None))), 1, CoverageState.ONLINE_ONLY),
        (Evidence(DUE, UP, days((2, None))), 2, CoverageState.ON_TIME),
        (Evidence(DUE, UP, days((-5, 10))), 20, CoverageState.ON_TIME),  # hung its time, taken off
        (Evidence(DUE, hung=UP), 0, CoverageState.PAPER_ONLY),
        (
            Evidence(DUE, days((-5, 1)), UP),
            2,
            CoverageState.PAPER_ONLY,
        ),  # taken down, still hanging
        (Evidence(DUE, days((-5, 1)), days((-5, 1))), 2, CoverageState.ON_TIME),
        (Evidence(DUE, not_applicable_on=DUE), 0, CoverageState.NOT_APPLICABLE),
        (Evidence(DUE, not_applicable_on=DUE + timedelta(3)), 2, CoverageState.OVERDUE),
    ],
)
def test_a_cell_is_what_was_known_by_that_day(known, after, state):
    assert coverage_state(known, DUE + timedelta(after))[0] is state


@given(
    due=st.none() | DAYS,
    public=st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=2),
    hung=st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=2),
    said=st.none() | DAYS,
    as_of=DAYS,
)
def test_what_happens_later_never_changes_an_earlier_day(due, public, hung, said, as_of):
    def known(pairs):
        ends = ((a, b if b is None or b <= as_of else None) for a, b in pairs)
        return tuple((a, b) for a, b in ends if a <= as_of)

    whole = Evidence(due, tuple(public), tuple(hung), said)
    by_then = Evidence(due, known(public), known(hung), said if said and said <= as_of else None)
    assert coverage_state(whole, as_of) == coverage_state(by_then, as_of)


@given(due=DAYS, on=DAYS, as_of=DAYS)
def test_punctuality_is_told_apart_from_what_hangs(due, on, as_of):
    _, alone = coverage_state(Evidence(due, ((on, None),)), as_of)
    _, both = coverage_state(Evidence(due, ((on, None),), ((on, None),)), as_of)
    assert alone is both
    if on <= as_of:
        assert alone is (DutyStatus.ON_TIME if on <= due else DutyStatus.LATE)


def test_every_state_has_a_word_and_a_mark_of_its_own():
    assert set(labels_of(CoverageState)) == set(COVERAGE_MARKS) == set(CoverageState)
    assert len(set(COVERAGE_MARKS.values())) == len(CoverageState)
