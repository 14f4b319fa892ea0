"""Another village's notice lends its words: nobody's name, no place, no figure comes along."""

import pytest

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.notices.content import Column, Document, Paragraph, Table
from bulletin.domain.patterns.pattern import Pattern
from bulletin.domain.patterns.same_text import text_digest
from bulletin.domain.patterns.strangers import as_stranger

QUARTER = Period.parse("2026-Q4")


def lent(*blocks, title="收支"):
    pattern = Pattern(title=title, document=Document(blocks), periods=(QUARTER,))
    return as_stranger(pattern, {"白马村", "红崖子沟乡"}, {"张家村", "田示例", "白马村"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026年第四季度收入24,000.00元。", "2026年第四季度收入＿＿元。"),
        ("共三户，补助叁万元（大写：叁万元整）", "共＿＿户，补助＿＿元（大写：＿＿）"),
        ("经马三同志核对，由王五承建", "经＿＿同志核对，由＿＿承建"),
        ("付李四水泥款", "付＿＿水泥款"),
        ("西社渠道，三组道路，合作社分红", "＿＿社渠道，＿＿组道路，合作社分红"),
        ("联系人：赵六 13800138000", "联系人：＿＿"),
        ("监督电话：0972-8320000，也可打12317", "监督电话：＿＿，也可打12317"),
        ("由互助县鑫源建材有限公司供货", "＿＿供货"),
        ("白马村股份经济合作社，张家村旁", "白马村股份经济合作社，＿＿旁"),
        ("田示例负责", "＿＿负责"),
        ("根据《组织法》第三十条公示5日。", "根据《组织法》第三十条公示5日。"),
        ("身份证630223198001011234。其余照旧。", "身份证＿＿。其余照旧。"),
    ],
)
def test_a_sentence_comes_without_whom_where_and_how_much(text, words):
    (block,) = lent(Paragraph(text)).document.blocks
    assert block.text == words


def test_of_a_table_only_the_rows_of_every_village_come_along():
    table = Table(
        (Column("项目"), Column("金额", "money")),
        (("上期结余", "500"), ("干部报酬", "300"), ("付张三工钱", "200")),
        ("合计", "1000"),
    )
    (block,) = lent(table).document.blocks
    assert block.rows == (("上期结余", ""), ("干部报酬", ""))
    assert block.footer == ("合计", "")


SAID = "现将本村2026年第四季度财务收支情况公开如下，收入24000元。"


@pytest.mark.parametrize(
    ("text", "periods", "village", "same"),
    [
        ("现将本村2026年第三季度财务收支情况公开如下:收入24000元", "2026-Q3", "张家村", True),
        ("现将本村第三季度 财务收支情况公开如下。收入24,000元", "2026-Q3", "张家村", True),
        ("张家村现将本村第三季度财务收支情况公开如下。收入24000元", "2026-Q3", "张家村", True),
        ("现将本村第三季度财务收支情况公开如下。收入24001元", "2026-Q3", "张家村", False),
        ("现将本村第三季度财务收支情况公开如下。收入24000元", "2026-Q2", "张家村", False),
    ],
)
def test_the_same_words_are_the_same_whatever_period_and_village(text, periods, village, same):
    ours = text_digest(Document((Paragraph(SAID),)), [QUARTER], ["白马村"])
    theirs = text_digest(Document((Paragraph(text),)), [Period.parse(periods)], [village])
    assert (ours == theirs) is same


def test_hardly_any_words_are_never_the_same():
    assert text_digest(Document((Paragraph("本季度没有收支。"),)), [], []) == ""
