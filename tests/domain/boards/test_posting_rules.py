"""What a record of hanging may say, new or corrected: a table of slips and of what is right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.boards.posting_rules import (
    CorrectionFacts,
    HangingSpan,
    correction_refusals,
    day_refusals,
)

PRINTED, TODAY = date(2026, 10, 9), date(2026, 10, 20)
HERE, THERE = 1, 2


def _day(number):
    return date(2026, 10, number)


def _facts(after, **facts):
    base = CorrectionFacts(
        before=HangingSpan(HERE, _day(10)),
        after=after,
        today=TODAY,
        sheet_from=PRINTED,
        at_home=True,
    )
    return replace(base, **facts)


def _codes(after, *, against_photo=False, **facts):
    refusals = correction_refusals(_facts(after, **facts), against_photo=against_photo)
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(
    ("hung", "down", "codes"),
    [
        (9, None, []),  # on the day of its printing
        (9, 9, []),  # up and off on one day
        (8, None, ["before_sheet"]),
        (21, None, ["in_future"]),
        (10, 21, ["in_future"]),
        (12, 11, ["down_before_hung"]),
        (8, 7, ["down_before_hung", "before_sheet"]),
    ],
)
def test_a_paper_hangs_between_its_printing_and_today(hung, down, codes):
    days = _day(hung), _day(down) if down else None
    refusals = day_refusals(*days, today=TODAY, sheet_from=PRINTED)
    assert [refusal.code for refusal in refusals] == codes


@pytest.mark.parametrize(
    ("after", "facts", "codes"),
    [
        (HangingSpan(HERE, _day(11)), {}, []),
        (HangingSpan(THERE, _day(10)), {}, []),
        (HangingSpan(HERE, _day(10), _day(12)), {}, []),
        (HangingSpan(HERE, _day(10)), {}, ["nothing_changed"]),
        (HangingSpan(THERE, _day(10)), {"at_home": False}, ["other_village"]),
        (HangingSpan(HERE, _day(1)), {}, ["before_sheet"]),
        # this very edition is recorded there twice
        (HangingSpan(THERE, _day(10)), {"same_edition": [HangingSpan(THERE, _day(12))]}, ["already_hangs"]),
        (HangingSpan(THERE, _day(10), _day(12)), {"same_edition": [HangingSpan(THERE, _day(12))]}, []),
        # a newer edition took the place over there
        (HangingSpan(THERE, _day(10)), {"newer": [(2, HangingSpan(THERE, _day(12)))]}, ["newer_hangs"]),
        (HangingSpan(THERE, _day(10), _day(12)), {"newer": [(2, HangingSpan(THERE, _day(12)))]}, []),
        # both were seen beside each other before: that is no news
        (HangingSpan(HERE, _day(11)), {"newer": [(2, HangingSpan(HERE, _day(12)))]}, []),
    ],
)  # fmt: skip
def test_a_correction_is_refused_for_what_cannot_be(after, facts, codes):
    assert _codes(after, **facts) == codes


@pytest.mark.parametrize(
    ("after", "codes"),
    [
        (None, ["against_photo"]),  # it never hung
        (HangingSpan(THERE, _day(10)), ["against_photo"]),
        (HangingSpan(HERE, _day(16)), ["against_photo"]),  # after it was seen
        (HangingSpan(HERE, _day(10), _day(14)), ["against_photo"]),  # off before it was seen
        (HangingSpan(HERE, _day(10), _day(15)), []),
        (HangingSpan(HERE, _day(15)), []),
    ],
)
def test_a_photograph_is_not_contradicted_without_saying_so(after, codes):
    assert _codes(after, seen_on=[_day(15)]) == codes
    assert _codes(after, seen_on=[_day(15)], against_photo=True) == []


DAYS = st.integers(0, 12)
SPANS = st.tuples(DAYS, st.none() | DAYS).filter(lambda span: span[1] is None or span[1] >= span[0])


@given(SPANS, SPANS)
def test_two_papers_overlap_when_one_night_saw_both(first, second):
    spans = [
        HangingSpan(HERE, PRINTED + timedelta(up), None if off is None else PRINTED + timedelta(off))
        for up, off in (first, second)
    ]  # fmt: skip
    # Counted by nights: a paper that came off on a day was not there in the night after it.
    nights = [set(range(up, 40 if off is None else off)) for up, off in (first, second)]
    instant = [
        set() if night else {up} for night, (up, _) in zip(nights, (first, second), strict=True)
    ]
    inside = any(
        point in range(up + 1, 40 if off is None else off)
        for points, (up, off) in zip(instant, (second, first), strict=True)
        for point in points
    )
    assert spans[0].overlaps(spans[1]) is spans[1].overlaps(spans[0])
    assert spans[0].overlaps(spans[1]) is bool(nights[0] & nights[1] or inside)
