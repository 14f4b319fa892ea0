"""What a resident sees is a matter of dates, whatever any clock recorded."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bulletin.domain.days import start_of
from bulletin.domain.notices.visibility import (
    EditionDates,
    PageState,
    in_force,
    is_over,
    page_state,
    shows_content,
)
from bulletin.domain.notices.workflow import State

NOW = datetime(2026, 10, 20, 4, tzinfo=UTC)
PAST, FUTURE = NOW - timedelta(days=5), NOW + timedelta(days=5)
OPEN, CLOSED = date(2026, 10, 25), date(2026, 10, 19)


def ed(number, state=State.PUBLISHED, publish_at=PAST, closes_on=OPEN):
    return EditionDates(number, state, publish_at, closes_on)


@pytest.mark.parametrize(
    ("sentence", "editions", "scanned", "personal", "expected"),
    [
        ("the paper is the edition in force", [ed(1)], 1, False, PageState.CURRENT),
        ("a typed code shows what is in force", [ed(1)], None, False, PageState.CURRENT),
        ("the clock slept, the law did not", [ed(1, State.SCHEDULED)], 1, False, PageState.CURRENT),
        ("the paper was corrected", [ed(1), ed(2)], 1, False, PageState.OLDER),
        ("the correction itself", [ed(1), ed(2)], 2, False, PageState.CURRENT),
        ("an edition that never was", [ed(1)], 9, False, PageState.NO_SUCH_EDITION),
        ("a correction still in review", [ed(1), ed(2, State.DRAFT, None)], 2, False,
         PageState.NO_SUCH_EDITION),
        ("a correction hung before its moment", [ed(1), ed(2, State.SCHEDULED, FUTURE)], 2, False,
         PageState.AHEAD),
        ("before its moment", [ed(1, State.SCHEDULED, FUTURE)], 1, False, PageState.NOT_YET),
        ("a draft's code was never printed", [ed(1, State.DRAFT, None, None)], 1, False, None),
        ("taken down", [ed(1, State.TAKEN_DOWN)], 1, False, PageState.TAKEN_DOWN),
        ("taken down, whichever edition hangs", [ed(1), ed(2, State.TAKEN_DOWN)], 1, False,
         PageState.TAKEN_DOWN),
        ("taken down and put right again", [ed(1, State.TAKEN_DOWN), ed(2)], 2, False,
         PageState.CURRENT),
        ("cancelled before it went out", [ed(1, State.CANCELLED, FUTURE)], 1, False,
         PageState.CANCELLED),
        ("an abandoned draft was never approved", [ed(1, State.CANCELLED, None, None)], 1, False,
         None),
        ("the period is over", [ed(1, closes_on=CLOSED)], 1, False, PageState.PERIOD_OVER),
        ("a personal list is gone", [ed(1, closes_on=CLOSED)], 1, True, PageState.PERIOD_OVER),
        ("also for those who scan an older list", [ed(1), ed(2, closes_on=CLOSED)], 1, True,
         PageState.PERIOD_OVER),
        ("an old paper of an archived notice", [ed(1), ed(2, closes_on=CLOSED)], 1, False,
         PageState.OLDER),
    ],
)  # fmt: skip
def test_the_page_of_a_code_says_first(sentence, editions, scanned, personal, expected):
    assert page_state(editions, scanned, NOW, personal=personal) is expected, sentence


@pytest.mark.parametrize(
    ("sentence", "editions", "personal", "expected"),
    [
        ("a list may not leave the site", [ed(1)], True, PageState.ELSEWHERE),
        ("what is no list may", [ed(1)], False, PageState.CURRENT),
        ("before its moment nothing stands anywhere", [ed(1, State.SCHEDULED, FUTURE)], True,
         PageState.NOT_YET),
        ("a list taken down is not elsewhere", [ed(1, State.TAKEN_DOWN)], True, PageState.TAKEN_DOWN),
        ("its period is over everywhere", [ed(1, closes_on=CLOSED)], True, PageState.PERIOD_OVER),
    ],
)  # fmt: skip
def test_a_copy_of_the_public_site_holds_no_personal_list(sentence, editions, personal, expected):
    assert page_state(editions, 1, NOW, personal=personal, copied=True) is expected, sentence


def test_both_ends_of_a_period_are_shown_in_full():
    closes_on = date(2026, 10, 25)
    midnight = start_of(date(2026, 10, 26))
    assert not is_over(closes_on, midnight - timedelta(seconds=1))
    assert is_over(closes_on, midnight)


@pytest.mark.parametrize("shown", list(PageState))
def test_content_is_never_readable_before_its_moment_nor_after_it_was_taken_down(shown):
    hidden = {
        PageState.NOT_YET,
        PageState.TAKEN_DOWN,
        PageState.CANCELLED,
        PageState.REDACTED,
        PageState.ELSEWHERE,
    }
    assert shows_content(shown, personal=False) == (shown not in hidden)
    assert shows_content(shown, personal=True) == (shown not in hidden | {PageState.PERIOD_OVER})


def test_a_draft_correction_leaves_the_edition_in_force_alone():
    assert in_force([ed(1), ed(2, State.DRAFT, None)], NOW).number == 1
