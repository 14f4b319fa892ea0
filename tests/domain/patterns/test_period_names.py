"""The period rolls on wherever a text names it, in its own spelling, and nothing else is touched."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.patterns.period_names import months_renamed, period_names, renamed


def rolled(text, old, new):
    return renamed(text, Period.parse(old), Period.parse(new))


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("2026-Q3", "2026-Q4", "2026年第三季度财务", "2026年第四季度财务"),
        ("2026-Q3", "2026-Q4", "三季度、第3季度", "四季度、第4季度"),
        ("2026-Q3", "2026-Q4", "２０２６年第３季度", "２０２６年第４季度"),
        ("2026-Q3", "2026-Q4", "二〇二六年三季度", "二〇二六年四季度"),
        ("2026-Q3", "2026-Q4", "2026 年 第三 季度", "2026 年 第四 季度"),
        ("2026-Q3", "2026-Q4", "2026Q3收支", "2026Q4收支"),
        ("2026-Q3", "2026-Q4", "7—9月，7月至9月，七至九月", "10—12月，10月至12月，十至十二月"),
        ("2026-Q3", "2026-Q4", "7、8、9月份", "10、11、12月份"),
        ("2026-Q3", "2026-Q4", "2026年7月1日至9月30日", "2026年10月1日至12月31日"),
        ("2026-Q3", "2026-Q4", "2026.07.01-2026.09.30", "2026.10.01-2026.12.31"),
        ("2026-Q3", "2026-Q4", "截至9月30日，截止2026年9月底", "截至12月31日，截止2026年12月底"),
        ("2026-Q3", "2026-Q4", "截至九月三十日", "截至十二月三十一日"),
        ("2026-Q3", "2026-Q4", "9月30日结余，自7月1日起", "12月31日结余，自10月1日起"),
        ("2026-Q3", "2026-Q4", "1—9月累计", "1—12月累计"),
        ("2026-Q4", "2027-Q1", "2026年的第四季度，2026第四季度", "2027年的第一季度，2027第一季度"),
        ("2026-Q3", "2026-Q4", "截止时间：2026年9月30日", "截止时间：2026年12月31日"),
        ("2026-Q3", "2026-Q4", "（7.1—9.30）", "（10.1—12.31）"),
        ("2026-09", "2026-10", "2026年9月1日—30日", "2026年10月1日—31日"),
        ("2026-Q1", "2026-Q2", "1-3月支出，1-3月累计", "4-6月支出，1-6月累计"),
        ("2026-Q4", "2027-Q1", "2026年第四季度，第四季度", "2027年第一季度，第一季度"),
        ("2026-Q4", "2027-Q1", "一、四季度收入\n二、四季度支出", "一、一季度收入\n二、一季度支出"),
        ("2026-09", "2026-10", "9月份、九月、2026年9月", "10月份、十月、2026年10月"),
        ("2026-09", "2026-10", "9月1日至9月30日，9月底", "10月1日至10月31日，10月底"),
        ("2026-09", "2026-10", "2026-09，2026.09", "2026-10，2026.10"),
        ("2026-12", "2027-01", "2026年12月，1-12月累计", "2027年1月，1月累计"),
        ("2026-01", "2026-02", "1月31日止", "2月28日止"),
        ("2026-H1", "2026-H2", "2026年上半年，1-6月", "2026年下半年，7-12月"),
        ("2026-H2", "2027-H1", "2026年下半年截至12月31日", "2027年上半年截至6月30日"),
        ("2026", "2027", "2026年度，2026年，二〇二六年", "2027年度，2027年，二〇二七年"),
        ("2026", "2027", "截至2026年12月31日", "截至2027年12月31日"),
        ("2026-B4", "2026-B5", "7-8月，7、8月，2026年7月和8月", "9-10月，9、10月，2026年9月和10月"),
        ("2026-Q3", "2026-10", "2026年第三季度，第三季度", "2026年10月，10月"),
    ],
)
def test_what_names_the_period_names_the_new_one(old, new, before, after):
    assert rolled(before, old, new) == after


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("2026-Q3", "2025年第三季度、去年第三季度、第四季度计划、第二季度结转"),
        ("2026-Q3", "8月份电费，9月10日召开会议，9月30日开会"),
        ("2026-Q3", "每年9月底前，2026年度预算"),
        ("2026-Q3", "前三季度，一至三季度"),
        ("2026-09", "2025年9月，9月5日，7—9月，9个月，6月至9月，8月、9月"),
        ("2026-09", "2026-09-01，2026.09.15，每年9月"),
        ("2026", "2026年3月5日，2026年第三季度，自2026年起，2025年，2026-2027年度"),
        ("2026-H1", "下半年，1—5月，2025年上半年"),
        ("2026-01", "一月一次"),
        ("2026-12", "12个月，12月5日"),
    ],
)
def test_what_names_another_time_stays(old, text):
    period = Period.parse(old)
    assert renamed(text, period, period.next()) == text


@pytest.mark.parametrize(
    ("heads", "rolled_heads"),
    [
        (["项目", "7月", "8月", "9月", "合计"], ["项目", "10月", "11月", "12月", "合计"]),
        (["七月份", "八月份", "九月份"], ["十月份", "十一月份", "十二月份"]),
        (["项目", "8月"], ["项目", "8月"]),
        (["7月", "9月"], ["7月", "9月"]),
    ],
)
def test_a_table_by_month_rolls_on_and_a_month_alone_stays(heads, rolled_heads):
    assert months_renamed(heads, Period.parse("2026-Q3"), Period.parse("2026-Q4")) == rolled_heads


MONTHS = st.integers(2020 * 12, 2035 * 12 - 1)
DIGITS = "〇一二三四五六七八九"


def chinese(number):
    """Up to 99, written down here once more."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


