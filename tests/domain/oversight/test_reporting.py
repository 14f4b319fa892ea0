"""By when material is handed in, how that stands, and with which words somebody is reminded."""

from datetime import date

import pytest

from bulletin.domain.oversight.reporting import (
    ReminderFacts,
    ReportState,
    reminder_text,
    report_by,
    report_state,
)


def day(number):
    return date(2026, 10, number)


def test_material_comes_so_many_days_before_it_is_public():
    assert report_by(day(15), 5) == day(10)
    assert report_by(day(15), 0) == day(15)


@pytest.mark.parametrize(
    ("by", "reported", "today", "state"),
    [
        (20, None, 9, ReportState.NOT_YET), (20, None, 13, ReportState.SOON),
        (20, None, 20, ReportState.SOON), (20, None, 21, ReportState.MISSING),
        (20, 20, 21, ReportState.ON_TIME), (20, 21, 21, ReportState.LATE),
        (20, 22, 21, ReportState.MISSING),
    ],
)  # fmt: skip
def test_a_report_stands_as_of_a_day(by, reported, today, state):
    reported_on = day(reported) if reported else None
    assert report_state(day(by), reported_on, day(today)) is state


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (9, "请在10月10日前报来"),
        (10, "请在10月10日前报来"),
        (12, "已经逾期2天，请尽快报来"),
    ],
)
def test_a_reminder_says_what_until_when_and_whom_to_call(today, words):
    facts = ReminderFacts(
        department="财政所",
        contact="何示例",
        what="乡镇财政收支情况（2026年第三季度）",
        by=day(10),
        public_by=day(15),
        office="红崖子沟乡政务公开办公室",
        phone="0972-8321111",
    )
    assert reminder_text(facts, day(today)) == (
        f"财政所何示例：乡镇财政收支情况（2026年第三季度）的公开材料{words}，"
        "最迟10月15日要公开。红崖子沟乡政务公开办公室，电话0972-8321111"
    )
