"""A ledger as programs head it becomes 收支明细: every entry once, no sum of a page among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.accounts import table

from bulletin.domain.accounts.checks.account_checks import account_checks
from bulletin.domain.accounts.ledger_columns import (
    LedgerColumn,
    guessed_columns,
    heads_of,
    is_of_a_program,
    read_ledger,
)
from bulletin.domain.notices.content import Document

PROGRAM = "月# 日# 凭证字号 摘要 借方金额（元）$ 贷方金额（元）$ 方向 余额（元）$"
ROWS = (
    "|||上年结转|||借|100",
    "7|3|记-1|拨款|50.00|0.00|借|150",
    "|||本月合计|50|0|借|150",
    "|||承前页|50|0|借|150",
    "8|12|记-2|电费|—|30|借|120",
    "|||本年累计|50|30|借|120",
    "|||||||",
)


def read(heads, *rows):
    ledger = table(heads, *rows)
    return read_ledger(ledger, guessed_columns(ledger))


def test_a_cash_book_becomes_the_form():
    found = read(PROGRAM, *ROWS)
    assert [c.title for c in found.table.columns] == [
        "日期", "凭证号", "摘要", "收入（元）", "支出（元）", "结余（元）",
    ]  # fmt: skip
    assert found.table.rows == (
        ("", "", "上期结余", "", "", "100"),
        ("7月3日", "记-1", "拨款", "50.00", "", "150"),
        ("8月12日", "记-2", "电费", "", "30", "120"),
    )
    assert found.table.footer == ("", "", "合计", "50.00", "30", "120")
    assert found.left_out == ("本月合计", "承前页", "本年累计")
    assert account_checks(Document((found.table,))) == ()


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        ("日期 凭证号 摘要 收入 支出 余额", "date voucher summary income spending balance"),
        ("记账日期 字号 业务内容 收方 付方 结存金额", "date voucher summary income spending balance"),
        ("序号 日期 摘要 摘要 借方 贷方", "left_out date summary left_out income spending"),
    ],
)  # fmt: skip
def test_a_head_says_what_its_column_holds(heads, columns):
    assert [column.value for column in guessed_columns(table(heads))] == columns.split()


def test_a_form_that_stands_already_is_left_alone():
    assert is_of_a_program(table(PROGRAM, *ROWS))
    assert not is_of_a_program(table("日期 摘要 收入（元）$ 支出（元）$", "7月1日|拨款|50|"))
    assert not is_of_a_program(table("姓名 金额$", "甲|5"))
    assert heads_of(table(PROGRAM)) != heads_of(table("日期 摘要 借方$"))


def test_amounts_in_ten_thousands_become_yuan():
    found = read("日期 摘要 收入（万元）$", "7月1日|拨款|1.2")
    assert found.table.rows == (("7月1日", "拨款", "12000.0"),)


@pytest.mark.parametrize(
    "columns", ["date summary", "summary summary income", "date voucher income"]
)
def test_columns_that_make_no_ledger_are_refused(columns):
    named = [LedgerColumn(value) for value in columns.split()]
    with pytest.raises(ValueError, match=r"column|needed"):
        read_ledger(table("a b c", "1|2|3"), named)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 10**9)), min_size=1, max_size=8))
def test_the_form_adds_up_by_an_independent_count(moves):
    rows, left = ["|期初余额|||0"], 0
    for number, (is_income, fen) in enumerate(moves):
        left += fen if is_income else -fen
        sides = (f"{fen / 100:.2f}", "0.00") if is_income else ("0.00", f"{fen / 100:.2f}")
        rows.append("|".join(("7.1", f"第{number}笔", *sides, f"{left / 100:.2f}")))
        rows.append(f"|本月合计|{number}|{number}|{left / 100:.2f}")
    found = read("日期 摘要 借方$ 贷方$ 余额$", *rows)
    assert len(found.table.rows) == len(moves) + 1
    assert account_checks(Document((found.table,))) == ()
    came = sum(fen for is_income, fen in moves if is_income)
    assert (found.table.footer or ())[2] in (f"{came / 100:.2f}", "0")
