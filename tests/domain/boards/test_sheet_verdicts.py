"""What a paper on a board is worth today, and what is missing beside it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.boards.sheet_verdicts import (
    BY_URGENCY,
    DueSheet,
    SheetVerdict,
    missing_pages,
    missing_sheets,
    part_words,
    verdict,
)
from bulletin.domain.codes import Scan, new_code
from bulletin.domain.labels import labels_of
from bulletin.domain.notices.visibility import PageState

TODAY = date(2026, 10, 9)
FIRST, SECOND = new_code(), new_code()


@pytest.mark.parametrize(
    ("page_state", "at_home", "is_over", "opens_on", "found"),
    [
        (PageState.CURRENT, True, False, TODAY, SheetVerdict.RIGHT),
        (PageState.OLDER, True, False, TODAY, SheetVerdict.OLDER),
        (PageState.OLDER, True, True, TODAY, SheetVerdict.OVER),
        (PageState.PERIOD_OVER, True, True, date(2026, 9, 1), SheetVerdict.OVER),
        (PageState.TAKEN_DOWN, True, False, TODAY, SheetVerdict.TAKEN_DOWN),
        (PageState.TAKEN_DOWN, False, True, TODAY, SheetVerdict.TAKEN_DOWN),
        (PageState.REDACTED, True, False, TODAY, SheetVerdict.TAKEN_DOWN),
        (PageState.CANCELLED, True, False, TODAY, SheetVerdict.TAKEN_DOWN),
        (PageState.CURRENT, False, False, TODAY, SheetVerdict.ELSEWHERE),
        (PageState.NOT_YET, True, False, date(2026, 10, 10), SheetVerdict.EARLY),
        (
            PageState.NOT_YET,
            True,
            False,
            TODAY,
            SheetVerdict.RIGHT,
        ),  # hung in the morning, public at noon
        (PageState.AHEAD, True, False, date(2026, 10, 10), SheetVerdict.EARLY),
        (PageState.NO_SUCH_EDITION, True, False, None, SheetVerdict.UNKNOWN),
        (None, True, False, None, SheetVerdict.UNKNOWN),
        (None, False, False, TODAY, SheetVerdict.UNKNOWN),
    ],
)
def test_every_paper_gets_the_verdict_of_its_page(page_state, at_home, is_over, opens_on, found):
    assert found is verdict(
        page_state, at_home=at_home, is_over=is_over, opens_on=opens_on, today=TODAY
    )


def test_every_verdict_has_words_and_a_place_and_what_hangs_right_comes_last():
    assert set(labels_of(SheetVerdict)) == set(SheetVerdict)
    assert sorted(BY_URGENCY) == sorted(SheetVerdict)
    assert BY_URGENCY[-1] is SheetVerdict.RIGHT


def test_a_sheet_is_missing_when_not_one_page_was_seen():
    due = [DueSheet(FIRST, 2, 3), DueSheet(SECOND, 1, None)]
    assert missing_sheets(due, [Scan(FIRST, 2, 3)]) == [due[1]]
    assert missing_sheets(due, [Scan(FIRST, 1)]) == due


@given(st.sets(st.integers(1, 9), min_size=1), st.integers(1, 9))
def test_the_pages_that_were_not_seen_are_named(seen, pages):
    scans = [Scan(FIRST, 1, page) for page in seen]
    found = missing_pages(scans, {(FIRST, 1): pages})
    gaps = tuple(page for page in range(1, pages + 1) if page not in seen)
    assert [gap.pages for gap in found] == ([gaps] if gaps else [])


def test_a_code_without_a_page_stands_for_the_whole_sheet():
    assert missing_pages([Scan(FIRST, 1)], {(FIRST, 1): 1}) == []
    assert missing_pages([Scan(FIRST, 1)], {}) == []


@pytest.mark.parametrize(
    ("x", "y", "words"), [(0.1, 0.1, "左上"), (0.5, 0.5, "中间"), (1, 1, "右下"), (0.5, 0.9, "下")]
)
def test_a_place_in_a_picture_has_words(x, y, words):
    assert part_words(x, y) == words
