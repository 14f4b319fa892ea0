"""What came of the questions of half a year."""

from datetime import date

import pytest

from bulletin.domain.feedback.half_year import AskedFacts, TermFacts, half_year_counts
from bulletin.domain.feedback.kinds import FeedbackChannel, FeedbackKind, Level, NotTaken

TODAY = date(2026, 10, 20)


def asked(number, village_id=1, **facts):
    plain = {
        "kind": FeedbackKind.QUESTION,
        "channel": FeedbackChannel.WEB,
        "not_taken": None,
        "is_joint": False,
    }
    return AskedFacts(number, village_id, **plain | facts)


def term(number, level=Level.VILLAGE, due=10, answered=None):
    day = date(2026, 10, answered) if answered else None
    return TermFacts(number, level, date(2026, 10, due), day)


@pytest.mark.parametrize(
    ("due", "answered", "ended"),
    [
        (10, 10, "on_time"), (10, 11, "late"), (19, None, "failed"),
        (20, None, "running"), (25, None, "running"),
    ],
)  # fmt: skip
def test_a_term_ends_in_one_of_four_ways(due, answered, ended):
    counts = half_year_counts([asked(1)], [term(1, due=due, answered=answered)], TODAY)
    own = counts.places[1].first
    assert getattr(own, ended) == own.total == 1


def test_a_question_that_went_above_twice_went_above_once():
    terms = [
        term(1),
        term(1, Level.TOWNSHIP, answered=9),
        term(1, Level.TOWNSHIP, answered=10),
        term(1, Level.COUNTY, due=30),
    ]
    counts = half_year_counts([asked(1), asked(2)], terms, TODAY)
    assert (counts.asked, counts.above) == (2, 1)
    assert counts.of_level(Level.TOWNSHIP).on_time == 2
    assert counts.of_level(Level.COUNTY).running == 1
    assert counts.of_level(Level.VILLAGE).failed == 1


def test_what_was_asked_of_the_township_did_not_go_above():
    counts = half_year_counts([asked(1, None)], [term(1, Level.TOWNSHIP)], TODAY)
    assert counts.above == 0


def test_kinds_channels_and_reasons_are_counted():
    counts = half_year_counts(
        [
            asked(1, kind=FeedbackKind.OBJECTION, is_joint=True),
            asked(2, channel=FeedbackChannel.PHONE, not_taken=NotTaken.PETITION),
        ],
        [],
        TODAY,
    )
    assert counts.kinds == {FeedbackKind.OBJECTION: 1, FeedbackKind.QUESTION: 1}
    assert counts.channels[FeedbackChannel.PHONE] == 1
    assert (counts.joint, counts.not_taken[NotTaken.PETITION]) == (1, 1)
