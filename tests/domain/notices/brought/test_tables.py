"""A grid becomes a table: caption, titles, kinds of columns, total. The editor is held to the same cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.grids import TABLES, grid_of

from bulletin.domain.notices.brought.parts import Cell, Grid, plain_rows
from bulletin.domain.notices.brought.tables import has_merged_body, table_of
from bulletin.domain.notices.content import Paragraph, Table


@pytest.mark.parametrize("name", TABLES)
def test_a_grid_becomes_the_table_that_a_person_sees(name):
    case = TABLES[name]
    table = table_of(grid_of(case["grid"]))
    assert {
        "caption": table.caption,
        "columns": [[column.title, column.kind] for column in table.columns],
        "rows": [list(row) for row in table.rows],
        "footer": list(table.footer) if table.footer else None,
    } == case["table"]


def test_captions_alone_are_a_paragraph_and_nothing_is_nothing():
    assert table_of(Grid(rows=(), captions=("表1", "单位：元"))) == Paragraph("表1\n单位：元")
    assert table_of(Grid(rows=plain_rows([["", ""], [""]]))) is None


def test_only_cells_merged_below_the_titles_are_said_to_be_split():
    merged = {name: has_merged_body(grid_of(case["grid"])) for name, case in TABLES.items()}
    assert merged["merged cells in the body show their words once"]
    assert not merged["two rows of titles, merged down and across"]


WORDS = st.text(alphabet="甲乙丙丁元", max_size=3)
FIGURES = st.integers(min_value=0, max_value=99999).map(str)


@given(st.lists(st.lists(WORDS | FIGURES, min_size=1, max_size=5), min_size=1, max_size=6))
def test_no_word_of_a_grid_is_lost_or_said_twice(rows):
    table = table_of(Grid(rows=plain_rows(rows)))
    expected = sorted("".join(text for row in rows for text in row))
    if table is None:
        assert expected == []
        return
    assert isinstance(table, Table)
    said = [
        table.caption,
        *(c.title for c in table.columns),
        *(c for row in table.rows for c in row),
    ]
    if table.footer:
        said += table.footer
    kept = "".join(said).replace(" ", "")
    assert len(kept) <= len(expected)  # 007 is kept as 7, nothing is added
    assert sorted(char for char in kept if not char.isdecimal()) == [
        char for char in expected if not char.isdecimal()
    ]


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 3), st.integers(0, 3))
def test_a_merged_cell_of_any_size_makes_rows_of_one_width(high, wide, top, left):
    """However cells are merged, each row has as many cells as there are columns."""
    area = {(y, x) for y in range(top, top + high) for x in range(left, left + wide)}
    rows = tuple(
        tuple(
            Cell(
                "" if (y, x) in area - {(top, left)} else "字",
                (top, left) if (y, x) in area else (y, x),
            )
            for x in range(7)
        )
        for y in range(7)
    )
    table = table_of(Grid(rows=rows))
    assert isinstance(table, Table)
    assert {len(row) for row in table.rows} == {len(table.columns)}
