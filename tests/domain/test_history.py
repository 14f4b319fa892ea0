"""The chain: whatever is changed, left out or cut off shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.history import GENESIS, ChainEntry, WithheldEntry, breaks, entry_hash

START = datetime(2026, 10, 9, 4, tzinfo=UTC)


def an_entry(number, at, facts, previous):
    content = {
        "number": number,
        "at": at,
        "actor_id": 7,
        "actor": "李示例",
        "act": "submit",
        "subject": "notice X.1",
        "facts": facts,
        "previous": previous,
    }
    return ChainEntry(**content, hash=entry_hash(**content))


def chain(length):
    entries, previous = [], GENESIS
    for number in range(1, length + 1):
        at, facts = START + timedelta(minutes=number), {"fingerprint": "f" * 64}
        entries.append(an_entry(number, at, facts, previous))
        previous = entries[-1].hash
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
    entries[4] = an_entry(5, START, {"fingerprint": "0" * 64}, entries[3].hash)
    assert [b.number for b in breaks(entries, head)] == [5]


def test_the_zone_in_which_a_moment_is_written_changes_nothing():
    there = START.astimezone(ZoneInfo("Asia/Shanghai"))
    assert an_entry(1, START, {}, GENESIS).hash == an_entry(1, there, {}, GENESIS).hash


def test_an_entry_of_others_is_held_by_the_one_after_it():
    entries, head = chain(4)
    first, *withheld, last = [
        WithheldEntry(each.number, each.hash) if each.number in {2, 3} else each for each in entries
    ]
    assert list(breaks([first, *withheld, last], head)) == []
    (fault,) = breaks([first, withheld[0], replace(withheld[1], hash="0" * 64), last], head)
    assert (fault.number, fault.reason) == (4, "does not continue the entry before it")
