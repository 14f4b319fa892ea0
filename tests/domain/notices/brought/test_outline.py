"""Lines of a text become title, headings, lists and captions; a signature at its end goes."""

import pytest
from support.brought import shape

from bulletin.domain.notices.brought.closing import is_closing
from bulletin.domain.notices.brought.outline import outline_of
from bulletin.domain.notices.brought.parts import (
    BroughtLine,
    BroughtPicture,
    FileParts,
    Grid,
    plain_rows,
)

TABLE = Grid(rows=plain_rows([["项目", "元"], ["电费", "3"]]))
SHOWN = "项目 元\n电费 3"
PICTURE = BroughtPicture(b"", "a.png")


def lines(*texts, **looks):
    return [BroughtLine(text=text, **looks) for text in texts]


def of(*parts, notes=()):
    typed = [BroughtLine(text=part) if isinstance(part, str) else part for part in parts]
    return outline_of(FileParts(parts=tuple(typed), notes=notes))


TEXTS = {
    "the first line is the title": (["第三季度公示", "正文。"], "第三季度公示", ["正文。"]),
    "a greeting is no title": (["各位村民：", "正文。"], "", ["各位村民：", "正文。"]),
    "a heading is no title": (["一、收入情况", "正文。"], "", ["# 一、收入情况", "正文。"]),
    "one line alone is no title": (["通知"], "", ["通知"]),
    "centred lines make one title": (
        [*lines("张家村", "财务收支公示", "（第三季度）", is_centred=True), "正文。"],
        "张家村财务收支公示（第三季度）",
        ["正文。"],
    ),
    "the head of an office's paper is no title, nor a part of one": (
        [*lines("张家村村民委员会 文件", "关于低保户的公示", is_centred=True), "正文。"],
        "关于低保户的公示",
        ["正文。"],
    ),
    "a paper that speaks of papers": (
        ["关于转发县政府文件", "正文。"],
        "关于转发县政府文件",
        ["正文。"],
    ),
    "the number of a document is no part of its title": (
        [*lines("2026年财务公示", "张政发〔2026〕3号", is_centred=True), "正文。"],
        "2026年财务公示",
        ["张政发〔2026〕3号", "正文。"],
    ),
    "the head of an office's paper goes with its number": (
        [
            *lines(
                "张家村村民委员会文件", "张村字〔2026〕3号", "关于低保户的公示", is_centred=True
            ),
            "正文。",
        ],
        "关于低保户的公示",
        ["正文。"],
    ),
    "a title spread over its line": (["财 务 公 示", "正文。"], "财务公示", ["正文。"]),
    "a title that says nothing": (["公　示", "正文。"], "", ["正文。"]),
    "rows of a table that are lines": (
        [
            "标题",
            Grid(
                rows=plain_rows(
                    [
                        ["填报单位：张家村", "单位：元"],
                        ["项目", "金额"],
                        ["电费", "3"],
                        ["合计", "3"],
                        ["村主任：王示例", "会计："],
                        ["备注：以上已经理财小组审核", ""],
                    ]
                )
            ),
        ],
        "标题",
        ["项目 金额\n电费 3\n合计 3", "村主任：王示例　会计：", "备注：以上已经理财小组审核"],
    ),
    "a form stays a table": (
        [
            "标题",
            Grid(
                rows=plain_rows(
                    [["项目：", "村道"], ["时间：", "2026年9月"], ["负责人：", "王示例"]]
                )
            ),
        ],
        "标题",
        ["项目： 村道\n时间： 2026年9月\n负责人： 王示例"],
    ),
    "numbers count a list": (
        ["标题", "1.甲；", "2．乙；", "3、丙1.5万元。", "完。"],
        "标题",
        ["1. 甲； | 乙； | 丙1.5万元。", "完。"],
    ),
    "a number alone, or one that counts on, stays as it is": (
        ["标题", "1.甲", "完。", "3.丙", "4.丁"],
        "标题",
        ["1.甲", "完。", "3.丙", "4.丁"],
    ),
    "an amount is no number of a list": (
        ["标题", "1.5万元", "2.6万元"],
        "标题",
        ["1.5万元", "2.6万元"],
    ),
    "marks make a list, ticks stay": (
        ["标题", "● 甲", "·乙", "□是 ☑否"],
        "标题",
        ["- 甲 | 乙", "□是 ☑否"],
    ),
    "levels by their numbers": (
        ["标题", "一、收入", "（一）拨款", "二、监督电话：8321111", "三、为了公开，特公示如下。"],
        "标题",
        ["# 一、收入", "## （一）拨款", "二、监督电话：8321111", "三、为了公开，特公示如下。"],
    ),
    "captions go with their table": (
        ["标题", "见下表。", "表1 支出", "单位：元", TABLE],
        "标题",
        ["见下表。", SHOWN],
    ),
    "soft returns part what has numbers of its own, and the signature": (
        ["标题", "如下：\n1.甲\n2.乙", "电费\n水费", "特此公告\n张家村村委会\n2026年10月9日"],
        "标题",
        ["如下：", "1. 甲 | 乙", "电费\n水费", "特此公告"],
    ),
    "a picture stays where it was": (
        ["标题", "甲", PICTURE, "乙"],
        "标题",
        ["甲", "picture", "乙"],
    ),
    "the signature goes, 特此公告 stays": (
        ["标题", "特此公告。", "红崖子沟乡张家村村民委员会（盖章）", "2026年11月20日"],
        "标题",
        ["特此公告。"],
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_lines_become_what_they_were_meant_as(name):
    parts, title, blocks = TEXTS[name]
    made = of(*parts)
    assert (made.title, shape(made.blocks)) == (title, blocks)


def test_a_caption_says_what_stood_above_the_table():
    made = of("标题", "见下表。", "表1 支出", "单位：元", TABLE)
    assert made.blocks[1].caption == "表1 支出 单位：元"


def test_notes_stand_behind_the_text_and_the_dropped_signature_is_said_in_one_line():
    made = of(
        "标题", "正文［注1］。", "张家村村委会", "二〇二六年十一月二十日", notes=("［注1］不含税",)
    )
    assert shape(made.blocks) == ["正文［注1］。", "［注1］不含税"]
    assert made.omitted == (
        "文末的落款“张家村村委会　二〇二六年十一月二十日”没有带来：纸样会自己写上落款和日期。",
    )


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("张家村村民委员会　2026年11月20日", True),
        ("中共张家村党支部", True),
        ("张家村村务监督委员会（盖章）", True),
        ("村主任：　　　会计：　　　制表人：", True),
        ("2026.11.20", True),
        ("（盖章）", True),
        ("公示单位：张家村村民委员会", True),
        ("村主任：王示例　会计：李示例", False),  # somebody's names are nothing to drop in silence
        ("公示时间：2026年11月1日至7日", False),
        ("特此公告", False),
        ("各位村民：", False),
        ("附件：", False),
        ("民主理财小组组长（签字）：____　日期：", True),
        ("监督单位：红崖子沟乡人民政府", False),
        ("甲" * 5000, False),
        ("村委会" * 33 + "x", False),  # and at once
    ],
)
def test_what_closes_a_text(text, closes):
    assert is_closing(text) is closes


def test_what_a_table_may_not_hold_is_cut_and_said():
    wide = Grid(rows=plain_rows([[f"列{n}" for n in range(20)], ["1"] * 20]))
    long = Grid(rows=plain_rows([["项目", "数"], *(["电费", "1"] for _ in range(5002))]))
    made = of("标题", wide, long)
    assert [len(table.columns) for table in made.blocks] == [16, 2]
    assert len(made.blocks[1].rows) == 5000
    assert made.omitted == (
        "第1张表有20列，最多放16列，右边4列没有带来。",
        "第2张表有5002行，最多放5000行，后面2行没有带来。",
    )


def test_a_text_longer_than_anybody_reads_is_cut_and_said():
    made = of("标题", *("一段话。" for _ in range(3010)))
    assert len(made.blocks) == 3000
    assert made.omitted == ("文件有3010段，最多带3000段，后面的没有带来。",)


def test_a_line_longer_than_a_paragraph_may_be_is_parted_and_whole():
    made = of("标题", "长" * 45_000)
    assert "".join(block.text for block in made.blocks) == "长" * 45_000
