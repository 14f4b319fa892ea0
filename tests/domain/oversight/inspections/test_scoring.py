"""Points and levels: the same marks give the same level, and what failed is asked again."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import SCHEDULES

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.errors import Misconfigured
from bulletin.domain.oversight.inspections.cadence import periods_open
from bulletin.domain.oversight.inspections.form import (
    CriterionMark,
    CriterionWeight,
    InspectionKind,
    KnownFact,
)
from bulletin.domain.oversight.inspections.scoring import (
    asked_again,
    level_of,
    score_of,
    scores_by_question,
)
from bulletin.schedules.inspections import load_inspections

FORM = load_inspections(SCHEDULES / "inspections.yaml")
KEYS = [each.key for each in FORM.criteria]
MARKS = st.fixed_dictionaries({key: st.sampled_from(CriterionMark) for key in KEYS})
ALL_MET = dict.fromkeys(KEYS, CriterionMark.MET)


def score(marks, criteria=FORM.criteria):
    return score_of(criteria, marks, FORM.points)


def rank(marks):
    """The place of the level, 0 the highest."""
    return FORM.levels.index(level_of(score(marks), FORM.levels))


@given(MARKS, st.sampled_from(KEYS))
def test_mending_something_never_lowers_the_level(marks, key):
    mended = marks | {key: CriterionMark.MET}
    assert rank(mended) <= rank(marks | {key: CriterionMark.UNMET})


@given(MARKS)
def test_the_highest_level_needs_everything_essential(marks):
    failed = [
        each
        for each in FORM.criteria
        if each.weight is CriterionWeight.ESSENTIAL and marks[each.key] is CriterionMark.UNMET
    ]
    if failed:
        assert rank(marks) > 0


@given(MARKS)
def test_what_does_not_apply_counts_neither_way(marks):
    applying = tuple(
        each for each in FORM.criteria if marks[each.key] is not CriterionMark.NOT_APPLICABLE
    )
    assert score(marks) == score(marks, applying)


@given(MARKS, st.randoms())
def test_the_order_of_the_form_changes_nothing(marks, random):
    shuffled = list(FORM.criteria)
    random.shuffle(shuffled)
    assert score(marks) == score(marks, shuffled)


@given(MARKS)
def test_a_second_round_asks_exactly_what_failed(marks):
    again = asked_again(FORM.criteria, marks)
    assert {each.key for each in again} == {
        k for k, mark in marks.items() if mark is CriterionMark.UNMET
    }
    mended = marks | {each.key: CriterionMark.MET for each in again}
    assert asked_again(FORM.criteria, mended) == ()


@given(MARKS)
def test_the_four_questions_add_up_to_the_whole(marks):
    parts = scores_by_question(FORM, marks).values()
    whole = score(marks)
    assert sum(part.points for part in parts) == whole.points
    assert sum(part.of for part in parts) == whole.of


@given(MARKS)
def test_a_hundred_per_cent_is_said_only_of_everything(marks):
    percent = score(marks).percent
    assert (percent == 100) == (bool(score(marks).of) and CriterionMark.UNMET not in marks.values())


def test_what_nobody_answered_was_not_met():
    marks = dict(ALL_MET)
    del marks[KEYS[0]]
    assert score(marks) == score(ALL_MET | {KEYS[0]: CriterionMark.UNMET})


def test_where_nothing_applied_nothing_is_excellent():
    nothing = score(dict.fromkeys(KEYS, CriterionMark.NOT_APPLICABLE))
    assert nothing.percent is None
    assert level_of(nothing, FORM.levels) == FORM.levels[-1]


def test_weights_are_three_two_and_one():
    assert FORM.points == {
        CriterionWeight.ESSENTIAL: 3,
        CriterionWeight.MANDATORY: 2,
        CriterionWeight.RECOMMENDED: 1,
    }


def test_no_fact_counts_readers_or_clicks():
    words = " ".join([*KnownFact, *(fact.label for fact in KnownFact)])
    for counted in ("click", "view", "read", "visit", "浏览", "点击", "访问", "阅读"):
        assert counted not in words


def test_a_day_says_why_it_is_that_one():
    november = Period.parse("2026-11")
    cadence = FORM.cadences[InspectionKind.SELF_CHECK]
    assert cadence.due_on(november) == date(2026, 12, 5)
    said = cadence.why(november)
    assert "每月一次" in said
    assert "2026年11月30日" in said
    assert "再给5天" in said
    assert "第三十七条" in said


def test_only_this_period_and_the_one_before_are_open():
    def open_on(*day, since=date(2026, 1, 1)):
        return [each.key for each in periods_open(Every.MONTH, since, date(*day))]

    assert open_on(2026, 11, 1) == ["2026-10", "2026-11"]
    assert open_on(2026, 11, 30, since=date(2026, 11, 1)) == ["2026-11"]
    assert open_on(2026, 10, 31, since=date(2026, 11, 1)) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("essential: 100", "essential: 99", "100 per cent"),
        ("share: 0, essential: 0", "share: 10, essential: 0", "ask for nothing"),
        ("share: 75", "share: 95", "does not ask for less"),
        ("fact: on_time", "fact: page_views", "is none of"),
        ("key: finance,", "key: published,", "stands twice"),
        ("every: [month]", "every: [fortnight]", "is none of"),
    ],
)
def test_a_form_that_breaks_the_rules_is_refused(tmp_path, before, after, said):
    text = (SCHEDULES / "inspections.yaml").read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "inspections.yaml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Misconfigured, match=said):
        load_inspections(file)


def test_a_form_of_one_criterion_has_whole_levels():
    one = replace(FORM, criteria=FORM.criteria[:1])
    assert level_of(score(ALL_MET, one.criteria), one.levels).words == "优秀"
    assert level_of(score({}, one.criteria), one.levels).words == "不合格"
