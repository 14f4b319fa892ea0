"""Whoever changes a request, a letter or a closed year behind the back of the site is found by verify."""

from datetime import date

import pytest
from sqlalchemy import text
from support.clock import NOON
from support.information_requests import a_request

from bulletin.domain.days import village_day
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.oversight.requests.letters import LetterKind
from bulletin.services.operations.verify import verify
from bulletin.services.oversight.registers.close_year import close_year
from bulletin.services.oversight.requests.answer import answer
from bulletin.services.oversight.requests.papers.issue_letter import issue_letter
from bulletin.services.oversight.requests.papers.letters import draft_letter
from bulletin.services.oversight.requests.receive import receive


@pytest.fixture
def kept(zhangjia):
    """A request that was answered by letter, in a year that is closed."""
    site, wang = zhangjia.site, zhangjia.wang
    asked = receive(site, wang, a_request(date(2025, 12, 1)), NOON)
    answer(site, wang, asked, village_day(NOON), "disclosed", "寄出", NOON)
    draft = draft_letter(site, wang, asked, LetterKind.ANSWER, None, NOON)
    issue_letter(site, wang, asked, draft, NOON)
    close_year(site, wang, LedgerKind.REQUESTS, 2025, "王主任", NOON)
    assert verify(site).sound
    return site


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ("UPDATE information_request SET outcome = 'withdrawn'", "request 1"),
        ("UPDATE information_request SET ended_on = '2026-10-08'", "request 1"),
        ("UPDATE request_letter SET pdf = 'abcd'", "a letter of request 1"),
        ("DELETE FROM request_letter", "a letter of request 1"),
        ("UPDATE year_closing SET sealed_table = 'abcd'", "ledger requests 2025 of township 1"),
        ("DELETE FROM year_closing", "ledger requests 2025 of township 1"),
    ],
)
def test_what_was_changed_in_the_database_is_named(kept, changed, what):
    with kept.sessions.engine.begin() as connection:
        connection.execute(text(changed))
    assert what in {each.what for each in verify(kept).altered}


def test_a_letter_whose_file_was_changed_or_is_gone_is_named(kept):
    with kept.sessions.engine.connect() as connection:
        (digest,) = connection.execute(text("SELECT pdf FROM request_letter")).scalars()
    file = kept.files.folder / digest[:2] / digest
    file.write_bytes(file.read_bytes() + b" ")
    assert [each.what for each in verify(kept).altered] == ["letter 1 of request 1"]
    file.unlink()
    assert [each.how for each in verify(kept).altered] == ["is missing"]
