"""What a paper on a board is worth today, and what is missing beside it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.boards.sheet_verdicts import (
    MOST_URGENT_FIRST,
    VERDICT_WORDS,
    DueSheet,
    Verdict,
    missing_pages,
    missing_sheets,
    part_words,
    verdict,
)
from bulletin.domain.codes import Scan, new_code
from bulletin.domain.notices.visibility import Face

TODAY = date(2026, 10, 9)
FIRST, SECOND = new_code(), new_code()


@pytest.mark.parametrize(
    ("face", "at_home", "is_over", "opens_on", "found"),
    [
        (Face.CURRENT, True, False, TODAY, Verdict.RIGHT),
        (Face.OLDER, True, False, TODAY, Verdict.OLDER),
        (Face.OLDER, True, True, TODAY, Verdict.OVER),
        (Face.PERIOD_OVER, True, True, date(2026, 9, 1), Verdict.OVER),
        (Face.TAKEN_DOWN, True, False, TODAY, Verdict.TAKEN_DOWN),
        (Face.TAKEN_DOWN, False, True, TODAY, Verdict.TAKEN_DOWN),
        (Face.REDACTED, True, False, TODAY, Verdict.TAKEN_DOWN),
        (Face.CANCELLED, True, False, TODAY, Verdict.TAKEN_DOWN),
        (Face.CURRENT, False, False, TODAY, Verdict.ELSEWHERE),
        (Face.NOT_YET, True, False, date(2026, 10, 10), Verdict.EARLY),
        (Face.NOT_YET, True, False, TODAY, Verdict.RIGHT),  # hung in the morning, public at noon
        (Face.AHEAD, True, False, date(2026, 10, 10), Verdict.EARLY),
        (Face.NO_SUCH_EDITION, True, False, None, Verdict.UNKNOWN),
        (None, True, False, None, Verdict.UNKNOWN),
        (None, False, False, TODAY, Verdict.UNKNOWN),
    ],
)
def test_every_paper_gets_the_verdict_of_its_page(face, at_home, is_over, opens_on, found):
    assert found is verdict(face, at_home=at_home, is_over=is_over, opens_on=opens_on, today=TODAY)


def test_every_verdict_has_words_and_a_place_and_what_hangs_right_comes_last():
    assert set(VERDICT_WORDS) == set(Verdict)
    assert sorted(MOST_URGENT_FIRST) == sorted(Verdict)
    assert MOST_URGENT_FIRST[-1] is Verdict.RIGHT


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
