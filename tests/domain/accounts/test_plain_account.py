"""明白账: the figures of a cover are the sums of the notice's own tables, to the fen, or there is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.accounts import LEDGER, table

from bulletin.domain.accounts.figures import PlainAccount
from bulletin.domain.accounts.plain_account import plain_account
from bulletin.domain.errors import Refusal
from bulletin.domain.notices.content import Document, Heading, Paragraph


def said(*blocks, personal=False):
    """The figures as label and words, and the largest items; or the sentence of a refusal."""
    found = plain_account(Document(blocks), personal=personal)
    if isinstance(found, Refusal):
        return found.code
    figures = " ".join(f"{f.label}={f.words}{f.unit}" for f in found.figures)
    return figures, " ".join(f"{f.label}={f.words}" for f in found.largest)


FOUR = "上期结余=100.00元 收入=50.00元 支出=30.00元 结余=120.00元"


@pytest.mark.parametrize(
    "blocks",
    [
        # one ledger: the opening as a row, or as the balance before the first entry
        [table(LEDGER, "上期结余|||100", "拨款|50||150", "电费||30|120", footer="合计|50|30|120")],
        [table(LEDGER, "拨款|50||150", "电费||30|120", footer="合计|50|30|120")],
        [table(LEDGER, "拨款|50||", "电费||30|120")],
        [table(LEDGER, "上年结转|100||", "拨款|50||", "电费||30|120")],
        # what was carried over counted into the sums on both sides
        [
            table(
                LEDGER,
                "上年结转|100||",
                "拨款|50||",
                "电费||30|",
                "结转下年||120|",
                footer="合　计|150|150|",
            )
        ],
        # sums inside the rows
        [
            table(
                LEDGER,
                "期初余额|||100",
                "拨款|50||150",
                "小计|50||150",
                "电费||30|120",
                "本月合计|50|30|120",
                "本年累计|900|800|120",
                "合计|50|30|120",
            )
        ],
        # two tables, the balances in the first and after the second
        [
            table(
                "项目 金额（元）$",
                "上期结余|100",
                "拨款|50",
                footer="合计|150",
                caption="一、收入明细",
            ),
            table("项目 金额（元）$", "电费|30", footer="合计|30", caption="二、支出明细"),
            table("项目 金额（元）$", "期末结余|120", caption="三、结余"),
        ],
        [
            Heading(1, "一、收入"),
            table("来源 金额（元）$", "拨款|50"),
            Heading(1, "二、支出"),
            table("用途 金额（元）$", "电费|30"),
            Paragraph("本期结余如下。"),
            table("项目 金额（元）$", "上期结余|100", "本期收入|50", "本期支出|30", "期末结余|120"),
        ],
        # both sides beside one another
        [
            table(
                "收入项目 金额（元）$ 支出项目 金额（元）$",
                "上期结余|100|电费|30",
                "拨款|50|期末结余|120",
                footer="合计|150|合计|150",
            )
        ],
        [
            table(
                "收入项目 收入金额（元）$ 支出项目 支出金额（元）$",
                "一、上年结转|100|一、办公费|20",
                "二、拨款|50|二、水费|10",
                "||三、年末结余|120",
                footer="合计|150|合计|150",
            )
        ],
        # one column, in sections
        [
            table(
                "项目 金额（元）$",
                "一、上期结余|100",
                "二、本期收入|50",
                "1.拨款|50",
                "三、本期支出|",
                "1.电费|30",
                "支出合计|30",
                "四、期末结余|120",
            )
        ],
        # one row for each account
        [
            table(
                "账户 期初余额$ 本期收入$ 本期支出$ 期末余额$",
                "电费|60|20|30|50",
                "社|40|30||70",
                footer="合计|100|50|30|120",
            )
        ],
        # units, red figures, dashes and full-width figures
        [
            table(
                "摘要 收入（万元）$ 支出（万元）$ 结余（万元）$",
                "拨款|0.005|—|0.0150",
                "电费|-|0.003|0.0120",
            )
        ],
        [
            Paragraph("单位：千元"),
            table("摘要 收入$ 支出$ 结余$", "拨款|0.05|/|0.15", "电费||30元|120.00元"),
        ],
        [
            table(
                LEDGER,
                "拨款|７０||170",
                "红冲拨款|(20.00)||150",
                "电费||31|119",
                "红冲电费||−1.00|￥120",
            )
        ],
    ],
)
def test_accounts_are_read_as_villages_write_them(blocks):
    figures, _ = said(*blocks)
    assert figures == FOUR


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([table(LEDGER, "上期结余|||100", "电费||30|71")], "account_differs"),
        (
            [table(LEDGER, "上期结余|||100", "电费||30|70", footer="合计||31|70")],
            "account_total_differs",
        ),
        ([table(LEDGER, "电费||约30|70")], "amount_unread"),
        ([table(LEDGER, "电费||30|70", footer="合计||30|71")], "account_differs"),
        ([table("摘要 收入$ 支出$", "电费||30")], "account_incomplete"),
        ([table(LEDGER, "电费||30|70"), table(LEDGER, "水费||20|50")], "several_accounts"),
        (
            [
                table("支出项目 预算金额$ 实际金额$", "电费|30|31"),
                table("收入项目 金额$", "拨款|30"),
            ],
            "several_amounts",
        ),
        ([table("姓名 九月$ 十月$", "甲|1|2")], "several_amounts"),
        ([table("项目 金额$", "电费|30", footer="合计|31")], "account_total_differs"),
        ([table("姓名 金额$", "甲|30元/天")], "amount_unread"),
        ([table("姓名 金额$", "甲|0.125")], "not_whole_fen"),
        ([Paragraph("收入100元，支出30元。")], "no_account"),
        ([table("项目 金额$", "本期支出|30", "水费|30", footer="合计|60")], "account_incomplete"),
        (
            [table("项目 2025年决算$ 2026年预算$", "村级收入|10|20", "村级支出|8|9")],
            "several_amounts",
        ),
        ([table("地类 标准（元/亩）$", "旱地|31200")], "no_account"),
        ([table("姓名 得票#", "甲|300")], "no_account"),
    ],
)
def test_what_the_tables_dont_give_or_give_in_two_ways_makes_no_cover(blocks, code):
    assert said(*blocks) == code


def test_a_refusal_names_both_numbers():
    found = plain_account(Document((table(LEDGER, "上期结余|||100", "电费||30|71"),)))
    assert "应当结余70.00元，表里的结余是71.00元" in str(found)


@pytest.mark.parametrize(
    ("blocks", "figures", "items"),
    [
        (
            [
                table(
                    "户主姓名 村民小组 补贴面积（亩）# 标准（元/亩）$ 补贴金额（元）$",
                    "甲|一组|3.7|85|314.50",
                    "乙|一组|2|85|170",
                    "丙|二组|10|85|850",
                    footer="合计||15.7||1334.50",
                )
            ],
            "共=3户 补贴面积=15.7亩 补贴金额合计=1,334.50元",
            "二组=850.00 一组=484.50",
        ),
        ([table("姓名 金额（元）$", "甲|500", "乙|300")], "共=2人 合计金额=800.00元", ""),
        ([table("姓名 金额（元）$", "甲|500", "甲|300")], "共=2笔 合计金额=800.00元", ""),
        (
            [table("姓名 基本$ 奖励$ 实发金额$", "甲|1|2|3", "乙|2|2|4")],
            "共=2人 实发金额合计=7.00元",
            "",
        ),
        ([table("姓名 一季度$ 二季度$ 全年$", "甲|1|2|3")], "共=1人 全年合计=3.00元", ""),
        (
            [
                table("姓名 金额$", "甲|500", caption="临时救助"),
                table("种类 金额（万元）$", "护理|0.1", footer="合计|0.1", caption="两项补贴"),
            ],
            "临时救助=500.00元 两项补贴=1,000.00元",
            "",
        ),
        (
            [
                table(
                    "项目 合同（元）$ 结算（元）$",
                    "路基|118400|118400",
                    "路面|742600|741000",
                    "边沟|96600|96600",
                    "涵管|38000|38000",
                    footer="合计|995600|994000",
                ),
                table("付款 金额$", "第一次|500000"),
            ],
            "合同=995,600.00元 结算=994,000.00元",
            "路面=741,000.00 路基=118,400.00 边沟=96,600.00",
        ),
        (
            [table("项目 内容", "施工单位|示例公司", "合同价|101.26万元", "工期|60日")],
            "合同价=1,012,600.00元",
            "",
        ),
        (
            [table("项目 金额（万元）$", "概算|10.5", "合同价|10", "已付款|5")],
            "概算=105,000.00元 合同价=100,000.00元 已付款=50,000.00元",
            "",
        ),
        (
            [table("种类 户数# 金额$", "耕地|20|600", "养老|3|30", footer="合计|23|630")],
            "共=2项 户数=23户 合计金额=630.00元",
            "耕地=600.00 养老=30.00",
        ),
    ],
)
def test_lists_and_projects_have_the_figures_that_exist_there(blocks, figures, items):
    assert said(*blocks) == (figures, items)


def test_a_list_of_people_names_none_of_them():
    payments = table("对象 金额$", "王示例|500", "马示例|300", footer="合计|800")
    assert said(payments)[1] == "王示例=500.00 马示例=300.00"
    assert said(payments, personal=True)[1] == ""


def test_the_three_largest_payments_are_named_the_largest_first():
    rows = [
        f"{name}||{amount}|" for name, amount in zip("甲乙丙丁戊", (5, 9, 9, 1, 7), strict=True)
    ]
    found = said(table(LEDGER, "上期结余|||100", *rows, footer="合计||31|69"))
    assert found[1] == "乙=9.00 丙=9.00 戊=7.00"


FEN = st.integers(-99_999_999, 999_999_999)


def _typed(fen, style):
    """An amount as people type it."""
    plain = f"{abs(fen) // 100}.{abs(fen) % 100:02d}"
    if fen < 0:
        return f"（{plain}）" if style % 2 else f"-{plain}"
    return f"{fen // 100:,}.{fen % 100:02d}" if style % 2 else f"{plain}元"


@given(
    opening=FEN,
    moves=st.lists(st.tuples(st.booleans(), FEN), min_size=1, max_size=8),
    style=st.integers(0, 3),
    shown=st.booleans(),
)
def test_the_figures_are_those_of_an_independent_count(opening, moves, style, shown):
    """Counted in whole fen, with the running balance of a ledger and with two tables alike."""
    came = sum(fen for is_income, fen in moves if is_income)
    went = sum(fen for is_income, fen in moves if not is_income)
    left, rows = opening, []
    for number, (is_income, fen) in enumerate(moves):
        left += fen if is_income else -fen
        sides = (_typed(fen, style), "") if is_income else ("", _typed(fen, style))
        rows.append("|".join((f"第{number}笔", *sides, _typed(left, style))))
    first = [f"上期结余|||{_typed(opening, style)}"] if shown else []
    footer = f"合计|{_typed(came, style)}|{_typed(went, style)}|{_typed(left, style)}"
    found = plain_account(Document((table(LEDGER, *first, *rows, footer=footer),)))
    assert isinstance(found, PlainAccount)
    fen = [int(Decimal(f.words.replace(",", "")) * 100) for f in found.figures]
    assert fen == [opening, came, went, opening + came - went]
