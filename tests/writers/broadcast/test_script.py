"""广播稿: what is read out of a notice, and what is left for the board."""

from dataclasses import replace

import pytest

from bulletin.domain.notices.content import (
    Column,
    ContentLanguage,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    SummaryLine,
    Table,
    Translation,
)
from bulletin.domain.outlets.paste import PasteFacts, ReadOut
from bulletin.writers.broadcast.script import (
    SpokenLine,
    broadcast_lines,
    length_words,
    page_lines,
    seconds_of,
)

LEDGER = Table(
    (Column("序号"), Column("摘要"), Column("金额（元）", "money")),
    (("1", "路灯维修", "3480"), ("2", "渠道清淤", "1200.50")),
    ("", "合计", "4680.50"),
    "支出明细",
)
HELPED = Table((Column("户主姓名"), Column("补助", "money")), (("韩发财", "600"), ("李有福", "")))
FACTS = PasteFacts(
    place="张家村",
    title="2026年第三季度收支情况",
    publishers=("张家村村民委员会",),
    number="张家村公开〔2026〕1号",
    period="2026年10月9日至10月26日",
    objection="10月26日前向村务监督委员会提出，电话0972-8320214。",
    address="https://gk.example.cn/N/7KQ2M4XW9C.1",
    document=Document(
        (
            Summary((SummaryLine("收进来", "24000元"),)),
            Heading(1, "一、支出"),
            Paragraph("现将收支公开如下："),
            ListBlock(("路灯", "渠道"), ordered=True),
            LEDGER,
            HELPED,
            Image("a" * 64, "路灯照片"),
            Translation(ContentLanguage.ENGLISH, "Accounts", ("Lamps, 24,000.00 yuan", "")),
        )
    ),
)


def broadcast_sentences(facts, choice):
    return [line.words for line in broadcast_lines(facts, choice)]


def page_sentences(facts, choice):
    return [line.words for line in page_lines(facts, choice) if line.language is None]


BODY = [
    "下面公开的是：二零二六年第三季度收支情况。",
    "收进来，两万四千元。",
    "一、支出。",
    "现将收支公开如下。",
    "第一，路灯。",
    "第二，渠道。",
]


def test_it_opens_says_all_twice_and_closes():
    said = broadcast_sentences(FACTS, ReadOut())
    body = [
        *BODY,
        "支出明细一共两项，合计，金额四千六百八十元五角。",
        "表里一共两行，这里不一行一行念，请到公开栏前看。",
    ]
    assert said == [
        "张家村的乡亲们，请大家注意听，现在念一份张家村村民委员会的公开。",
        *body,
        "下面再念一遍。",
        *body,
        "公示的时间是二零二六年十月九日至十月二十六日。",
        "全部内容贴在公开栏，手机扫纸上的二维码也能看，请互相转告。",
        "对这件事有意见的，十月二十六日前向村务监督委员会提出，电话零九七二，八三二零二幺四。",
        "下面用英语念一遍。",
        "Accounts",
        "Lamps, 24,000.00 yuan",
        "再用英语念一遍。",
        "Accounts",
        "Lamps, 24,000.00 yuan",
        "这次广播完了，谢谢大家。",
    ]


def test_row_by_row_no_name_is_heard_unless_somebody_chose_so():
    rows = page_sentences(FACTS, ReadOut(rows=True))
    assert rows[6:] == [
        "支出明细。",
        "第一项，路灯维修，金额三千四百八十元。",
        "第二项，渠道清淤，金额一千二百元五角。",
        "合计，金额四千六百八十元五角。",
        "第一项，补助六百元。",
        "第二项。",
        "对这件事有意见的，十月二十六日前向村务监督委员会提出，电话零九七二，八三二零二幺四。",
    ]
    assert "第一项，韩发财，补助六百元。" in page_sentences(FACTS, ReadOut(rows=True, names=True))
    assert not any("韩发财" in line for line in broadcast_sentences(FACTS, ReadOut()))


