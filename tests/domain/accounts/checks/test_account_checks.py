"""What does not add up is named at its cell, to the fen; what adds up in any way that people mean is left alone."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.accounts import LEDGER, table

from bulletin.domain.accounts.checks.account_checks import LastNotice, account_checks
from bulletin.domain.accounts.forms import FinanceForm, read_equation
from bulletin.domain.notices.content import Document, Heading, Paragraph, Table

SUBSIDY = "户主姓名 补贴面积（亩）# 标准（元/亩）$ 补贴金额（元）$"
DEBTS = "债权单位 期初余额$ 本期增加$ 本期减少$ 期末余额$"
FORM = FinanceForm(
    key="any", title="任意", columns=(), lines=(), footer=None,
    column_equations=(read_equation("补贴金额（元） = 补贴面积（亩） × 标准（元/亩）"),
                      read_equation("未付款 = 结算价 - 已付款")),
    row_equations=(read_equation("结转下期 = 可分配收益 - 提取公积金 - 分配给成员"),),
    items=frozenset(), topics=frozenset(), words=(),
)  # fmt: skip


def found(*blocks, last=None):
    """The code and the cell of every difference."""
    checks = account_checks(Document(blocks), (FORM,), last)
    return [(check.code, check.block, check.row, check.column) for check in checks]


@pytest.mark.parametrize(
    "blocks",
    [
        # 其中 and numbering name parts of what stands above them
        [table("项目 金额$", "财政拨款|100", "其中：转移支付|60", "项目款|40", "租金|20", footer="合计|120")],
        [
            table(
                "项目 金额$",
                "一、拨款|100", "（一）转移支付|60", "1.甲|20", "2.乙|40", "（二）项目款|40", "二、租金|20",
                footer="合计|120",
            )
        ],
        [table("序号 项目 金额$", "一|拨款|100", "1|甲|20", "2|乙|80", "二|租金|20", footer="|合计|120")],
        # the total above its lines, subtotals of groups, months and quarters
        [table("项目 金额$", "合计|120", "拨款|100", "租金|20")],
        [table("项目 金额$", "甲|3", "乙|20", "小计|23", "丙|1", "丁|2", "小计|3", footer="总计|26")],
        [table("项目 金额$", "一组小计|23", "二组小计|3", footer="总计|26")],
        [
            table(
                "日期 摘要 收入$ 支出$ 余额$",
                "|期初余额|||100", "7.1|甲|3||103", "|7月合计|3||103", "8.1|乙||3|100",
                "|8月合计||3|100", "|三季度合计|3|3|100", "|本年累计|50|33|100",
            )
        ],
        [table("摘要 金额$", "电费|30", "水费|20", "合计（大写）|人民币伍拾元整", footer="合计|50")],
        # a table that waits for its rows says nothing yet
        [Paragraph("本期收入51元，支出30元。"), table(LEDGER, "|||")],
        # what is counted, what one costs, shares, and what grows from line to line has no sum
        [table("项目 户数# 占比（%）$ 金额$", "甲|2|50|10", "乙|3|50|20", footer="合计|9|99|30")],
        [table("物品 数量# 单价（元）$ 金额（元）$", "甲|2|5|10", "乙|3|6|18", footer="合计||12|28")],
        [table("姓名 天数# 标准（元/天）$ 金额$", "甲|3|100|300", "乙|2|100|200", footer="合计|9|100|500")],
        [table("项目 本月金额$ 本年累计金额$", "甲|2|5", "乙|3|6", footer="合计|5|12")],
        # a remark that begins like a part of a sum
        [table("项目 金额$ 备注", "拨款|100|其中现金30元", "租金|20|", footer="合计|120|")],
        # below nought, nothing, full-width, in 万元
        [table("项目 金额$", "甲|–", "乙|(300.00)", "丙|￥500", "丁|−20", footer="合计|180")],
        [table("项目 金额$", "甲|１，２００．５０", "乙|300元", footer="合计|1,500.50")],
        [table("项目 金额（万元）$", "甲|1.2", "乙|—", "丙|0.3", footer="合计|1.5")],
        # a plan beside what came of it, in sections; the newest line first; what each fund has left
        [
            table(
                "项目 预算$ 决算$",
                "一、收入|100|90", "1.拨款|60|50", "2.租金|40|40", "二、支出|80|70", "1.电费|80|70",
                "三、年末结余|20|20",
            )
        ],
        [table(LEDGER, "电费||30|120", "拨款|50||150", "上期结余|||100")],
        [table("资金 到账（元）$ 已用（元）$ 结余（元）$", "甲|100|20|80", "乙|50||50")],
        [table(DEBTS, "甲|100|20|30|90", "乙||50||50", footer="合计|100|70|30|140")],
        # words
        [
            Paragraph("本季度收入合计50元，支出30.00元，期末结余120元。第二季度收入40元。"),
            table(LEDGER, "上期结余|||100", "拨款|50||150", "电费||30|120", footer="合计|50|30|120"),
        ],
        [
            Paragraph("本季度收入1.2万元，其中拨款收入1万元，上年收入9000元。"),
            table(LEDGER, "上期结余|||100", "拨款|12034||12134", footer="合计|12034||12134"),
        ],
        [
            Paragraph("共发放2户，合计484.50元（大写：肆佰捌拾肆元伍角整）。"),
            table(SUBSIDY, "甲|3.7|85|314.50", "乙|2|85|170", footer="合计|5.7||484.50"),
        ],
        # double entry: what is owed grows with 贷方; the sums that a ledger carries from page to page
        [table("科目 借方$ 贷方$ 方向 余额$", "现金|100|20|借|80", "应付|20|100|贷|80")],
        [
            table(
                "日期 摘要 收入$ 支出$ 余额$",
                "7.1|承前页|500|400|100", "7.2|付电费||30|70", "7.3|过次页|500|430|70",
            )
        ],
        [table("项目 金额$", "合同价|100", "减：质保金|5", "减：已付款|60", footer="合计|35")],
        [
            table("收入项目 金额$", "拨款|50", footer="合计|50", caption="财政收入"),
            table("收入项目 金额$", "租金|20", footer="合计|20", caption="经营收入"),
            table("项目 金额$", "上期结余|100", "本期收入|70", "本期支出|0", "本期结余|170"),
        ],
        [table(LEDGER, "|||", "上期结余|||10", "电费||30|(20)", "拨款|50||30", footer="合计|50|30|30")],
        [
            Paragraph("合计：第一次付款100元，第二次付款200元。"),
            table("日期 事由 金额$ 累计已付$", "7.1|预付|100|100", "8.1|进度|200|300", footer="|合计|300|300"),
        ],
        [Paragraph("人民币叁佰元整（¥300.00）。"), table("项目 金额$", "合计（大写）叁拾元整|30")],
    ],
)  # fmt: skip
def test_what_adds_up_is_left_alone(blocks):
    assert found(*blocks) == []


@pytest.mark.parametrize(
    ("blocks", "differences"),
    [
        ([table("项目 金额$", "甲|3", "乙|20", footer="合计|0")], [("sum_differs", 0, 2, 1)]),
        ([table("项目 金额$", "甲|–", "乙|(300)", "丙|500", footer="合计|800")], [("sum_differs", 0, 3, 1)]),
        ([table("项目 金额$", "甲|3O0", "乙|20", footer="合计|320")], [("amount_unread", 0, 0, 1)]),
        (
            [table("项目 金额$", "甲|3", "乙|20", "小计|23", "丙|1", "小计|1.01", footer="总计|24")],
            [("sum_differs", 0, 4, 1)],
        ),
        ([table("姓名 保障金$ 分类施保$ 合计$", "甲|3|100|103", "乙|2|100|102.01")], [("sum_differs", 0, 1, 3)]),
        ([table(DEBTS, "甲|100|20|30|90.01", "乙||50||50")], [("balance_differs", 0, 0, 4)]),
        (
            [table("资金 到账$ 已用$ 结余$", "甲|100|20|80", "乙|50||50.5", "丙|5||5")],
            [("balance_differs", 0, 1, 3)],
        ),
        (
            [Heading(1, "一、收入"), table("来源 金额$", "拨款|50"), Heading(1, "二、支出"),
             table("用途 金额$", "电费|30"), Paragraph("结余如下。"),
             table("项目 金额$", "上期结余|100", "本期收入|50.01", "本期支出|30", "期末结余|120.02")],
            [("sum_differs", 5, 1, 1), ("balance_differs", 5, 3, 1)],
        ),
        (
            [Paragraph("本季度收入合计50.01元。"), table(LEDGER, "上期结余|||100", "拨款|50||150")],
            [("sum_differs", 0, None, None)],
        ),
        (
            [Paragraph("合计484.60元（大写：肆佰捌拾肆元伍角整）。"),
             table(SUBSIDY, "甲|3.7|85|314.50", "乙|2|85|170", footer="合计|5.7||484.50")],
            [("sum_differs", 0, None, None), ("capital_differs", 0, None, None)],
        ),
        # several sums of one sentence, each said
        (
            [Paragraph("上期结余99元，本期收入51元，支出30元。"), table(LEDGER, "上期结余|||100", "拨款|50||150", "电费||30|120")],
            [("sum_differs", 0, None, None), ("sum_differs", 0, None, None)],
        ),
        # 大写 on a line of its own is the total
        (
            [table("摘要 金额$", "电费|30", "水费|20", "合计（大写）|伍拾壹元整", footer="合计|50")],
            [("sum_differs", 0, 2, 1)],
        ),
        ([Paragraph("付款30.50元（大写：叁拾元伍分）。")], [("capital_differs", 0, None, None)]),
        ([table("项目 金额$", "甲|3", footer="合计（大写：肆元整）|3")], [("capital_differs", 0, 1, 0)]),
        (
            [table("捐赠人 金额$", "王|500", "匿名|300"), Paragraph("以上捐款共计801元。")],
            [("sum_differs", 1, None, None)],
        ),
        ([table("项目 金额$", "合计（大写）：叁拾壹元整|30")], [("capital_differs", 0, 0, 0)]),
        ([table(SUBSIDY, "甲|3.7|85|314.50", "乙|2|85|171")], [("equation_differs", 0, 1, 3)]),
        ([table("工程 结算价$ 已付款$ 未付款$", "路|100|40|61")], [("equation_differs", 0, 0, 3)]),
        (
            [table("项目 金额$", "可分配收益|100", "提取公积金|20", "分配给成员|70", "结转下期|11")],
            [("equation_differs", 0, 3, 1)],
        ),
    ],
)  # fmt: skip
def test_what_does_not_is_named_at_its_cell(blocks, differences):
    assert found(*blocks) == differences


def test_a_difference_names_both_figures_and_what_parts_them():
    [check] = account_checks(Document((table("项目 金额（万元）$", "甲|1.2", footer="合计|1.25"),)))
    assert check.words == (
        "“金额（万元）”一列，“合计”按各行加起来是12,000.00元，这里写的是12,500.00元，差500.00元。"
    )


Q2 = Document((table(LEDGER, "上期结余|||90", "拨款|10||100", footer="合计|10||100"),))


@pytest.mark.parametrize(
    ("block", "differences"),
    [
        (table(LEDGER, "上期结余|||100", "拨款|50||150"), []),
        (table(LEDGER, "上期结余|||100.01", "拨款|50||150.01"), [("carried_differs", 0, 0, 3)]),
        (table(LEDGER, "拨款|50||150.01"), [("carried_differs", 0, 0, 3)]),
        (table("项目 金额$", "拨款|50"), []),
    ],
)
def test_the_opening_balance_is_the_closing_one_of_the_last_notice(block, differences):
    assert found(block, last=LastNotice("第二季度收支", Q2)) == differences


def test_what_is_owed_is_carried_over_for_each_creditor():
    last = LastNotice("上季度", Document((table(DEBTS, "甲|100|20|30|90", "乙||||", "丙|5|||5"),)))
    now = table(DEBTS, "甲|90|||90", "丙|5.01|||5.01", "丁|7|||7")
    assert found(now, last=last) == [("carried_differs", 0, 1, 1)]
    [check] = account_checks(Document((now,)), (), last)
    assert "“上季度”里，这一项的期末是5.00元，这里写的是5.01元，差0.01元" in check.words


FEN = st.integers(-99_999_999, 999_999_999)
MOVES = st.lists(st.tuples(st.booleans(), FEN.filter(bool)), min_size=2, max_size=8)


def _yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def _ledger(opening: int, moves: list[tuple[bool, int]]) -> Table:
    """A ledger that is right, counted in whole fen."""
    rows, left = [f"上期结余|||{_yuan(opening)}"], opening
    for number, (is_income, fen) in enumerate(moves):
        left += fen if is_income else -fen
        sides = (_yuan(fen), "") if is_income else ("", _yuan(fen))
        rows.append("|".join((f"第{number}笔", *sides, _yuan(left))))
    came = sum(fen for is_income, fen in moves if is_income)
    went = sum(fen for is_income, fen in moves if not is_income)
    return table(LEDGER, *rows, footer=f"合计|{_yuan(came)}|{_yuan(went)}|{_yuan(left)}")


@given(opening=FEN, moves=MOVES, at=st.integers(0, 100), off=st.sampled_from([-1, 1]))
def test_one_cell_that_is_a_fen_off_is_named_and_nothing_else(opening, moves, at, off):
    right = _ledger(opening, moves)
    assert found(right) == []
    rows = [*right.rows, right.footer or ()]
    cells = [(r, c) for r, row in enumerate(rows) for c in (1, 2, 3) if row[c]]
    row, column = cells[at % len(cells)]
    changed = list(rows[row])
    changed[column] = str(Decimal(changed[column]) + Decimal(off) / 100)
    rows[row] = tuple(changed)
    wrong = replace(right, rows=tuple(rows[:-1]), footer=rows[-1])
    assert found(wrong) == _expected(len(right.rows), row, column)


def _expected(total: int, row: int, column: int) -> list[tuple[str, int, int, int]]:
    """What a cell takes part in: the balance of its row, and the total of its column."""
    if row == total:
        return [("balance_differs" if column == 3 else "sum_differs", 0, total, column)]
    if column == 3:  # a wrong opening shows at the first entry, a wrong balance where it stands
        return [("balance_differs", 0, max(row, 1), 3)]
    return [("balance_differs", 0, row, 3), ("sum_differs", 0, total, column)]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=9), st.integers(0, 8))
def test_a_list_is_right_or_its_total_is_named(amounts, at):
    rows = [f"户{number}|{_yuan(fen)}" for number, fen in enumerate(amounts)]
    total = sum(amounts)
    assert found(table("户主 金额$", *rows, footer=f"合计|{_yuan(total)}")) == []
    off = table("户主 金额$", *rows, footer=f"合计|{_yuan(total + 1 + at)}")
    assert found(off) == [("sum_differs", 0, len(rows), 1)]
