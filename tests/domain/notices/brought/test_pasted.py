"""Text pasted from Word and from a chat, as it is meant."""

import pytest
from support.brought import shape

from bulletin.domain.notices.brought.pasted import pasted_outline
from bulletin.domain.notices.content import Column, Heading, Paragraph, Table

TABLE = Table((Column("社"), Column("盏", "number")), (("一社", "12"),))


def pasted(*lines, whole=True):
    blocks = [line if isinstance(line, Table | Heading) else Paragraph(line) for line in lines]
    made = pasted_outline(blocks, whole=whole)
    return made.title, shape(made.blocks), made.omitted


def test_a_notice_from_word_has_its_title_headings_and_list_and_no_signature():
    title, blocks, omitted = pasted(
        "关于村道路灯安装情况的公示",
        "各位村民：",
        "一、安装情况",
        "共安装36盏。",
        TABLE,
        "1. 一社12盏",
        "2. 二社24盏",
        "张家村村民委员会",
        "2026年12月1日",
    )
    assert title == "关于村道路灯安装情况的公示"
    assert blocks == [
        "各位村民：",
        "# 一、安装情况",
        "共安装36盏。",
        "社 盏\n一社 12",
        "1. 一社12盏 | 二社24盏",
    ]
    assert omitted == (
        "文末的落款“张家村村民委员会　2026年12月1日”没有带来：纸样会自己写上落款和日期。",
    )


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        (["【通知】", "全体村民：", "明天开会。"], ["【通知】", "全体村民：", "明天开会。"]),
        (["【通知】", "明天开会。"], ["各位村民：", "【通知】", "明天开会。"]),
        (["明天开会。", "请互相转告。"], ["各位村民：", "明天开会。", "请互相转告。"]),
    ],
)
def test_a_message_of_a_chat_has_no_title_and_begins_as_a_notice_does(lines, blocks):
    title, shown, _ = pasted(*lines)
    assert title == ""
    assert shown == blocks


def test_what_is_pasted_into_a_text_keeps_its_first_and_its_last_line():
    made = pasted("路灯安装情况", "1. 一社", "2. 二社", "张家村村民委员会", whole=False)
    assert made == ("", ["路灯安装情况", "1. 一社 | 二社", "张家村村民委员会"], ())
