"""Quorum and votes, as 村民委员会组织法 and 支部工作条例 count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes, count_faults, decision, quorum, rule_words


@pytest.mark.parametrize(
    ("kind", "due", "came", "counts"),
    [
        (MeetingKind.REPRESENTATIVES, 45, 30, True),
        (MeetingKind.REPRESENTATIVES, 45, 29, False),
        (MeetingKind.REPRESENTATIVES, 46, 30, False),
        (MeetingKind.REPRESENTATIVES, 46, 31, True),
        (MeetingKind.ASSEMBLY, 800, 400, False),
        (MeetingKind.ASSEMBLY, 800, 401, True),
        (MeetingKind.ASSEMBLY, 801, 401, True),
        (MeetingKind.HOUSEHOLDS, 300, 200, True),
        (MeetingKind.HOUSEHOLDS, 300, 199, False),
        (MeetingKind.GROUP, 30, 20, True),
        (MeetingKind.PARTY_MEMBERS, 20, 10, True),
        (MeetingKind.PARTY_MEMBERS, 21, 10, False),
        (MeetingKind.BRANCH, 5, 3, True),
        (MeetingKind.COMMITTEES, 9, 1, None),
        (MeetingKind.JOINT, 9, 1, None),
    ],
)
def test_enough_came(kind, due, came, counts):
    assert quorum(kind, due, came).counts is counts


@pytest.mark.parametrize(
    ("kind", "due", "came", "votes", "counts"),
    [
        (MeetingKind.REPRESENTATIVES, 45, 30, Votes(16, 14), True),
        (MeetingKind.REPRESENTATIVES, 45, 30, Votes(15, 15), False),
        (MeetingKind.REPRESENTATIVES, 45, 29, Votes(29), False),
        (MeetingKind.PARTY_MEMBERS, 20, 12, Votes(11, 1), True),
        (MeetingKind.PARTY_MEMBERS, 20, 12, Votes(10, 2), False),
        (MeetingKind.BRANCH, 5, 3, Votes(3), None),
        (MeetingKind.BRANCH, 5, 2, Votes(2), False),
        (MeetingKind.JOINT, 9, 5, Votes(5), None),
    ],
)
def test_enough_agreed(kind, due, came, votes, counts):
    assert decision(kind, due, came, votes).counts is counts


def test_it_is_said_with_the_law():
    said = quorum(MeetingKind.REPRESENTATIVES, 45, 28).words
    assert said == (
        "应到45，实到28（村民代表和村委会成员），不够三分之二以上（30），不能作出决定。依据：《村民委员会组织法》第三十条。"
    )


@given(st.integers(1, 3000), st.integers(0, 3000))
def test_two_thirds_and_more_than_half_are_counted_without_fractions(due, came):
    assert quorum(MeetingKind.REPRESENTATIVES, due, came).counts is (3 * came >= 2 * due)
    assert quorum(MeetingKind.ASSEMBLY, due, came).counts is (2 * came > due)
    assert quorum(MeetingKind.PARTY_MEMBERS, due, came).counts is (2 * came >= due)
    passed = decision(MeetingKind.ASSEMBLY, came or 1, came or 1, Votes(due // 2)).counts
    assert passed is (2 * (due // 2) > (came or 1))


@pytest.mark.parametrize(
    ("due", "came", "votes", "codes"),
    [
        (45, 30, Votes(20, 5, 5), []),
        (0, 0, None, ["due_missing"]),
        (10, 11, None, ["came_too_many"]),
        (10, 9, Votes(8, 2), ["votes_too_many"]),
    ],
)
def test_counts_that_cannot_be_are_named(due, came, votes, codes):
    assert [fault.code for fault in count_faults(due, came, votes, "修渠")] == codes


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (MeetingKind.ASSEMBLY, "十八周岁以上村民，过半数到会（《村民委员会组织法》第二十六条）"),
        (MeetingKind.HOUSEHOLDS, "户，三分之二以上到会（《村民委员会组织法》第二十六条）"),
        (
            MeetingKind.REPRESENTATIVES,
            "村民代表和村委会成员，三分之二以上到会（《村民委员会组织法》第三十条）",
        ),
        (MeetingKind.GROUP, "村民或户，三分之二以上到会（《村民委员会组织法》第三十二条）"),
        (MeetingKind.JOINT, "参会人员，法律没有规定到会人数"),
    ],
)
def test_who_is_counted_is_said_with_the_article_of_2025(kind, words):
    assert rule_words(kind) == words
