"""上期结余 of the new notice is 本期结余 of the old one."""

import pytest

from bulletin.domain.notices.content import Column, Document, Table
from bulletin.domain.patterns.carry_over import carried_over


def a_table(heads, rows, footer=None, caption=""):
    columns = tuple(Column(*head) for head in heads)
    return Document((Table(columns, tuple(map(tuple, rows)), footer, caption),))


ONE_COLUMN = [("项目",), ("金额（元）", "money")]
STOCKS = [
    ("项目",),
    ("期初余额", "money"),
    ("本期增加", "money"),
    ("本期减少", "money"),
    ("期末余额", "money"),
]


@pytest.mark.parametrize(
    ("heads", "rows", "carried"),
    [
        (
            ONE_COLUMN,
            [["上期结余", "100"], ["本期收入", "50"], ["本期支出", "20"], ["本期结余", "130"]],
            [["上期结余", "130.00"], ["本期收入", "50"], ["本期支出", "20"], ["本期结余", "130"]],
        ),
        (
            STOCKS,
            [["应收款", "5", "1", "2", "4"], ["欠款", "7", "0", "0", "7.50"]],
            [["应收款", "4", "1", "2", "4"], ["欠款", "7.50", "0", "0", "7.50"]],
        ),
        (  # two closing balances: nobody knows which
            ONE_COLUMN,
            [["上期结余", "100"], ["本期结余", "130"], ["期末结余", "131"]],
            [["上期结余", "100"], ["本期结余", "130"], ["期末结余", "131"]],
        ),
        (ONE_COLUMN, [["办公费", "100"]], [["办公费", "100"]]),
    ],
)
def test_the_closing_balance_is_carried_over(heads, rows, carried):
    assert carried_over(a_table(heads, rows)) == a_table(heads, carried)