def test_what_has_no_period_and_nobody_to_tell_is_closed_without_them():
    untold = replace(FACTS, period="", objection="", document=Document((LEDGER,)))
    said = broadcast_sentences(untold, ReadOut(times=1))
    assert said[-2:] == [
        "全部内容贴在公开栏，手机扫纸上的二维码也能看，请互相转告。",
        "这次广播完了，谢谢大家。",
    ]
    assert "下面再念一遍。" not in said


@pytest.mark.parametrize(
    ("syllables", "length"),
    [(1, "10秒"), (100, "30秒"), (200, "1分钟"), (300, "1分30秒"), (1000, "5分钟")],
)
def test_the_length_is_told_in_minutes(syllables, length):
    assert length_words(seconds_of([SpokenLine("字" * syllables)])) == length


def test_what_people_wrote_in_another_language_is_read_after_the_chinese_word_for_word():
    tibetan = Translation(ContentLanguage.TIBETAN, "", ("གྲོང་ཚོའི་རྩིས་ཐོ། 3,480.00",))
    facts = replace(FACTS, objection="", document=Document((tibetan, Paragraph("支出300元。"))))
    written = SpokenLine("གྲོང་ཚོའི་རྩིས་ཐོ། 3,480.00", ContentLanguage.TIBETAN)
    assert page_lines(facts, ReadOut())[1:] == [SpokenLine("支出三百元。"), written]
    said = broadcast_lines(facts, ReadOut(times=1))
    assert said[-3:-1] == [SpokenLine("下面用藏语念一遍。"), written]


@pytest.mark.parametrize(
    ("language", "written", "seconds"),
    [
        (ContentLanguage.TIBETAN, "གྲོང་ཚོའི་རྩིས་ཐོ།", 2),  # four syllables and a pause
        (ContentLanguage.KOREAN, "마을회계공개.", 3),
        (ContentLanguage.YI, "ꆈꌠꁱꂷ꓿", 2),
        (ContentLanguage.ENGLISH, "The accounts of the village committee.", 5),
        (ContentLanguage.UYGHUR, "كەنت مالىيە ھېساباتى، 2026", 4),
        (ContentLanguage.MONGOLIAN, "ᠭᠠᠴᠠᠭᠠᠨ ᠤ ᠳᠠᠩᠰᠠ᠃", 3),
    ],
)
def test_other_languages_take_their_time_too(language, written, seconds):
    assert seconds_of([SpokenLine(written, language)]) == seconds


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (Column("面积（亩）"), "3.5", "面积三点五亩"),
        (Column("占比（%）"), "41.9", "占比百分之四十一点九"),
        (Column("金额（万元）", "money"), "12.5", "金额十二点五万元"),
        (Column("金额（单位：元）", "money"), "300", "金额三百元"),
        (Column("金额", "money"), "(300.00)", "金额负三百元"),
        (Column("备注（可不填）"), "已付", "备注已付"),
    ],
)
def test_a_figure_has_the_unit_of_its_column(column, cell, said):
    document = Document((Table((Column("项目"), column), (("路灯", cell),)),))
    assert f"第一项，路灯，{said}。" in page_sentences(
        replace(FACTS, document=document), ReadOut(rows=True)
    )


def test_a_long_table_is_summed_up_where_so_many_rows_are_asked_for_and_no_more():
    document = Document((LEDGER,))
    facts = replace(FACTS, document=document, objection="")
    row_by_row = ["支出明细。", "第一项，路灯维修，金额三千四百八十元。"]
    assert page_sentences(facts, ReadOut(rows=True, max_rows=2))[1:3] == row_by_row
    assert page_sentences(facts, ReadOut(rows=True, max_rows=1))[1:] == [
        "支出明细一共两项，合计，金额四千六百八十元五角。"
    ]


def test_a_day_leads_its_row_and_what_it_was_for_needs_no_title():
    table = Table(
        (Column("日期"), Column("摘要"), Column("支出", "money")), (("7月2日", "路灯", "300"),)
    )
    said = page_sentences(replace(FACTS, document=Document((table,))), ReadOut(rows=True))
    assert "第一项，七月二日，路灯，支出三百元。" in said
