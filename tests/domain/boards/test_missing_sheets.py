"""What a paper on a board is worth, and what is missing beside it."""

from datetime import date

import pytest

from bulletin.domain.boards.sheet_verdicts import (
    DueSheet,
    MissingPages,
    SheetVerdict,
    may_hang,
    missing_pages,
    missing_sheets,
    part_words,
    verdict,
)
from bulletin.domain.codes import Scan
from bulletin.domain.notices.visibility import PageState

TODAY = date(2026, 10, 9)
HOME = {"at_home": True, "is_over": False, "opens_on": TODAY}


@pytest.mark.parametrize(
    ("page_state", "how", "found"),
    [
        (PageState.CURRENT, {}, SheetVerdict.RIGHT),
        (PageState.PERIOD_OVER, {}, SheetVerdict.RIGHT),  # hung late, and has to stay
        (PageState.PERIOD_OVER, {"is_over": True}, SheetVerdict.OVER),
        (PageState.OLDER, {}, SheetVerdict.OLDER),
        (PageState.OLDER, {"is_over": True}, SheetVerdict.OVER),  # no use in hanging the newer one
        (PageState.AHEAD, {"opens_on": date(2026, 10, 12)}, SheetVerdict.EARLY),
        (PageState.NOT_YET, {"opens_on": date(2026, 10, 12)}, SheetVerdict.EARLY),
        (
            PageState.NOT_YET,
            {"opens_on": TODAY},
            SheetVerdict.RIGHT,
        ),  # hung in the morning of its day
        (PageState.TAKEN_DOWN, {}, SheetVerdict.TAKEN_DOWN),
        (PageState.REDACTED, {"at_home": False}, SheetVerdict.TAKEN_DOWN),  # wherever it hangs
        (PageState.CANCELLED, {"is_over": True}, SheetVerdict.TAKEN_DOWN),
        (PageState.CURRENT, {"at_home": False}, SheetVerdict.ELSEWHERE),
        (PageState.NO_SUCH_EDITION, {}, SheetVerdict.UNKNOWN),
        (PageState.CURRENT, {"opens_on": None}, SheetVerdict.UNKNOWN),  # an edition nobody approved
        (None, {}, SheetVerdict.UNKNOWN),
    ],
)
def test_what_has_to_be_done_with_a_paper(page_state, how, found):
    assert verdict(page_state, today=TODAY, **HOME | how) is found


@pytest.mark.parametrize(
    ("notice", "board", "may"), [(1, 1, True), (1, 2, False), (1, None, False), (None, 1, True)]
)
def test_a_village_has_its_own_boards_and_the_townships_paper_hangs_everywhere(notice, board, may):
    assert may_hang(notice, board) is may


def test_a_sheet_is_missing_when_no_page_of_its_edition_was_seen():
    due = [DueSheet("A", 2, 3), DueSheet("B", 1, None), DueSheet("C", 1, 1)]
    seen = {Scan("A", 1, 1), Scan("B", 1), Scan("C", 1, 1)}
    assert missing_sheets(due, seen) == [DueSheet("A", 2, 3)]


def test_the_pages_of_a_long_sheet_are_counted_over_all_photographs():
    seen = [Scan("A", 1, 1), Scan("A", 1, 3), Scan("B", 1), Scan("C", 2, 2), Scan("C", 2, 1)]
    pages = {("A", 1): 4, ("B", 1): 3, ("C", 2): 2}
    assert missing_pages(seen, pages) == [MissingPages("A", 1, (2, 4))]


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [(0.1, 0.1, "左上"), (0.5, 0.5, "中间"), (0.99, 1.0, "右下"), (0.5, 0.9, "下"), (0, 0.5, "左")],
)
def test_where_in_the_picture_is_said_in_plain_words(x, y, words):
    assert part_words(x, y) == words
