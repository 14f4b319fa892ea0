"""Money in running words, as every sheet and page sets it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.amounts import (
    amount_of,
    capital_amount,
    capital_words,
    prose_words,
    signed_amount,
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("325.04", "叁佰贰拾伍元零肆分"),  # the examples of 《支付结算办法》 appendix 1
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("64027.37", "陆万肆仟零贰拾柒元叁角柒分"),
        ("100000500", "壹亿零伍佰元整"),
        ("10000000", "壹仟万元整"),
        ("1234500000000", "壹万亿贰仟叁佰肆拾伍亿元整"),
        ("-12.345", "负壹拾贰元叁角伍分"),
    ],
)
def test_an_amount_in_capitals(amount, words):
    assert capital_words(Decimal(amount)) == words


@given(st.integers(-(10**15), 10**15))
def test_capitals_are_read_back(fen):
    assert capital_amount(capital_words(Decimal(fen) / 100)) == Decimal(fen) / 100


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("人民币壹万贰仟圆正", Decimal(12000)),
        ("拾元整", Decimal(10)),
        ("一千二百三十四元五角", Decimal("1234.5")),
        ("壹佰元零伍分", Decimal("100.05")),
        ("壹贰叁元整", None),
        ("元整", None),
        ("整", None),
        ("待核", None),
    ],
)
def test_capitals_are_read_as_people_write_them(words, amount):
    assert capital_amount(words) == amount


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("(300.00)", Decimal("-300.00")),
        ("（1,200）元", Decimal(-1200)),
        ("￥(30)", Decimal(-30)),
        ("–300", Decimal(-300)),
        ("−300", Decimal(-300)),
        ("300", Decimal(300)),
        ("–", None),
        ("(-3)", None),
        ("(大写)", None),
    ],
)
def test_an_amount_below_nought_as_accounts_write_it(cell, amount):
    assert signed_amount(cell) == amount


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (" 1,234.50 元", Decimal("1234.50")),
        ("￥ 24", Decimal(24)),
        ("３００．００", Decimal("300.00")),
        ("- 5", Decimal(-5)),
        ("300 500", None),
        ("300\n500", None),
        ("300　.50", None),
        ("(300.00)", None),
        ("-", None),
    ],
)
def test_a_blank_between_digits_parts_two_figures(cell, amount):
    assert amount_of(cell) == amount


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("结余64027.37元。", "结余64,027.37元。"),
        ("每亩1260元，单价0.85元", "每亩1,260元，单价0.85元"),
        ("共 203780.97 元", "共 203,780.97 元"),
        ("已有12,345元", "已有12,345元"),
        ("结余64027.37元（大写）", "结余64,027.37元（大写：陆万肆仟零贰拾柒元叁角柒分）"),
        ("收到860元（大写：____）", "收到860元（大写：捌佰陆拾元整）"),
        ("收到860元（大写：捌佰陆拾元整）", "收到860元（大写：捌佰陆拾元整）"),
        # what is no amount of 元 stays as it was typed
        ("2026元旦和2026元宵", "2026元旦和2026元宵"),
        ("3万元、1.2345元、2026年、0972-8320000", "3万元、1.2345元、2026年、0972-8320000"),
    ],
)
def test_amounts_in_running_words(typed, printed):
    assert prose_words(typed) == printed
