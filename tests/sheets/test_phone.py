"""Pictures for the group chat: a long notice in one picture with its sums and its code."""

import pytest
from support.printed import chars, lines, lone_ends

from bulletin.domain.notices.content import (
    Column,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Table,
)
from bulletin.sheets.board_photos import read_photo
from bulletin.sheets.faces import faces_of
from bulletin.sheets.layout import PACKAGED_FONT
from bulletin.sheets.phone import MAX_PICTURES, phone_document, phone_picture


def test_a_table_that_fits_is_left_as_it_is(templates):
    document = Document((Paragraph("现公开如下。"), Table((Column("姓名"),), (("甲",),))))
    faces = faces_of([PACKAGED_FONT], [templates / "fonts"])
    assert phone_document(document, faces) == document


def test_a_notice_of_more_than_four_pictures_is_summed_up_in_one(composer, sheet_facts, ledger):
    facts = sheet_facts(
        Heading(1, "一、收支"),
        Paragraph("现将有关情况公开如下。" * 30),
        ListBlock(tuple(f"第{n}项支出。" for n in range(1, 9)), ordered=True),
        ledger(90),
        Table(
            (Column("户主"), Column("用水（吨）", "number")), (("甲", "12"),) * 9, caption="用水"
        ),
    )
    sheet = composer.compose_phone(facts)
    assert sheet.pages == 1
    assert sheet.whole == composer.compose(facts).pages > MAX_PICTURES
    words = "".join(char.char for char in chars(sheet.pdf))
    for phrase in (
        "关于2026年第三季度村级财务收支情况的公开",
        "公示期2026年10月10日—10月25日（15日）",
        "一、收支",
        "……共8项。",
        "共90行",
        "收入（元）630,787.50",
        "支出（元）201,307.50",
        "用水（共9行，这里是前3行）",
        f"全文共{sheet.whole}页，扫码看全文",
    ):
        assert phrase in words
    (code,) = [seen.scan for seen in read_photo(phone_picture(sheet, 1)).codes]
    assert code.code == facts.code


def test_a_summary_of_words_without_end_is_still_one_picture(composer, sheet_facts):
    facts = sheet_facts(*[Paragraph("没有句号的一段话" * 60)] * 12)
    sheet = composer.compose_phone(facts)
    assert (sheet.pages, sheet.whole > 0) == (1, True)


def test_no_paragraph_of_a_chat_picture_ends_in_one_character(composer, sheet_facts):
    words = "现将本村2026年第三季度收支情况公开如下，请各位村民监督。" * 3
    sheet = composer.compose_phone(sheet_facts(*(Paragraph(words[:n]) for n in range(36, 62))))
    assert sheet.whole == 0
    assert lone_ends(sheet.pdf) == []


@pytest.mark.parametrize(
    ("township", "is_wrapped"),
    [("互助土族自治县红崖子沟乡", False), ("内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗", True)],
)
def test_a_long_masthead_wraps_before_it_is_too_small(composer, sheet_facts, township, is_wrapped):
    village = "张家村" if not is_wrapped else "巴彦鄂温克民族乡第一村"
    sheet = composer.compose_phone(sheet_facts(township=township, village=village))
    head = [line for line in lines(sheet.pdf) if all(char.is_coloured for char in line)]
    masthead = [
        line for line in head if line[0].bottom > 700 or line[0].bottom > head[0][0].bottom - 20
    ]
    assert len({round(line[0].bottom) for line in masthead}) == (2 if is_wrapped else 1)
    assert min(char.top - char.bottom for line in masthead for char in line) >= 9
