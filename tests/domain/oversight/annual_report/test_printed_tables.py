"""Tables as they are printed: cell for cell those that somebody else wrote by hand."""

from decimal import Decimal

import pytest
from support.annual_reports import filled, layouts, tables_of

from bulletin.domain.oversight.annual_report.layout import CellKey, TableName, layout_of
from bulletin.domain.oversight.annual_report.printed_tables import printed_tables

IN_FORCE = layouts()["2021"]
EXPLAINED = {"（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开"}


@pytest.mark.parametrize("name", ["2019", "2023", "2021"])
def test_every_cell_stands_where_the_form_has_it(name):
    layout = layouts()[name]
    figures = filled(layout)
    printed = printed_tables(layout, figures)
    for table, (_, expected) in zip(printed.values(), tables_of(layout, figures), strict=True):
        found = [
            [(_plain(cell.words), cell.across, cell.down) for cell in row] for row in table.rows
        ]
        assert found == [[tuple(cell) for cell in row] for row in expected]
        assert len({sum(c.across * c.down for row in table.rows for c in row)}) == 1
        area = sum(cell.across * cell.down for row in table.rows for cell in row)
        assert area == table.width * len(table.rows)


def _plain(words):
    return EXPLAINED.get(words, words).replace("（单位：万元）", "")


def test_each_figure_knows_its_cell_and_what_is_not_known_is_left_empty():
    key = CellKey(TableName.REQUESTS, "received", "person")
    table = printed_tables(IN_FORCE, {key: Decimal(7)})[TableName.REQUESTS]
    cells = {cell.key: cell.words for row in table.rows for cell in row if cell.key}
    assert cells.pop(key) == "7"
    assert set(cells.values()) == {""}
    assert len(cells) == 174


def test_a_row_that_a_report_calls_otherwise_keeps_its_words():
    key = CellKey(TableName.PROACTIVE, "documents", "issued")
    table = printed_tables(IN_FORCE, {}, {key: "规范性文件"})[TableName.PROACTIVE]
    assert [row[0].words for row in table.rows][2:4] == ["规章", "规范性文件"]


@pytest.mark.parametrize(
    ("year", "form"),
    [(2018, "2021"), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")],
)
def test_the_form_follows_from_the_year(year, form):
    assert layout_of(tuple(layouts().values()), year).name == form
