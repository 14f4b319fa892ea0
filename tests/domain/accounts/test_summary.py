"""明白账 as a villager reads it, drafted from the ledgers that villages keep."""

import pytest
from support.accounts import table

from bulletin.domain.accounts.summary import Heads, draft_summary, summary_check
from bulletin.domain.notices.content import Document, Heading, Summary

LEDGER = "日期 摘要 收入$ 支出$ 结余$"
OPENING = "|上期结余|||100"


def drafted(*blocks, **more):
    summary = draft_summary(Document(blocks), **more)
    assert isinstance(summary, Summary)
    assert summary_check(Document((summary, *blocks)), summary) is None
    return {line.label: line.words for line in summary.lines}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([OPENING, "|拨款|50||150", "|电费||30|120"], ["100.00元", "50.00元", "30.00元", "120.00元"]),
        ([OPENING, "|电费||130|(30)"], ["100.00元", "没有", "130.00元", "没有剩，超支30.00元"]),
        ([OPENING, "|本期无收支|||100"], ["100.00元", "没有", "没有", "100.00元"]),
        (["7.1|拨款|50||50", "7.2|电费||30|20"], ["没有", "50.00元", "30.00元", "20.00元"]),
        (
            [OPENING, "|拨款|50||150", "|7月小计|50||150", "|电费||30|120", "|8月小计||30|120"],
            ["100.00元", "50.00元", "30.00元", "120.00元"],
        ),
        ([OPENING, "|电费||30|70", "|冲回电费||-5|75"], ["100.00元", "没有", "25.00元", "75.00元"]),
    ],
)  # fmt: skip
def test_what_came_in_went_out_and_is_left(rows, says):
    lines = drafted(table(LEDGER, *rows))
    assert list(lines) == ["上期剩下", "收进来", "花出去", "现在剩下"]
    assert [words.partition("；")[0] for words in lines.values()] == says


def test_what_was_paid_for_in_many_bills_is_one_sum():
    rows = [OPENING, "|保洁工资||20|80", "|桥面维修||30|50", "|保洁工资||20|30"]
    assert drafted(table(LEDGER, *rows))["花出去"] == "70.00元；最多的是保洁工资40.00元"


def test_several_funds_have_a_line_each():
    own = table(LEDGER, OPENING, "|拨款|50||150", "|电费||30|120")
    special = table(LEDGER, "|上期结余|||0", "|拨款|5||5", footer="|合计|5||5")
    lines = drafted(Heading(1, "一、村集体资金"), own, Heading(1, "二、专项资金"), special)
    assert lines == {
        "村集体资金": "上期剩下100.00元，收进来50.00元，花出去30.00元，现在剩下120.00元",
        "专项资金": "上期没有剩，收进来5.00元，没有花出去，现在剩下5.00元",
    }
    assert not isinstance(draft_summary(Document((own, special))), Summary)  # which is which?


def test_nothing_is_shared_out_of_nothing():
    heads = Heads(residents=50)
    lines = drafted(table(LEDGER, OPENING, "|电费||30|70"), heads=heads)
    assert lines["平均每人"] == "花出去0.60元（按本村50人算）"
