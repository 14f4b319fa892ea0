"""How the columns of a table are planned."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin.sheets.columns import (
    LARGEST,
    SMALLEST,
    ColumnPlan,
    Need,
    is_too_wide,
    plan_columns,
)
from bulletin.sheets.widths import ems

UPRIGHT, LYING = 448.5, 728.5  # points


def _need(title, *cells, **more):
    return Need(title=title, cells=cells, regular_ems=ems, bold_ems=ems, **more)


NUMBER, NAME = _need("序号", "600"), _need("姓名", "祁示例", broken=True)
MONEY = _need("收入（元）", "280,350.00")
PURPOSE = _need("摘要", "上级拨付村级组织运转经费", broken=True)


@pytest.mark.parametrize(
    ("needs", "rows", "blocks"),
    [
        ([NUMBER, NAME], 600, 3),
        ([NUMBER, NAME], 60, 3),
        ([NUMBER, NAME], 24, 2),
        ([NUMBER, NAME], 20, 1),
        ([NUMBER, NAME, _need("组别", "三社")], 60, 3),
        ([NUMBER, NAME, MONEY], 60, 2),
        ([NUMBER, PURPOSE, MONEY], 139, 1),
    ],
)
def test_a_narrow_list_of_many_rows_stands_abreast_in_full_size(needs, rows, blocks):
    plan = plan_columns(needs, rows, UPRIGHT)
    assert (plan.copies, plan.size) == (blocks, LARGEST)


LEDGER = [NUMBER, _need("日期", "10月13日"), PURPOSE, MONEY, MONEY, MONEY]


def test_words_are_broken_before_type_is_small():
    plan = plan_columns(LEDGER, 20, UPRIGHT)
    assert plan.size == LARGEST
    assert plan.widths[2] < PURPOSE.natural + PURPOSE.insets


def test_a_ledger_of_many_pages_stays_on_one_line_a_row():
    plan = plan_columns(LEDGER, 60, UPRIGHT)
    assert SMALLEST <= plan.size < LARGEST
    assert plan.widths[2] >= PURPOSE.natural + PURPOSE.insets


def test_a_table_turns_the_sheet_before_it_is_under_ten_and_a_half_points():
    columns = [NAME, *[MONEY] * 10]
    assert is_too_wide(columns, UPRIGHT)
    assert plan_columns(columns, 30, LYING).size >= SMALLEST
    assert not is_too_wide([NAME, *[MONEY] * 5], UPRIGHT)


@st.composite
def _tables(draw):
    cells = st.text("村民委员会公开收支0123456789,.", min_size=1, max_size=14)
    return [
        _need(
            draw(st.sampled_from(["序号", "姓名", "承包面积（亩）", "金额", "家庭住址"])),
            *draw(st.lists(cells, min_size=1, max_size=4)),
            broken=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 14)))
    ]


@given(_tables(), st.integers(1, 200), st.sampled_from([UPRIGHT, LYING]))
def test_columns_fill_the_room_and_tear_nothing(needs, rows, room):
    plan = plan_columns(needs, rows, room)
    assert isinstance(plan, ColumnPlan)
    gutters = (plan.copies - 1) * 1.6
    assert plan.copies * sum(plan.widths) + gutters == pytest.approx(room / plan.size, rel=0.01)
    for need, width in zip(needs, plan.widths, strict=True):
        own = width - need.insets + 1e-6
        assert own >= min(need.heads)
        assert own >= (need.piece if need.broken else need.whole)
    assert plan.size == LARGEST or plan.copies == 1


WORDS = [8, 2, 8, 10, 6, 1, 11, 7]
HEADS = ["承包面积（亩）", "姓名", "序号", "金额", "姓名", "姓名", "姓名", "家庭住址"]
SQUEEZED = [
    *(_need(head, "公" * n, broken=True) for head, n in zip(HEADS, WORDS, strict=True)),
    _need("序号", "公" * 8),
]


@example(SQUEEZED, UPRIGHT)
@given(_tables(), st.sampled_from([UPRIGHT, LYING]))
def test_more_room_never_makes_type_smaller(needs, room):
    assert plan_columns(needs, 5, room).size <= plan_columns(needs, 5, room * 1.2).size


def test_a_label_of_sums_counts_for_its_column():
    assert replace(MONEY, bold=("1,280,350.00",)).whole > MONEY.whole
