"""After a move into a house with rows of its own, old ids lead to new ones by addition."""

from datetime import UTC, datetime

import pytest

from bulletin.domain.history import ChainEntry
from bulletin.domain.transparency.moved_ids import (
    shifted_entry,
    shifted_json,
    shifted_occasion,
    shifted_subject,
)

SHIFT = 2_000_000


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("duty 17", "duty 2000017"),
        ("sent request 3", "sent request 2000003"),
        ("report 1.2026", "report 2000001.2026"),
        ("ledger requests 2026 of township 1", "ledger requests 2026 of township 2000001"),
        ("archive 2025 4", "archive 2025 2000004"),
        ("archive 2025 township", "archive 2025 township"),
        ("duties township", "duties township"),
        ("notice 7KQ2M4XXXX.1", "notice 7KQ2M4XXXX.1"),
        ("township 630223202", "township 630223202"),
        ("village 630223202214", "village 630223202214"),
        ("emergency sheet 2", "emergency sheet 2"),
        ("house", "house"),
    ],
)
def test_what_is_named_by_the_id_of_its_row_is_named_by_the_new_one(before, after):
    assert shifted_subject(before, SHIFT) == after


@pytest.mark.parametrize(
    ("act", "facts", "after"),
    [
        ("hang", {"board": 3, "photo": "ab"}, {"board": 2_000_003, "photo": "ab"}),
        ("appoint", {"village": 0}, {"village": 0}),  # none
        ("begin_inspection", {"village": "630223202214"}, {"village": "630223202214"}),
        ("correct_airing", {"to": 5, "times": 5}, {"to": 2_000_005, "times": 5}),
        ("start", {"duties": "a.b@matter:4:0 c.d@2026-Q3"}, {"duties": "a.b@matter:2000004:0 c.d@2026-Q3"}),
    ],
)  # fmt: skip
def test_facts_that_name_rows_follow_and_figures_stay(act, facts, after):
    at = datetime(2026, 10, 9, tzinfo=UTC)
    entry = ChainEntry(
        number=2, at=at, actor_id=7, actor="李示例", act=act, subject="duty 1", facts=facts,
        previous="a", hash="b",
    )  # fmt: skip
    shifted = shifted_entry(entry, SHIFT)
    assert (shifted.facts, shifted.actor_id) == (after, 2_000_007)
    assert shifted.hash == "b"  # of the entry as it was written
    assert shifted_entry(entry, 0) is entry


def test_occasions_and_columns_of_json_follow():
    assert shifted_occasion("matter:4:1.2", SHIFT) == "matter:2000004:1.2"
    before = {"due": 5, "decisions": [{"id": 9, "votes": [3, 1, 0]}]}
    after = {"due": 5, "decisions": [{"id": 2_000_009, "votes": [3, 1, 0]}]}
    assert shifted_json(before, {"decisions": {"id": {}}}, SHIFT) == after
