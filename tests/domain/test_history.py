"""The chain: whatever is changed, left out or cut off shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.history import GENESIS, ChainEntry, breaks, entry_hash

START = datetime(2026, 10, 9, 4, tzinfo=UTC)


def chain(length):
    entries, previous = [], GENESIS
    for number in range(1, length + 1):
        at, facts = START + timedelta(minutes=number), {"fingerprint": "f" * 64}
        digest = entry_hash(number, at, 7, "李示例", "submit", "notice X.1", facts, previous)
        entries.append(
            ChainEntry(number, at, 7, "李示例", "submit", "notice X.1", facts, previous, digest)
        )
        previous = digest
    return entries, (length, previous)


def test_an_untouched_chain_holds():
    entries, head = chain(20)
    assert list(breaks(entries, head)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": START},
        {"actor_id": 8},
        {"actor": "周示例"},
        {"act": "approve"},
        {"subject": "notice Y.1"},
        {"facts": {"fingerprint": "0" * 64}},
        {"facts": {}},
    ],
)
def test_a_changed_entry_is_named(change):
    entries, head = chain(5)
    entries[2] = replace(entries[2], **change)
    assert [b.number for b in breaks(entries, head)] == [3]


@given(st.integers(1, 12), st.data())
def test_a_missing_entry_is_named_wherever_it_stood(length, data):
    entries, head = chain(length)
    gone = data.draw(st.integers(0, length - 1))
    del entries[gone]
    assert list(breaks(entries, head))


def test_a_rewritten_tail_does_not_fit_the_head_that_was_printed():
    entries, head = chain(5)
    at, facts = START, {"fingerprint": "0" * 64}
    digest = entry_hash(5, at, 7, "李示例", "submit", "notice X.1", facts, entries[3].hash)
    entries[4] = ChainEntry(
        5, at, 7, "李示例", "submit", "notice X.1", facts, entries[3].hash, digest
    )
    assert [b.number for b in breaks(entries, head)] == [5]


def test_the_zone_in_which_a_moment_is_written_changes_nothing():
    there = START.astimezone(ZoneInfo("Asia/Shanghai"))
    one = entry_hash(1, START, None, "时钟", "publish", "x", {}, GENESIS)
    assert one == entry_hash(1, there, None, "时钟", "publish", "x", {}, GENESIS)
