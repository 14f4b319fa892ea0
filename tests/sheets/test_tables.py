"""Tables before they are set."""

import pytest

from bulletin.domain.notices.content import Column, Table
from bulletin.sheets.tables import table_data


def _aligned(kind, *cells):
    data = table_data(Table((Column("列", kind),), tuple((cell,) for cell in cells)))
    return data["columns"][0]["align"]


@pytest.mark.parametrize(
    ("kind", "cells", "side"),
    [
        ("text", ["1", "2", "3"], "center"),  # 序号
        ("text", ["张三", "李四"], "left"),
        ("number", ["12.5", "3"], "right"),
        ("number", ["4", "1"], "center"),
        ("money", ["5"], "right"),
        ("date", ["9月30日"], "left"),
        ("text", [], "left"),
    ],
)
def test_figures_stand_right_and_words_left(kind, cells, side):
    assert _aligned(kind, *cells) == side


def test_money_is_printed_as_money():
    data = table_data(Table((Column("元", "money"),), (("24000",), ("",), ("见附件",))))
    assert data["rows"] == [["24,000.00"], [""], ["见附件"]]


@pytest.mark.parametrize(
    ("footer", "spans"),
    [
        (("合计", "", "", "9"), [("合计", 3), ("9.00", 1)]),
        (("", "合计", "", "9"), [("合计", 3), ("9.00", 1)]),
        (("合计", "3户", "", "9"), [("合计", 1), ("3户", 1), ("", 1), ("9.00", 1)]),
        (("", "", "", "9"), [("", 1), ("", 1), ("", 1), ("9.00", 1)]),
    ],
)
def test_the_word_for_the_sum_takes_the_empty_cells_beside_it(footer, spans):
    columns = (Column("序号"), Column("日期", "date"), Column("摘要"), Column("金额", "money"))
    data = table_data(Table(columns, (("1", "", "", "9"),), footer))
    assert [(cell["text"], cell["span"]) for cell in data["footer"]] == spans
    assert sum(cell["span"] for cell in data["footer"]) == len(columns)


def test_a_remark_among_figures_may_be_broken():
    data = table_data(
        Table((Column("元", "money"),), (("详见附件所列各户发放明细表及说明",), ("5",)))
    )
    assert data["columns"][0]["broken"] is False
    data = table_data(Table((Column("元", "money"),), (("详见附件所列各户发放明细表及其说明。",),)))
    assert data["columns"][0]["broken"] is True


def _carried(*rows, footer):
    columns = (Column("摘要"), Column("支出（元）", "money"), Column("结余（元）", "money"))
    return table_data(Table(columns, rows, footer=footer))["carried"]


def test_what_is_summed_up_is_carried_over_and_a_balance_is_not():
    rows = (("甲", "100", "900"), ("乙", "20.5", "879.5"), ("丙", "", "879.5"))
    carried = _carried(*rows, footer=("合计", "120.50", "879.5"))
    assert carried == [["", "100.00", ""], ["", "120.50", ""], ["", "120.50", ""]]


def test_a_table_whose_total_is_no_sum_carries_nothing():
    rows = (("甲", "100", "900"),)
    assert _carried(*rows, footer=("合计", "999", "")) == []
    assert _carried(*rows, footer=()) == []


@pytest.mark.parametrize(
    ("columns", "sides"),
    [
        # 同意, 反对, 弃权 with marks; nobody was against it
        ((("text", "✓", ""), ("text", "", ""), ("text", "", "✓")), ["center"] * 3),
        ((("number", "33", "28"), ("number", "0", "5"), ("number", "2", "2")), ["right"] * 3),
        ((("number", "3", "8"), ("number", "0", "5"), ("number", "2", "2")), ["center"] * 3),
        ((("text", "38票", "28票"), ("text", "0票", "5票")), ["right"] * 2),
        ((("number", "3", "8"), ("text", "甲乙", "丙丁")), ["center", "left"]),
        ((("text", "女", "男"), ("text", "甲乙", "丙丁")), ["center", "left"]),
    ],
)
def test_the_columns_of_a_vote_stand_alike(columns, sides):
    rows = tuple(zip(*(cells for _, *cells in columns), strict=True))
    table = Table(tuple(Column("列", kind) for kind, *_ in columns), rows)
    assert [column["align"] for column in table_data(table)["columns"]] == sides
