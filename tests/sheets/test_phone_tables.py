"""Wide tables on a phone: cut into several in readable type, none without the name of the row."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.printed import chars

from bulletin.domain.notices.content import Column, Table
from bulletin.sheets.faces import faces_of
from bulletin.sheets.layout import PACKAGED_FONT
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


@pytest.fixture(scope="session")
def faces(templates):
    return faces_of([PACKAGED_FONT], [templates / "fonts"])


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
def test_a_table_that_is_cut_loses_no_column_and_keeps_the_names_of_its_rows(faces, table):
    first, *others = cut_table(table, faces)
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


def test_twelve_columns_become_tables_that_begin_with_the_name_of_the_row(
    composer, faces, sheet_facts
):
    parts = cut_table(_months(), faces)
    assert [part.caption for part in parts] == [f"各月支出（{n}/3）" for n in (1, 2, 3)]
    assert all(part.columns[0].title == "项目" for part in parts)
    titles = [column.title for part in parts for column in part.columns[1:]]
    assert titles == [*MONTHS, "备注"]
    sheet = composer.compose_phone(sheet_facts(_months()))
    assert (sheet.pages, sheet.whole) == (1, 0)


def test_a_numbered_list_keeps_number_and_name_in_every_part(faces):
    table = _months(3)
    numbered = replace(
        table,
        columns=(Column("序号"), *table.columns),
        rows=tuple((str(n), *row) for n, row in enumerate(table.rows, 1)),
    )
    for part in cut_table(numbered, faces):
        assert [column.title for column in part.columns[:2]] == ["序号", "项目"]


@pytest.mark.parametrize("width", [1, 2])
def test_a_table_that_cannot_be_cut_stays_one_whatever_its_width(faces, width):
    table = Table((Column("张家村村民代表会议决定事项" * 5),) * width, (("1",) * width,))
    assert cut_table(table, faces) == (table,)
