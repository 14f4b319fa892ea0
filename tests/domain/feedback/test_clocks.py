"""By which day a question is answered: the province's days, else the township's own, said as such."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import SCHEDULES

from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.errors import Misconfigured
from bulletin.domain.feedback.clocks import PRINTED, ReplyClock, reply_limit
from bulletin.domain.feedback.kinds import Level
from bulletin.domain.objections.lines import DayCount
from bulletin.schedules.replies import load_replies

RULES = load_replies(SCHEDULES / "replies.yaml")
ASKED = date(2026, 10, 9)  # a Friday
PLAIN = WorkCalendar(moves_ends=False)


def limit(code="630223202214", level=Level.VILLAGE, printed=None):
    return reply_limit(
        RULES, code, level, own_days=10, printed=printed, from_on=ASKED, calendar=PLAIN
    )


@pytest.mark.parametrize(
    ("province", "level", "days"),
    [
        ("51", Level.VILLAGE, 10), ("51", Level.TOWNSHIP, 20), ("51", Level.COUNTY, 20),
        ("50", Level.VILLAGE, 3), ("50", Level.TOWNSHIP, 10),
        ("37", Level.VILLAGE, 5), ("31", Level.VILLAGE, 15), ("46", Level.VILLAGE, 15),
    ],
)  # fmt: skip
def test_a_province_sets_the_days_by_its_own_rules(province, level, days):
    found = limit(f"{province}0223202214", level)
    assert (found.within.days, found.is_own) == (days, False)
    assert "条" in found.words


@pytest.mark.parametrize(
    ("code", "level"),
    [("630223202214", Level.VILLAGE), ("630223202", Level.TOWNSHIP), ("370000001", Level.TOWNSHIP)],
)
def test_where_the_province_has_none_the_days_are_the_townships_own_and_said_to_be(code, level):
    found = limit(code, level)
    assert (found.within.days, found.is_own) == (10, True)
    assert found.words == "10日内（乡镇自己定的）"


@pytest.mark.parametrize(
    ("code", "promised", "days", "basis"),
    [
        ("630223202214", 7, 7, PRINTED), ("630223202214", 12, 12, PRINTED),
        ("510000001", 7, 7, PRINTED), ("500000001", 7, 3, RULES["50"].basis),
    ],
)  # fmt: skip
def test_what_the_paper_promised_holds_unless_the_province_gives_less(code, promised, days, basis):
    found = limit(code, printed=DayCount(promised))
    assert (found.within.days, found.basis) == (days, basis)


def test_the_last_day_moves_behind_days_off_where_the_township_counts_so():
    found = limit(printed=DayCount(1))  # Saturday
    assert found.due_on(ASKED, WorkCalendar()) == date(2026, 10, 12)
    assert found.due_on(ASKED, PLAIN) == date(2026, 10, 10)


@given(st.integers(0, 60), st.integers(0, 60))
def test_an_answer_is_late_or_not_whenever_it_comes(due, answered):
    due_on, answered_on = ASKED + timedelta(due), ASKED + timedelta(answered)
    clock = ReplyClock(
        level=Level.VILLAGE, started_on=ASKED, due_on=due_on, answered_on=answered_on
    )
    assert clock.was_late is (answered > due)
    assert not clock.is_overdue(answered_on)
    waiting = ReplyClock(level=Level.VILLAGE, started_on=ASKED, due_on=due_on)
    assert waiting.is_overdue(answered_on) is (answered > due)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {code: '5', province: 四川, basis: 甲, days: {village: 3}}", "first two digits"),
        ("- {code: '51', province: 四川, basis: 甲, days: {village: 0}}", "whole number"),
        ("- {code: '51', province: 四川, basis: 甲, days: {township: 3}}", "'village' is missing"),
        ("- {code: '51', province: 四川, basis: 甲, days: {village: 3, city: 3}}", "unknown key"),
        ("- {code: '51', province: 四川, basis: 甲, days: {village: 3}}\n" * 2, "stands twice"),
    ],
)
def test_a_wrong_file_says_where_and_what(tmp_path, text, said):
    (tmp_path / "replies.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=said):
        load_replies(tmp_path / "replies.yaml")
