"""Duties of which their days say all: those whose days stand in the same order stand alike."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.duties.coverage import standing_of
from bulletin.domain.duties.plain_case import PlainCase

FIRST = date(2026, 10, 9)
DAYS = st.integers(0, 9).map(lambda number: FIRST + timedelta(days=number))
MAYBE = st.none() | DAYS


@st.composite
def cases(draw):
    if draw(st.booleans()):
        return PlainCase(draw(MAYBE))
    papers = draw(st.lists(st.tuples(DAYS, MAYBE, DAYS), max_size=2))
    papers = [
        (hung, max(hung, down), last) if down else (hung, None, None) for hung, down, last in papers
    ]  # nothing comes off before it hangs
    papers.sort(key=lambda paper: (paper[0], paper[1] or date.max))
    return PlainCase(draw(MAYBE), draw(DAYS), tuple(papers))


def state(case, day):
    return standing_of(case.evidence, day, soon_days=0).state


@given(st.lists(cases(), min_size=20, max_size=40), DAYS, DAYS)
def test_what_stands_in_the_same_order_stands_alike(every, day, other):
    found = {}
    for case in every:
        for as_of in (day, other):
            assert found.setdefault(case.likeness(as_of), state(case, as_of)) is state(case, as_of)


@given(cases(), DAYS)
def test_what_is_over_stands_so_for_good(case, since):
    if case.is_over(since):
        later = [state(case, since + timedelta(days=number)) for number in range(30)]
        assert set(later) == {state(case, since)}


def test_it_is_over_on_the_day_after_its_last():
    case = PlainCase(FIRST, FIRST, ((FIRST, FIRST + timedelta(days=3), FIRST),))
    assert not case.is_over(FIRST + timedelta(days=3))
    assert case.is_over(FIRST + timedelta(days=4))
