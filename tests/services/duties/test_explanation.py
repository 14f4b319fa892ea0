"""为什么是这一天: sentences that an accountant can check by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import a_duty
from support.clock import NOON

from bulletin.domain.days import day_words
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.services.duties import open_matter, record_event
from bulletin.services.duties.explanation import _counting, explanations
from bulletin.services.duties.overview import duty_lines
from bulletin.store.duties import Duty

HOLIDAY = WorkCalendar(
    days_off=frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
    names={date(2026, 10, 1): "国庆节", date(2026, 10, 2): "国庆节"},
    working_weekends=frozenset({date(2026, 10, 10), date(2026, 10, 17)}),
)


def _duty(counted_from, skipped=(), unit="natural", event_on=None):
    return Duty(
        label="2026年第三季度", event_on=event_on,
        calculation={
            "counted_from": counted_from.isoformat() if counted_from else None,
            "unit": unit, "skipped": [day.isoformat() for day in skipped], "provisional": False,
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "rule_on", "words"),
    [
        (_duty(None), date(2026, 10, 15), "所以2026年第三季度最迟2026年10月15日公开。"),
        (
            _duty(date(2026, 9, 30)), date(2026, 10, 10),
            "从2026年9月30日的第二天数起，第10天是10月10日。",
        ),
        (
            _duty(date(2026, 10, 8), event_on=date(2026, 10, 8)), date(2026, 10, 15),
            "从2026年10月8日（登记的日期）的第二天数起，第7天是10月15日。",
        ),
        (
            _duty(date(2026, 10, 20), event_on=date(2026, 10, 20)), date(2026, 10, 15),
            "从2026年10月20日（登记的日期）往前数，第5天是10月15日。",
        ),
        (
            _duty(
                date(2026, 9, 30), unit="working",
                skipped=(date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)),
            ),
            date(2026, 10, 5),
            "从2026年9月30日的第二天数起，第2个工作日是10月5日，其中国庆节2天、周末1天不算。",
        ),
        (  # counted back from a weekend worked to a weekend worked: only the second counts
            _duty(
                date(2026, 10, 17), unit="working", event_on=date(2026, 10, 17),
                skipped=(date(2026, 10, 11),),
            ),
            date(2026, 10, 10),
            "从2026年10月17日（登记的日期）往前数，第6个工作日是10月10日，其中周末1天不算；10月10日是周末，调休上班，算工作日。",
        ),
        (
            _duty(None, event_on=date(2026, 10, 8)), date(2026, 10, 8),
            "登记的日期就是2026年10月8日。",
        ),
    ],
)  # fmt: skip
def test_the_count_is_told_day_by_day(duty, rule_on, words):
    assert _counting(duty, rule_on, HOLIDAY) == words


@given(start=st.dates(date(2024, 1, 1), date(2030, 1, 1)), count=st.integers(1, 60))
def test_the_number_told_is_the_number_counted(start, count):
    calendar = WorkCalendar()
    end, skipped = calendar.count(start, count)
    words = _counting(_duty(start, skipped, "working"), end, calendar)
    assert f"第{count}个工作日是{day_words(end, since=start)}" in words


def test_every_dated_duty_of_a_village_explains_itself_by_rule_and_law(zhangjia):
    lines = [line for line in duty_lines(zhangjia.site, zhangjia.li, NOON) if line.due_on]
    why = explanations(zhangjia.site, zhangjia.li, [line.id for line in lines])
    assert why.keys() == {line.id for line in lines}
    for sentences in why.values():
        assert sentences[0].startswith("目录规定：")
        assert sentences[-1].startswith("依据：《")


def test_what_waits_and_what_is_not_ones_own_is_left_out(zhangjia):
    lines = duty_lines(zhangjia.site, zhangjia.li, NOON)
    waiting = next(line.id for line in lines if line.due_on is None)
    own = a_duty(zhangjia, "finance.quarterly_accounts", NOON)
    assert explanations(zhangjia.site, zhangjia.li, [waiting]) == {}
    assert explanations(zhangjia.site, zhangjia.zhou, [own]) == {}


def test_a_registered_event_is_named_as_the_start(zhangjia):
    lines = duty_lines(zhangjia.site, zhangjia.li, NOON)
    waiting = next(line for line in lines if line.starts_matter and "工程" in line.item)
    opened = open_matter.open_matter(zhangjia.site, zhangjia.li, waiting.id, "渠道工程", NOON)
    duty = opened.duty_id
    record_event.record_event(zhangjia.site, zhangjia.li, duty, date(2026, 10, 9), NOON)
    told = "".join(explanations(zhangjia.site, zhangjia.li, [duty])[duty])
    assert "2026年10月9日（登记的日期）" in told
    assert "没有写几天以内，按10天算。" in told
