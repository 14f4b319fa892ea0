"""公开时限 as catalogs word them, read as rules."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import MATERIAL

from bulletin.domain.amounts import number_of
from bulletin.domain.deadlines.limit_serialization import limit_json
from bulletin.domain.deadlines.parser import MAX_WORDING, read_deadline
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit

PUBLISHED = MATERIAL / "deadline_wordings.csv"
WORDINGS = list(csv.DictReader(PUBLISHED.read_text(encoding="utf-8").splitlines()))


def _rules(text):
    return [limit_json(rule) for rule in read_deadline(text).rules]


@pytest.mark.parametrize("row", WORDINGS, ids=[row["原文"] for row in WORDINGS])
def test_published_wordings_give_the_rules_written_out_by_hand(row):
    reading = read_deadline(row["原文"])
    assert [limit_json(rule) for rule in reading.rules] == json.loads(row["rules"])
    assert reading.needs_review == (row["needs_review"] == "true")
    assert reading.text == row["原文"]


QUARTER = {"kind": "recur", "every": "quarter"}
SURE = [
    ("每月5日前", {"kind": "recur", "every": "month", "day": 5, "by": "before"}),
    ("每年12月31日前", {"kind": "recur", "every": "year", "month": 12, "day": 31, "by": "before"}),
    ("每年12月底前", {"kind": "recur", "every": "year", "month": 12, "day": 31, "by": "before"}),
    ("每年4月、10月的10日前", {"kind": "recur", "every": "half_year", "month": 4, "day": 10, "by": "before"}),
    ("次年1月31日前", {"kind": "recur", "every": "year", "month": 1, "day": 31, "by": "before", "of": "next_period"}),
    ("每季度结束后15个工作日内公开", QUARTER | {"days": 15, "unit": "working", "from": "period_end"}),
    ("一季度一次", QUARTER),
    ("按季度公开", QUARTER),
    ("每年至少公布1次", {"kind": "recur_min", "every": "year"}),
    ("开工前10日", {"kind": "before_event", "days": 10, "unit": "natural", "event": "开工"}),
    ("选举日前20日公布", {"kind": "before_event", "days": 20, "unit": "natural", "event": "选举日"}),
    ("收到批复一周内", {"kind": "event_offset", "days": 7, "unit": "natural", "event": "收到批复"}),
    ("自信息形成之日起不超过20个工作日", {"kind": "event_offset", "days": 20, "unit": "working", "event": "信息形成"}),
    ("选举结束当日", {"kind": "event_at", "event": "选举结束"}),
    ("随发生随公开", {"kind": "promptly"}),
    ("涉及村民切身利益的重大事项应当随时公布", {"kind": "promptly"}),
    ("根据工作进展情况公开", {"kind": "stage"}),
    ("按照民政部门规定执行", {"kind": "external"}),
    ("公示期为15天", {"kind": "display", "days": 15, "unit": "natural"}),
    ("公示期：不少于7个工作日", {"kind": "display", "days": 7, "unit": "working"}),
    ("公示期为5个工作日（自公布之日起）", {"kind": "display", "days": 5, "unit": "working"}),
    ("公开时限：每季度", QUARTER),
    ("至少一季度公布一次", {"kind": "recur_min", "every": "quarter"}),
    ("三个月一次", QUARTER),
    ("一季度一公开", QUARTER),
    ("按季公布，次季首月15日前", QUARTER | {"month": 1, "day": 15, "by": "before", "of": "next_period"}),
    ("每月一公开", {"kind": "recur", "every": "month"}),
    ("每季度公布一次村级财务收支情况", QUARTER),
    ("每季度一次，首月15日前", QUARTER | {"month": 1, "day": 15, "by": "before"}),
    ("每月一次（10日前）", {"kind": "recur", "every": "month", "day": 10, "by": "before"}),
    ("每年一次，12月底前", {"kind": "recur", "every": "year", "month": 12, "day": 31, "by": "before"}),
    ("每季度第一个月（1、4、7、10月）的10日", QUARTER | {"month": 1, "day": 10, "by": "on"}),
    ("每年的1、4、7、10月15日前公开", QUARTER | {"month": 1, "day": 15, "by": "before"}),
    ("最迟每月10日", {"kind": "recur", "every": "month", "day": 10, "by": "before"}),
    ("季后10日内", QUARTER | {"days": 10, "unit": "natural", "from": "period_end"}),
    ("季末次月15日前公布", QUARTER | {"month": 1, "day": 15, "by": "before", "of": "next_period"}),
    ("每季度结束后的第一个月10日前", QUARTER | {"month": 1, "day": 10, "by": "before", "of": "next_period"}),
    ("每年公开一次，次年1月底前", {"kind": "recur", "every": "year", "month": 1, "day": 31, "by": "before", "of": "next_period"}),
    ("自政府信息形成或者变更之日起20个工作日内及时公开", {"kind": "event_offset", "days": 20, "unit": "working", "event": "政府信息形成或者变更"}),
    ("应自该政府信息形成之日起20个工作日内向社会公布", {"kind": "event_offset", "days": 20, "unit": "working", "event": "该政府信息形成"}),
    ("时限：信息形成后20个工作日内", {"kind": "event_offset", "days": 20, "unit": "working", "event": "信息形成"}),
    ("投票日前5日公布候选人名单", {"kind": "before_event", "days": 5, "unit": "natural", "event": "投票日"}),
    ("自公示期满之日起三日内", {"kind": "event_offset", "days": 3, "unit": "natural", "event": "公示期满"}),
    ("公告期限届满后3个工作日内公布", {"kind": "event_offset", "days": 3, "unit": "working", "event": "公告期限届满"}),
    ("公示结束之日起3日内", {"kind": "event_offset", "days": 3, "unit": "natural", "event": "公示结束"}),
    ("候选人产生后三日内按姓名笔画顺序公布", {"kind": "event_offset", "days": 3, "unit": "natural", "event": "候选人产生"}),
    ("收到批复之日起五日内，在村公示栏及微信群内公布", {"kind": "event_offset", "days": 5, "unit": "natural", "event": "收到批复"}),
    ("公示期满7日", {"kind": "display", "days": 7, "unit": "natural"}),
    ("事前公示、事中公开、事后公布", {"kind": "stage"}),
    ("根据项目实施进度分期公开", {"kind": "stage"}),
    ("按要求公开", {"kind": "external"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), SURE, ids=[text for text, _ in SURE])
def test_what_is_plain_needs_no_person(text, rule):
    reading = read_deadline(text)
    assert [limit_json(found) for found in reading.rules] == [rule]
    assert not reading.needs_review


UNSURE = [
    "",
    "定期公开",
    "20个工作日内",  # from when?
    "会议召开前3日内",  # within the three days, or three days ahead
    "除涉及个人隐私外,每季度公开一次",
    "原则上每季度公开一次",
    "不涉密信息每季度公开一次",
    "每季度首月10日前,遇节假日顺延",
    "每季度公布一次,每年公布一次",
    "项目竣工验收后一个月内",
    "工程开工前、竣工后5日内",
    "发放前公示7天",
    "每月10日前公开上月财务收支",
    "每月上旬",
    "1月31日前",
    "每月32日",
    "审批后及时公开",
    "依申请公开",
    "财务往来较多的每月公布一次",
    "每季首月的前10日为民主理财日",
    "离任审计结果应当在下一届选举之前公布",
    "信息自形成之日起20日内",
    "换届时",
    # Each of these holds a piece that alone would be a rule.
    "每年第一季度公开",
    "第四季度公布",
    "一季度公开",
    "每年4月底前公开上年度情况",
    "每季度公布上季度情况",
    "每月或每季度首月10日前",
    "每年7月15日前、次年1月15日前",
    "5月10日前公布第一季度，8月10日前公布第二季度",
    "10日内随时公开",
    "长期公开、及时更新",
    "每季度公开一次(第四季度除外)",
    "每季度首月10日（节假日除外）",
    "每月10日（如遇节假日顺延）",
    "项目实施期间每月公开一次",
    "公示期满后长期公开",
    "公示7天或15天",
    "报乡镇审核或每季度公开",
    "随时报送情况",
    "每月10日前报送，15日前公开",
    "提前7日公告",
    "至少提前10日",
    "月初5日内",
    "季报，次季首月15日前",
    "每季度（信息形成之日起20个工作日内。法律另有规定的，从其规定）",
    "及时公开、一般事项至少每季度公布一次",
    "信息形成后3-5个工作日内",
    "依申请公开：收到申请之日起20个工作日内",
    "每季度公开一次，财务往来较多的",
    "每隔一个月公开一次",  # every month, or every other
]


@pytest.mark.parametrize("text", UNSURE)
def test_what_may_mean_something_else_goes_to_a_person_with_the_reason(text):
    reading = read_deadline(text)
    assert reading.needs_review
    assert all(note.endswith("。") for note in reading.notes)
    assert reading.notes


@pytest.mark.parametrize(
    "text", ["定期公开", "看情况", "公示期满后", "每届", "甲" * (MAX_WORDING + 1)]
)
def test_what_is_not_understood_is_unknown_and_quotes_the_sentence(text):
    reading = read_deadline(text)
    assert [rule.kind for rule in reading.rules] == ["unknown"]
    assert any(text in note for note in reading.notes)


def test_a_condition_turns_a_period_into_one_that_depends_on_it():
    text = "财务往来较多的,财务收支情况应当每月公布一次"
    assert _rules(text) == [{"kind": "recur_cond", "every": "month", "condition": "财务往来较多的"}]


def test_each_clause_of_the_law_is_a_rule_of_its_own():
    text = "一般事项至少每季度公布一次;财务往来较多的,财务收支情况应当每月公布一次;涉及村民利益的重大事项应当随时公布"
    assert [rule["kind"] for rule in _rules(text)] == ["recur_min", "recur_cond", "promptly"]


# --- the same wording, as other people type it ---------------------------------------------------

CHINESE = {
    3: "三", 5: "五", 7: "七", 10: "十", 15: "十五", 20: "二十", 30: "三十", 100: "一百", 120: "一百二十",
}  # fmt: skip
EVENTS = [
    "信息形成",
    "信息形成或变更",
    "制定或获取信息",
    "收到批准文件",
    "村民会议通过",
    "合同签订",
]
SINCE = ["之日起", "之后", "后", "以后"]
WITHIN = ["内", "以内", "之内"]
UNITS = {"working": ["个工作日", "工作日"], "natural": ["日", "天", "个自然日"]}
WAYS = ["", "公开", "予以公开", "公布", "公布。", "公开;"]


def _full_width(text):
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


@st.composite
def typed(draw, text):
    """With stray white space between any two characters, and full- or half-width."""
    if draw(st.booleans()):
        text = _full_width(text)
    gaps = draw(
        st.lists(
            st.sampled_from(["", "", "", " ", "　", "\n"]), min_size=len(text), max_size=len(text)
        )
    )
    return "".join(char + gap for char, gap in zip(text, gaps, strict=True))


@given(
    st.data(),
    st.sampled_from(EVENTS),
    st.sampled_from(sorted(CHINESE)),
    st.sampled_from(["working", "natural"]),
)
def test_days_after_an_event_are_read_however_they_are_typed(data, event, days, unit):
    number = data.draw(st.sampled_from([str(days), CHINESE[days]]))
    words = (
        data.draw(st.sampled_from(["", "自"])) + event + data.draw(st.sampled_from(SINCE)) + number
        + data.draw(st.sampled_from(UNITS[unit])) + data.draw(st.sampled_from(WITHIN))
        + data.draw(st.sampled_from(WAYS))
    )  # fmt: skip
    reading = read_deadline(data.draw(typed(words)))
    rule = {"kind": "event_offset", "days": days, "unit": unit, "event": event}
    assert [limit_json(found) for found in reading.rules] == [rule]
    assert not reading.needs_review


PERIODS = {
    "month": ["月"],
    "quarter": ["季度", "季", "三个月"],
    "half_year": ["半年", "六个月"],
    "year": ["年", "年度"],
}


@given(st.data(), st.sampled_from(sorted(PERIODS)))
def test_periods_are_read_however_they_are_typed(data, every):
    span = data.draw(st.sampled_from(PERIODS[every]))
    least = data.draw(st.booleans())
    words = (
        ("至少" if least else "")
        + "每"
        + span
        + data.draw(st.sampled_from(["", "公布一次", "公开1次", "应当公布一次"]))
    )
    rule = {"kind": "recur_min" if least else "recur", "every": every}
    assert [limit_json(found) for found in read_deadline(data.draw(typed(words))).rules] == [rule]


@given(st.data(), st.integers(1, 3), st.integers(1, 28))
def test_days_of_a_quarter_are_read_however_they_are_typed(data, month, day):
    first = [f"第{'零一二三'[month]}个月", f"第{month}个月"] + (
        ["首月", "首个月"] if month == 1 else []
    )
    before = data.draw(st.sampled_from(["", "前", "之前", "以前"]))
    words = f"每季度{data.draw(st.sampled_from(first))}的{day}日{before}"
    rule = QUARTER | {"month": month, "day": day, "by": "before" if before else "on"}
    assert [limit_json(found) for found in read_deadline(data.draw(typed(words))).rules] == [rule]


@given(
    st.sampled_from(SURE),
    st.sampled_from(SURE),
    st.sampled_from(["；", "，", "、", "或者", "及", "。", "：", ""]),
)
def test_of_two_time_limits_in_one_breath_none_is_lost_in_silence(first, second, joint):
    reading = read_deadline(first[0] + joint + second[0])
    found = [limit_json(rule) for rule in reading.rules]
    one_rule = first[1].get("every") == second[1].get("every") is not None
    assert reading.needs_review or one_rule or (first[1] in found and second[1] in found)


@given(
    st.text(
        alphabet="每季度月年日前后内工作公开布示之起一二十5自在的,。;、()①1.\n 随时长期不除",
        max_size=40,
    )
)
def test_nothing_that_is_typed_breaks_the_reader_and_silence_needs_a_rule(text):
    reading = read_deadline(text)
    assert reading.rules
    assert reading.needs_review == bool(reading.notes)
    if not reading.needs_review:
        assert all(rule.kind != "unknown" for rule in reading.rules)


@given(st.integers(1, 199))
def test_chinese_numerals_are_read_back(number):
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    words += digits[ones] if ones else ""
    assert number_of(words) == number


@pytest.mark.parametrize("least", ["至少每季度公布一次", "每季度公布一次"])
def test_how_often_and_by_when_is_one_rule(least):
    found = read_deadline(f"{least}，季度结束后15日内")
    rule = TimeLimit("recur", Every.QUARTER, days=15, unit="natural", from_="period_end")
    assert (found.rules, found.needs_review) == ((rule,), False)
