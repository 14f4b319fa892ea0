"""Where the tables of a worksheet stand, and which of its lines are titles, captions and remarks."""

from itertools import islice, product
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.brought import LEDGER, shape

from bulletin.domain.notices.brought.outline import outline_of
from bulletin.domain.notices.brought.parts import FileParts, plain_rows
from bulletin.domain.notices.brought.sheets import (
    CellRange,
    column_name,
    read_range,
    sheet_parts,
    tables_of,
    used_range,
    within,
)


def cells(rows):
    return plain_rows([["" if value is None else str(value) for value in row] for row in rows])


HEAD, ROW, SUM = ["项目", "金额（元）"], ["电费", 20], ["合计", 20]
SHEETS = {
    "a village's ledger": (
        LEDGER,
        "张家村2026年第三季度财务收支明细表",
        ["序号 摘要 收入 支出\n1 上级拨款 24000 _\n2 路灯电费 _ 1280.25\n合计 _ 24000 1280.25"],
        ["A1:D8"],
    ),
    "two tables with an empty row between": (
        [["收入明细表"], HEAD, ROW, SUM, [], ["支出明细表"], HEAD, ROW, SUM],
        "",
        ["项目 金额（元）\n电费 20\n合计 20", "项目 金额（元）\n电费 20\n合计 20"],
        ["A1:B4", "A6:B9"],
    ),
    "two tables without one": (
        [["收入明细表"], HEAD, ROW, SUM, ["支出明细表"], HEAD, ROW, SUM],
        "",
        ["项目 金额（元）\n电费 20\n合计 20", "项目 金额（元）\n电费 20\n合计 20"],
        ["A1:B4", "A5:B8"],
    ),
    "lines within a table": (
        [HEAD, ["一、收入情况"], ["拨款", 300], ["二、支出情况"], ROW, ["合计", 320]],
        "",
        ["项目 金额（元）\n一、收入情况 _\n拨款 300\n二、支出情况 _\n电费 20\n合计 320"],
        ["A1:B6"],
    ),
    "names in groups are one table": (
        [["姓名", "组别"], ["低保户名单"], ["马示例", "一组"], ["李示例", "二组"]],
        "",
        ["姓名 组别\n低保户名单 _\n马示例 一组\n李示例 二组"],
        ["A1:B4"],
    ),
    "remarks and a signature below": (
        [HEAD, ROW, ["备注：含税"], ["张家村村民委员会"], ["2026年10月9日"]],
        "",
        ["项目 金额（元）\n电费 20", "备注：含税"],
        ["A1:B5"],
    ),
    "signed with names": (
        [HEAD, ROW, SUM, ["村主任：王示例", "会计：李示例"]],
        "",
        ["项目 金额（元）\n电费 20\n合计 20", "村主任：王示例　会计：李示例"],
        ["A1:B4"],
    ),
    "empty columns and rows within": (
        [["项目", None, "金额（元）"], [], ["电费", None, 20], [], ["水费", None, 30]],
        "",
        ["项目 金额（元）\n电费 20\n水费 30"],
        ["A1:C5"],
    ),
    "words alone": ([["财务公示"], [], ["张家村已完成。"]], "财务公示", ["张家村已完成。"], []),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_read_as_a_person_reads_it(name):
    rows, title, blocks, places = SHEETS[name]
    made = outline_of(FileParts(parts=tuple(sheet_parts(cells(rows)))))
    assert (made.title, shape(made.blocks)) == (title, blocks)
    assert [str(table.cells) for table in tables_of(cells(rows))] == places


def test_the_lines_above_a_table_are_its_caption():
    made = outline_of(FileParts(parts=tuple(sheet_parts(cells(LEDGER)))))
    assert made.blocks[0].caption == "编制单位：张家村村民委员会　单位：元"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("A3:F30", "A3:F30"),
        (" a3：f30 ", "A3:F30"),
        ("$F$30:$A$3", "A3:F30"),
        ("AA1:AB2", "AA1:AB2"),
        ("A0:B2", None),
        ("A:F", None),
        ("第三行", None),
        ("", None),
    ],
)
def test_a_range_as_people_type_it(typed, meant):
    found = read_range(typed)
    assert (found and str(found)) == meant


def test_names_of_columns_count_as_a_spreadsheet_counts():
    names = (
        "".join(name) for length in (1, 2, 3) for name in product(ascii_uppercase, repeat=length)
    )
    assert [column_name(column) for column in range(1, 16_385)] == list(islice(names, 16_384))


@given(st.lists(st.lists(st.sampled_from(["", "字", "300"]), max_size=5), max_size=8))
def test_what_a_sheet_says_is_in_its_parts_once(rows):
    grid = plain_rows(rows)
    parts = sheet_parts(grid)
    said = []
    for part in parts:
        said += (
            [part.text]
            if hasattr(part, "text")
            else [*part.captions, *(c.text for row in part.rows for c in row)]
        )
    count = sum(bool(text) for row in rows for text in row)
    assert sum(len(text.split("　")) for text in said if text) == count
    used = used_range(grid)
    assert (used is None) == (count == 0)
    if used:
        inside = within(grid, used)
        assert sum(bool(cell.text) for row in inside for cell in row) == count


def test_a_range_outside_of_the_sheet_is_empty():
    assert within(cells(LEDGER), CellRange(90, 1, 95, 3)) == []
