"""The content that hangs on the wall is the content that stands on the page."""

import re
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Picture

from bulletin.domain.notices.content import (
    Attachment,
    Column,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
    texts,
)
from bulletin.sheets.extract import content_text, last_page_is_bare, plain


def _content(facts):
    return plain("".join(texts(facts.document)))


NAMES = Table(
    (Column("序号"), Column("姓名"), Column("金额（元）", "money"), Column("日期", "date")),
    (("1", "马占英", "1200", "2026年9月1日"), ("2", "祁国栋", "约300", ""), ("3", "", "-0.5", "—")),
    footer=("合计", "", "1499.5", ""),
    caption="表1 补贴发放情况",
)


@pytest.mark.parametrize(
    "blocks",
    [
        (
            Heading(1, "一、征收范围"),
            Paragraph("拟征收土地12.6480公顷。\n其中林地3公顷。"),
            Heading(3, "1. 细目"),
        ),
        (
            ListBlock(("水浇地每亩42,560元；", "林地 - 另行评估"), ordered=True),
            ListBlock(("甲", "乙")),
        ),
        (Attachment("a" * 64, "补偿登记表.xlsx"), Attachment("b" * 64, "勘测定界图.pdf")),
        (Paragraph("前"), NAMES, Paragraph("后")),
        (Paragraph("公示名单：䶮、𬭚、㛃、堃。"),),
        (
            Paragraph(
                '"引号" it\'s well-known — e-mail: a@b.cn，re-\nlate ﹣ “全角” ‘单’ fi ffl 1/2 …'
            ),
        ),
        (Paragraph("电话0972-" + "well-known-and-long-" * 40),),
        (
            Table(
                (Column("序号"), Column("说明"), Column("元", "money")),
                (("1", "x" * 400, "5"), ("2", "短", "7")),
            ),
        ),
        (Paragraph("e\u0301te\u0301 ｶﾞ ㎡ № ① Ⅲ · ・ • 〇 ○ － ー ﹏"),),
    ],
    ids=[
        "headings",
        "lists",
        "attachments",
        "table",
        "rare",
        "quotes",
        "hyphens",
        "tall cell",
        "signs",
    ],
)
def test_paper_and_page_say_the_same(composer, sheet_facts, blocks):
    facts = sheet_facts(*blocks, change_note="改了一处。", edition=2)
    assert content_text(composer.compose(facts).pdf) == _content(facts)


def test_a_ledger_over_many_pages_says_its_head_once(composer, sheet_facts, ledger):
    facts = sheet_facts(Paragraph("各位村民："), ledger(139), Paragraph("特此公开。"))
    sheet = composer.compose(facts)
    assert sheet.pages > 3
    assert content_text(sheet.pdf) == _content(facts)


def test_marks_over_the_page_are_no_content(composer, sheet_facts):
    for mark in ("草稿", "演示"):
        facts = sheet_facts(NAMES, mark=mark)
        assert content_text(composer.compose(facts).pdf) == _content(facts)


def test_a_changed_word_is_found(composer, sheet_facts):
    facts = sheet_facts(Paragraph("补助1,200元。"))
    other = Document((Paragraph("补助1,260元。"),))
    assert content_text(composer.compose(facts).pdf) != plain("".join(texts(other)))


def test_the_last_page_is_bare_when_only_the_signature_stands_there(composer, sheet_facts):
    publishers = tuple(f"张家村第{n}村民小组" for n in range(1, 61))
    alone = composer.compose(sheet_facts(Paragraph("一段话。" * 20), publishers=publishers))
    assert alone.pages == 2
    assert last_page_is_bare(alone.pdf)
    assert not last_page_is_bare(composer.compose(sheet_facts()).pdf)


PRINTED = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.sampled_from(
            "，。、；：“”‘’（）《》〔〕—…·％＋－０１２３村民委员会公开收入支出元亩合计年月日"
        ),
    ),
    min_size=1,
    max_size=60,
).filter(str.strip)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PRINTED, min_size=1, max_size=6))
def test_whatever_is_typed_arrives_on_paper(composer, sheet_facts, words):
    table = Table((Column("项目"), Column("说明")), tuple((word, word) for word in words))
    facts = sheet_facts(*(Paragraph(word.strip()) for word in words), table)
    assert content_text(composer.compose(facts).pdf) == _content(facts)


def test_a_picture_gives_its_caption_and_nothing_else(composer, sheet_facts, tmp_path):
    path = tmp_path / "a.png"
    Picture.new("RGBA", (300, 200), (10, 90, 60, 128)).save(path)
    facts = sheet_facts(Image("c" * 64, "村道", "图1 村道"), images={"c" * 64: path.read_bytes()})
    assert content_text(composer.compose(facts).pdf) == "图1村道"


def test_what_is_carried_over_stands_on_paper_and_is_no_content(composer, sheet_facts):
    rows = tuple((str(n), "维修材料费", "10.00") for n in range(1, 101))
    table = Table(
        (Column("序号"), Column("摘要"), Column("支出（元）", "money")),
        rows,
        footer=("合计", "", "1000"),
    )
    facts = sheet_facts(table)
    sheet = composer.compose(facts)
    document = pypdfium2.PdfDocument(sheet.pdf)
    pages = [page.get_textpage().get_text_bounded().replace(",", "") for page in document]
    document.close()
    assert "承前页" not in pages[0]
    for before, page in pairwise(pages):
        if "维修材料费" in page:
            last = max(int(n) for n in re.findall(r"(\d+)\s*维修", before))
            assert "承前页" in page
            assert f"{last * 10}.00" in page
    assert content_text(sheet.pdf) == _content(facts)
