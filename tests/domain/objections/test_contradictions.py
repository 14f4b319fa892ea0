"""The text and what is printed under it say the same of objections, or somebody is asked to mend it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.notices.content import Document, Heading, ListBlock, Paragraph
from bulletin.domain.objections.contradictions import Foot, contradictions
from bulletin.domain.objections.lines import DayCount, Objection
from bulletin.domain.objections.sentences import objection_sentences

OPENED, CLOSES = date(2026, 10, 10), date(2026, 10, 25)
CALENDAR = WorkCalendar(moves_ends=False)  # so that days can be counted one by one
ROLL = Objection(
    items=("登记参加选举的村民名单",),
    to=("村民选举委员会",),
    within=DayCount(5),
    until_on=date(2026, 10, 15),
    reply=DayCount(3),
)
USUAL = Objection(items=("村级财务",), to=("村务监督委员会", "乡政府"), reply=DayCount(10))
PARTY = Objection(items=("发展党员公示",), to=("村党组织", "乡党委"), reply=DayCount(10))
COUNTY = Objection(items=("征地",), to=("互助土族自治县人民政府",), reply=DayCount(10))


def differs(text, *printed, publisher="villagers_committee"):
    document = Document((Paragraph(text),))
    foot = Foot(printed, OPENED, CLOSES, CALENDAR)
    return bool(contradictions(document, foot, [publisher]))


BY_LAW = (
    "对名单有异议的，请自公布之日起五日内向村民选举委员会申诉。"
    "村民选举委员会自收到申诉之日起三日内作出处理决定，并公布处理结果。"
)


def test_a_roll_in_the_words_of_the_law_agrees_with_its_own_line_and_with_no_other():
    assert not differs(BY_LAW, ROLL, publisher="election_committee")
    assert differs(BY_LAW, USUAL, publisher="election_committee")
    assert not differs(BY_LAW, USUAL, ROLL, publisher="election_committee")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        # another body
        ("对名单有异议的，请向村务监督委员会提出。", ROLL),
        ("如有异议，请在公示期内向村委会书面反映。", USUAL),
        ("公示期内，村民可以向村选委会提出异议。", USUAL),
        ("对公示对象有异议的，请向村务监督委员会反映。", PARTY),
        ("对补偿方案有异议的，请向村民委员会提出。", COUNTY),
        ("不同意的，可以到村委会提出申诉。", ROLL),
        # other days
        ("对名单有异议的，请自公布之日起10日内向村民选举委员会申诉。", ROLL),
        ("自公布之日起七日内，对名单有异议的村民可以向选委会提出。", ROLL),
        ("有异议的，请在公示期内向村民选举委员会提出。", ROLL),
        ("有异议的，请于10月20日前向村务监督委员会提出。", USUAL),
        ("有异议的，请于2026年11月25日前向乡人民政府提出。", USUAL),
        ("有异议的，请在公示之日起7个工作日内向村务监督委员会提出。", USUAL),
        # another answer
        ("有异议的，向村务监督委员会提出，5日内答复。", USUAL),
        ("有异议的，向村务监督委员会提出。村务监督委员会收到后3个工作日内答复。", USUAL),
        ("有异议的，５日内向村务监督委员会提出。", USUAL),
    ],
)
def test_a_text_that_names_another_body_or_other_days_contradicts(text, printed):
    assert differs(text, printed)


@pytest.mark.parametrize(
    "text",
    [
        "公示期满无异议的，报乡人民政府审核批准。",
        "村务监督委员会于10月8日审查，没有异议。",
        "对名单有异议的，请在公示期内向村务监督委员会或者乡人民政府提出，反映人的情况予以保密。",
        "对公示内容有异议的，请于2026年10月25日前以书面形式向红崖子沟乡民政办反映，联系电话0972-8320000。",
        "有异议的，请于10月26日前向乡政府提出。",
        "自公布之日起15日内，有异议的可以向村监委会提出，收到后10日内答复。",
        "如有疑问，请向村委会咨询。",
        "请于10月20日前向村委会提出申请，逾期不再受理。",
        "被征收人请于10月20日前到村委会办理补偿登记。",
        "申请人可在5日内向乡政府提交材料，由村委会签署审核意见。",
        "乡政府收到材料后20个工作日内作出审批决定。",
        "对处理决定不服的，可以自收到之日起60日内向县人民政府申请行政复议。",
        "向村务监督委员会提出异议后对答复仍有异议的，可以在3日内向县纪委监委反映。",
        "发现违纪问题的，可以向县纪委监委举报。",
        "公布不及时、不真实的，村民可以向乡人民政府举报。",
        "对村规民约修订草案有意见的，请于10月20日前向村民委员会提出。",
        "村民有意见建议的，可以向村委会反映。",
        "会议听取了村民代表的意见，10日内向村民公布结果。",
        "业主对收费有异议的，可以拨打12345反映。",
        "异议受理电话：0972-8320000。",
        "对公示内容有异议，请拨打0972-8320000。",
        "本次评议5人有异议，经核实后重新评议。",
    ],
)
def test_ordinary_sentences_raise_no_alarm(text):
    assert not differs(text, USUAL)


def test_an_opinion_may_always_be_given_to_the_publisher_itself():
    text = "对方案有意见的，可以在公告期内以书面方式向村委会或者乡人民政府提出。"
    assert not differs(text, COUNTY)
    assert differs(text, PARTY, publisher="party_branch")


def test_under_a_heading_on_objections_every_sentence_is_one():
    heading = Heading(1, "四、异议受理")
    document = Document((heading, Paragraph("请在公示期内向村民委员会书面提出。")))
    foot = Foot([USUAL], OPENED, CLOSES, CALENDAR)
    assert contradictions(document, foot, ["villagers_committee"])
    plain = Document((Heading(1, "四、办理"), *document.blocks[1:]))
    assert not contradictions(plain, foot, ["villagers_committee"])


def test_a_list_is_read_as_paragraphs_are():
    document = Document((ListBlock(("有异议的，请向选举委员会提出。", "公示期满。")),))
    foot = Foot([USUAL], OPENED, CLOSES, CALENDAR)
    (said,) = contradictions(document, foot, ["villagers_committee"])
    assert said.quoted == "有异议的，请向选举委员会提出"


numerals = st.sampled_from(["{}", "{}个工作"])


@given(st.integers(1, 30), st.integers(1, 30), numerals, numerals)
def test_days_agree_exactly_when_they_are_the_same_days(said, printed, said_unit, printed_unit):
    """Counted by hand: natural days one by one, work days without Saturdays and Sundays."""

    def last(days, unit):
        day = OPENED
        while days:
            day += timedelta(days=1)
            days -= unit == "{}" or day.weekday() < 5
        return day

    count = DayCount(printed, "working" if "工作" in printed_unit else "natural")
    objection = Objection(
        items=("x",),
        to=("村务监督委员会",),
        within=count,
        until_on=last(printed, printed_unit),
        reply=DayCount(10),
    )
    text = f"有异议的，请在公布之日起{said_unit.format(said)}日内向村务监督委员会提出。"
    assert differs(text, objection) == ((said, said_unit) != (printed, printed_unit))
    of_period = Foot(
        [Objection(items=("x",), to=("村务监督委员会",), reply=DayCount(10))],
        OPENED,
        last(printed, printed_unit),
        CALENDAR,
    )
    found = contradictions(Document((Paragraph(text),)), of_period, [])
    assert bool(found) == (last(said, said_unit) != of_period.closes_on)


def test_as_many_days_as_it_hangs_agree_also_when_the_last_one_was_a_day_off():
    """15 days from 10 October end on Sunday the 25th, and so on Monday."""
    foot = Foot([USUAL], OPENED, date(2026, 10, 26), WorkCalendar())
    said = "有异议的，请在公布之日起{}内向村务监督委员会提出。"
    for days, agrees in (
        ("13日", False),
        ("14日", True),
        ("15日", True),
        ("16日", True),
        ("17日", False),
    ):
        document = Document((Paragraph(said.format(days)),))
        assert bool(contradictions(document, foot, [])) is not agrees


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_fault(text):
    list(objection_sentences(Document((Paragraph(text), ListBlock((text,))))))
