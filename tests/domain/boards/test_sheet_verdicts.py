"""What a paper on a board is worth today, and what is missing beside it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.boards.sheet_verdicts import (
    BY_URGENCY,
    DueSheet,
    MissingPages,
    SheetVerdict,
    may_hang,
    missing_pages,
    missing_sheets,
    part_words,
    verdict,
)
from bulletin.domain.codes import Scan, new_code
from bulletin.domain.labels import labels_of
from bulletin.domain.notices.visibility import PageState

TODAY = date(2026, 10, 9)
TOMORROW = date(2026, 10, 10)
HOME = {"at_home": True, "is_over": False, "opens_on": TODAY}
FIRST, SECOND = new_code(), new_code()


@pytest.mark.parametrize(
    ("page_state", "how", "expected"),
    [
        (PageState.CURRENT, {}, SheetVerdict.RIGHT),
        (PageState.PERIOD_OVER, {}, SheetVerdict.RIGHT),  # hung late, and has to stay
        (PageState.PERIOD_OVER, {"is_over": True}, SheetVerdict.OVER),
        (PageState.PERIOD_OVER, {"is_over": True, "opens_on": date(2026, 9, 1)}, SheetVerdict.OVER),
        (PageState.OLDER, {}, SheetVerdict.OLDER),
        (PageState.OLDER, {"is_over": True}, SheetVerdict.OVER),  # no use in hanging the newer one
        (PageState.AHEAD, {"opens_on": TOMORROW}, SheetVerdict.EARLY),
        (PageState.AHEAD, {"opens_on": date(2026, 10, 12)}, SheetVerdict.EARLY),
        (PageState.NOT_YET, {"opens_on": TOMORROW}, SheetVerdict.EARLY),
        (PageState.NOT_YET, {"opens_on": date(2026, 10, 12)}, SheetVerdict.EARLY),
        (PageState.NOT_YET, {}, SheetVerdict.RIGHT),  # hung in the morning, public at noon
        (PageState.TAKEN_DOWN, {}, SheetVerdict.TAKEN_DOWN),
        (PageState.TAKEN_DOWN, {"at_home": False, "is_over": True}, SheetVerdict.TAKEN_DOWN),
        (PageState.REDACTED, {}, SheetVerdict.TAKEN_DOWN),
        (PageState.REDACTED, {"at_home": False}, SheetVerdict.TAKEN_DOWN),  # wherever it hangs
        (PageState.CANCELLED, {}, SheetVerdict.TAKEN_DOWN),
        (PageState.CANCELLED, {"is_over": True}, SheetVerdict.TAKEN_DOWN),
        (PageState.CURRENT, {"at_home": False}, SheetVerdict.ELSEWHERE),
        (PageState.NO_SUCH_EDITION, {}, SheetVerdict.UNKNOWN),
        (PageState.NO_SUCH_EDITION, {"opens_on": None}, SheetVerdict.UNKNOWN),
        (PageState.CURRENT, {"opens_on": None}, SheetVerdict.UNKNOWN),  # an edition nobody approved
        (None, {}, SheetVerdict.UNKNOWN),
        (None, {"at_home": False}, SheetVerdict.UNKNOWN),
        (None, {"opens_on": None}, SheetVerdict.UNKNOWN),
    ],
)
def test_every_paper_gets_the_verdict_of_its_page(page_state, how, expected):
    assert verdict(page_state, today=TODAY, **HOME | how) is expected


def test_every_verdict_has_words_and_a_place_and_what_hangs_right_comes_last():
    assert set(labels_of(SheetVerdict)) == set(SheetVerdict)
    assert sorted(BY_URGENCY) == sorted(SheetVerdict)
    assert BY_URGENCY[-1] is SheetVerdict.RIGHT


@pytest.mark.parametrize(
    ("notice", "board", "may"), [(1, 1, True), (1, 2, False), (1, None, False), (None, 1, True)]
)
def test_a_village_has_its_own_boards_and_the_townships_paper_hangs_everywhere(notice, board, may):
    assert may_hang(notice, board) is may


def test_a_sheet_is_missing_when_no_page_of_its_edition_was_seen():
    due = [DueSheet("A", 2, 3), DueSheet("B", 1, None), DueSheet("C", 1, 1)]
    seen = {Scan("A", 1, 1), Scan("B", 1), Scan("C", 1, 1)}
    assert missing_sheets(due, seen) == [DueSheet("A", 2, 3)]


def test_an_older_edition_does_not_stand_for_the_sheet_that_has_to_hang():
    due = [DueSheet(FIRST, 2, 3), DueSheet(SECOND, 1, None)]
    assert missing_sheets(due, [Scan(FIRST, 2, 3)]) == [due[1]]
    assert missing_sheets(due, [Scan(FIRST, 1)]) == due


@given(st.sets(st.integers(1, 9), min_size=1), st.integers(1, 9))
def test_the_pages_that_were_not_seen_are_named(seen, pages):
    scans = [Scan(FIRST, 1, page) for page in seen]
    gaps = tuple(page for page in range(1, pages + 1) if page not in seen)
    missing = missing_pages(scans, {(FIRST, 1): pages})
    assert [gap.pages for gap in missing] == ([gaps] if gaps else [])


def test_the_pages_of_a_long_sheet_are_counted_over_all_photographs():
    seen = [Scan("A", 1, 1), Scan("A", 1, 3), Scan("B", 1), Scan("C", 2, 2), Scan("C", 2, 1)]
    pages = {("A", 1): 4, ("B", 1): 3, ("C", 2): 2}
    assert missing_pages(seen, pages) == [MissingPages("A", 1, (2, 4))]


def test_a_code_without_a_page_stands_for_the_whole_sheet():
    assert missing_pages([Scan(FIRST, 1)], {(FIRST, 1): 1}) == []
    assert missing_pages([Scan(FIRST, 1)], {}) == []


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (0.1, 0.1, "左上"),
        (0.5, 0.5, "中间"),
        (0.99, 1.0, "右下"),
        (1, 1, "右下"),
        (0.5, 0.9, "下"),
        (0, 0.5, "左"),
    ],
)
def test_where_in_the_picture_is_said_in_plain_words(x, y, words):
    assert part_words(x, y) == words
