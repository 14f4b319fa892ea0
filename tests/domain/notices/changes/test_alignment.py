"""What belongs together in two lists, what came, went and moved."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.notices.changes.alignment import align
from bulletin.domain.notices.changes.words import likeness


def aligned(before, after):
    pairs = align(before, after, keys=[lambda each: each], likeness=likeness)
    sign = {True: "~", False: ""}
    return " ".join(
        f"{'-' if p.before is None else before[p.before]}>{'-' if p.after is None else after[p.after]}{sign[p.moved]}"
        for p in pairs
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("abc", "abc", "a>a b>b c>c"),
        ("abc", "ac", "a>a b>- c>c"),
        ("ac", "abc", "a>a ->b c>c"),
        ("abcd", "dabc", "d>d~ a>a b>b c>c"),
        ("abcd", "bcda", "b>b c>c d>d a>a~"),
        ("aab", "ab", "a>a a>- b>b"),
        ("", "a", "->a"),
        ("a", "", "a>-"),
    ],
)
def test_items_are_paired_in_the_order_of_the_later_list(before, after, said):
    assert aligned(before, after) == said


def test_a_changed_neighbour_is_the_same_item_and_one_that_moved_too():
    before = ["各位村民", "支出三千元用于路灯", "收入两万元来自拨款", "特此公告"]
    after = ["各位村民", "收入两万一千元来自拨款", "特此公告", "支出三千元用于路灯灯杆"]
    pairs = align(before, after, keys=[lambda each: each], likeness=likeness)
    assert [(p.before, p.after, p.moved) for p in pairs] == [
        (0, 0, False),
        (2, 1, False),
        (3, 2, False),
        (1, 3, True),
    ]


items = st.lists(st.sampled_from("abcdef"), max_size=9)


def longest_in_order(places):
    """Counted by trying: the most that can stay."""
    for size in range(len(places), 0, -1):
        if any(list(some) == sorted(some) for some in combinations(places, size)):
            return size
    return 0


@given(before=items, after=items)
def test_every_item_is_there_once_and_as_few_as_can_be_moved(before, after):
    pairs = align(before, after, keys=[lambda each: each])
    assert sorted(p.before for p in pairs if p.before is not None) == list(range(len(before)))
    assert [p.after for p in pairs if p.after is not None] == list(range(len(after)))
    both = [p for p in pairs if p.before is not None and p.after is not None]
    assert all(before[p.before] == after[p.after] for p in both)
    stayed = [p.before for p in both if not p.moved]
    assert stayed == sorted(stayed)
    assert len(stayed) == longest_in_order([p.before for p in both])
    came = [after[p.after] for p in pairs if p.before is None]
    assert not set(came) & {before[p.before] for p in pairs if p.after is None}
