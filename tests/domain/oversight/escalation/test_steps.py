"""Which step of 督办 may follow, and until when its day may be moved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import SCHEDULES

from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.errors import Misconfigured
from bulletin.domain.oversight.escalation.course import why_no_extension
from bulletin.domain.oversight.escalation.steps import (
    EscalationStep,
    IssuedStep,
    latest_due,
    offered_step,
)
from bulletin.schedules.escalation import load_escalation

RULES = load_escalation(SCHEDULES / "escalation.yaml")
DUE = date(2026, 10, 9)
CALENDAR = WorkCalendar()
ORDER, CIRCULAR, CASE = EscalationStep


def on(days, newest=None):
    return offered_step(DUE, newest, RULES, DUE + timedelta(days=days))


def test_the_first_step_is_an_order_after_ten_days():
    assert on(9) is None
    offer = on(10)
    assert offer.step is ORDER
    assert "应于10月9日完成，迟了10天" in offer.why
    assert latest_due(RULES, DUE + timedelta(days=10)) == DUE


@pytest.mark.parametrize(("before", "days", "after"), [(ORDER, 5, CIRCULAR), (CIRCULAR, 10, CASE)])
def test_the_next_step_waits_for_the_day_of_the_one_before(before, days, after):
    newest = IssuedStep(before, DUE, is_closed=False)
    assert on(days - 1, newest) is None
    assert on(days, newest).step is after


def test_nothing_follows_a_case_or_what_a_person_closed():
    assert on(999, IssuedStep(CASE, DUE, is_closed=False)) is None
    assert on(999, IssuedStep(ORDER, DUE, is_closed=True)) is None


@given(st.integers(0, 400), st.sampled_from(EscalationStep), st.booleans(), st.integers(0, 400))
def test_a_step_is_never_skipped_and_never_taken_twice(days, step, is_closed, until):
    newest = IssuedStep(step, DUE + timedelta(days=until), is_closed)
    offer = on(days, newest)
    if offer is not None:
        steps = list(EscalationStep)
        assert steps.index(offer.step) == steps.index(step) + 1
        assert days > until  # never before the day by which the village answers
        assert not is_closed


def test_the_day_of_the_answer_counts_working_days():
    friday = date(2026, 10, 9)
    assert RULES.answer_by(ORDER, friday, CALENDAR) == date(2026, 10, 23)


@pytest.mark.parametrize(
    ("until", "taken", "today", "codes"),
    [
        (date(2026, 10, 30), 0, DUE, []),
        (date(2026, 10, 31), 0, DUE, ["extension_days"]),
        (DUE, 0, DUE, ["extension_days"]),
        (date(2026, 10, 12), 1, DUE, ["extended_before"]),
        (date(2026, 10, 12), 0, DUE + timedelta(days=1), ["extended_late"]),
    ],
)
def test_an_extension_is_one_in_time_and_of_at_most_fifteen_days(until, taken, today, codes):
    reasons = why_no_extension(DUE, until, taken, RULES, today, CALENDAR)
    assert [each.code for each in reasons] == codes


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("answer: 15\n    public: false", "answer: 15\n    public: true", "never public"),
        ("public: true", "public: maybe", "true or false"),
        ("after: 5", "after: 0", "whole number"),
        ("  circular:", "  shaming:", "unknown key"),
    ],
)
def test_rules_that_break_the_law_are_refused(tmp_path, before, after, said):
    text = (SCHEDULES / "escalation.yaml").read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "escalation.yaml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Misconfigured, match=said):
        load_escalation(file)