def spelled(every, count, style):
    """How a village names the period that holds the month `count`, counted without the code's calendar."""
    size = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}[every]
    first = count - count % 12 % size
    year, month = divmod(first, 12)
    last = month + size
    ends = {2: 29 if year % 4 == 0 else 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(last, 31)
    in_chinese = "".join(DIGITS[int(digit)] for digit in str(year))
    label = {
        "month": f"{month + 1}月",
        "two_months": f"{month + 1}、{last}月",
        "quarter": f"第{'一二三四'[month // 3]}季度",
        "half_year": f"{'上下'[month // 6]}半年",
        "year": "",
    }[every]
    return {
        "label": f"{year}年{label}",
        "days": f"{year}年{month + 1}月1日至{last}月{ends}日",
        "chinese": f"{in_chinese}年{chinese(month + 1)}月一日至{chinese(last)}月{chinese(ends)}日",
        "points": f"{year}.{month + 1:02}.01—{year}.{last:02}.{ends:02}",
        "until": f"截至{year}年{last}月{ends}日",
        "end": f"{year}年{last}月底",
    }[style]


@given(
    every=st.sampled_from([e.value for e in Every]),
    old=MONTHS,
    new=MONTHS,
    style=st.sampled_from(["label", "days", "chinese", "points", "until", "end"]),
    around=st.sampled_from([("", ""), ("现将", "收支情况公开如下。"), ("一、", ""), ("（", "）")]),
)
def test_any_period_in_any_spelling_becomes_any_other(every, old, new, style, around):
    before, after = around

    def period(count):
        return Period.containing(Every(every), date(count // 12, count % 12 + 1, 1))

    text = before + spelled(every, old, style) + after
    assert renamed(text, period(old), period(new)) == before + spelled(every, new, style) + after
    assert renamed(renamed(text, period(old), period(new)), period(new), period(old)) == text


@given(
    text=st.text(alphabet="0123456789年月日第一二三四十季度上下半至-—.、截底 Q", max_size=30),
    at=MONTHS,
)
def test_names_stand_in_order_within_the_text_and_never_overlap(text, at):
    period = Period.parse(f"{at // 12}-{at % 12 + 1:02}")
    names = period_names(text, period)
    ends = [0, *(name.end for name in names)]
    assert all(name.start >= end for name, end in zip(names, ends, strict=False))
    assert all(name.end <= len(text) for name in names)
    assert renamed(text, period, period) == text
