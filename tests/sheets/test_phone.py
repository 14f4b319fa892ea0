"""Pictures for the group chat: tables in type that a phone shows, a long notice in one picture with its code."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.printed import chars, lines

from bulletin.domain.notices.content import (
    Column,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Table,
)
from bulletin.sheets.board_photos import read_photo
from bulletin.sheets.phone import MAX_PICTURES, phone_document, phone_picture
from bulletin.sheets.phone_tables import cut_table

MIN_POINTS = 10.5  # 五号
MONTHS = tuple(f"{month}月" for month in range(1, 11))
WORDS = st.text(alphabet="道路水渠硬化维修村级运转经费", min_size=0, max_size=14)
AMOUNTS = st.integers(0, 99_999_999).map(lambda fen: f"{fen / 100:.2f}")
CELLS = {
    "text": WORDS,
    "money": AMOUNTS,
    "number": st.integers(0, 999).map(str),
    "date": st.just("2026年10月10日"),
}


def _months(rows=8, footer=None):
    columns = (Column("项目"), *(Column(month, "money") for month in MONTHS), Column("备注"))
    line = ("道路", *(f"{month * 311.5:.2f}" for month in range(1, 11)), "")
    return Table(columns, (line,) * rows, footer=footer, caption="各月支出")


@st.composite
def _tables(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=14))
    titles = draw(st.lists(WORDS.filter(bool), min_size=len(kinds), max_size=len(kinds)))
    rows = tuple(tuple(draw(CELLS[kind]) for kind in kinds) for _ in range(3))
    columns = tuple(
        Column(f"{title}{letter}", kind)
        for title, letter, kind in zip(titles, "甲乙丙丁戊己庚辛壬癸子丑寅卯", kinds, strict=False)
    )
    footer = draw(st.none() | st.just(("合计", *(draw(CELLS[kind]) for kind in kinds[1:]))))
    return Table(columns, rows, footer, caption="各月支出")


@settings(max_examples=25, deadline=None)
@given(_tables())
def test_no_table_of_a_chat_picture_is_set_smaller_than_wuhao(composer, sheet_facts, table):
    sheet = composer.compose_phone(sheet_facts(table))
    assert min(char.size for char in chars(sheet.pdf)) >= MIN_POINTS - 0.01
    assert all(char.left >= 0 and char.right <= 360 for char in chars(sheet.pdf))


@given(_tables())
def test_a_table_that_is_cut_loses_no_column_and_keeps_the_names_of_its_rows(table):
    first, *others = cut_table(table)
    seen = _by_title(first)
    for part in others:
        columns = _by_title(part)
        assert columns.keys() & seen.keys() <= {column.title for column in table.columns[:2]}
        assert part.columns[0] == table.columns[0]
        assert columns.keys() - seen.keys(), "every part brings something new"
        seen |= columns
    assert list(seen.items()) == list(_by_title(table).items())


def _by_title(table):
    cells = zip(*table.rows, *([table.footer] if table.footer else []), strict=True)
    return dict(zip((column.title for column in table.columns), cells, strict=True))


def test_twelve_columns_become_tables_that_begin_with_the_name_of_the_row(composer, sheet_facts):
    parts = cut_table(_months())
    assert [part.caption for part in parts] == [f"各月支出（{n}/3）" for n in (1, 2, 3)]
    assert all(part.columns[0].title == "项目" for part in parts)
    titles = [column.title for part in parts for column in part.columns[1:]]
    assert titles == [*MONTHS, "备注"]
    sheet = composer.compose_phone(sheet_facts(_months()))
    assert (sheet.pages, sheet.whole) == (1, 0)


def test_a_numbered_list_keeps_number_and_name_in_every_part():
    table = _months(3)
    numbered = replace(
        table,
        columns=(Column("序号"), *table.columns),
        rows=tuple((str(n), *row) for n, row in enumerate(table.rows, 1)),
    )
    for part in cut_table(numbered):
        assert [column.title for column in part.columns[:2]] == ["序号", "项目"]


def test_a_table_that_fits_is_left_as_it_is():
    document = Document((Paragraph("现公开如下。"), Table((Column("姓名"),), (("甲",),))))
    assert phone_document(document) == document


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
