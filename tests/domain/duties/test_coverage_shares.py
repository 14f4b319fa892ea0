"""Shares: nothing that lacks is rounded away, and the worst comes first."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.duties.coverage_shares import Share, share_of, worst_first


@dataclass(frozen=True)
class Row:
    counts: Counter


@pytest.mark.parametrize(
    ("on_time", "owed", "percent"),
    [(0, 0, None), (0, 9, 0), (9, 9, 100), (1, 1000, 1), (999, 1000, 99), (2, 3, 66)],
)
def test_a_share_says_all_and_nothing_only_of_all_and_nothing(on_time, owed, percent):
    assert Share(on_time, owed).percent == percent


def test_what_is_not_due_yet_counts_neither_way():
    counts = Counter(dict.fromkeys(CoverageState, 1))
    assert share_of(counts) == Share(1, 8)


@given(st.lists(st.dictionaries(st.sampled_from(CoverageState), st.integers(0, 9)), max_size=6))
def test_no_row_stands_before_a_worse_one(rows):
    ordered = worst_first([Row(Counter(each)) for each in rows])
    shares = [share_of(row.counts) for row in ordered]
    for one, next_one in pairwise(shares):
        if next_one.owed:
            assert one.owed
            assert one.on_time * next_one.owed <= next_one.on_time * one.owed
