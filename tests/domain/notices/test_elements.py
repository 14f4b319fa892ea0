"""A point of the catalog is ticked when the text speaks of it and says something."""

import pytest
from support.paths import SCHEDULES

from bulletin.domain.notices.content import (
    Attachment,
    Column,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
)
from bulletin.domain.notices.elements import element_states
from bulletin.schedules.catalog import load_catalog

POINTS = tuple(
    dict.fromkeys(
        point for item in load_catalog(SCHEDULES / "catalog.yaml").items for point in item.elements
    )
)
FILE = "a" * 64


def table(titles, *rows, footer=None, caption=""):
    return Table(tuple(Column(title) for title in titles), rows, footer, caption)


LEDGER = table(
    ("序号", "摘要", "收入（元）", "支出（元）"),
    ("1", "上期结余", "12000.00", ""),
    ("2", "路灯维修", "", "300.00"),
    footer=("", "合计", "12000.00", "300.00"),
)
LIST = table(("户主", "组别", "面积（亩）", "补贴金额"), ("马示例", "东社", "3.5", "297.50"))


@pytest.mark.parametrize(
    ("element", "blocks", "is_written"),
    [
        ("期初结余", [LEDGER], True),
        ("收入逐笔明细", [LEDGER], True),
        ("收入和支出合计", [LEDGER], True),
        ("期末结余", [LEDGER], False),  # 上期结余 is another
        ("期末结余", [Paragraph("本期结余11,700元。")], True),
        ("村务监督委员会审查意见", [Paragraph("村务监督委员会审查意见：属实。")], True),
        ("村务监督委员会审查意见", [Paragraph("村务监督委员会审查意见：")], False),
        ("查阅凭证的地点", [Paragraph("原始凭证在村委会查阅。")], True),
        ("户主姓名和村民小组", [LIST], True),
        ("户主姓名和村民小组", [table(("户主", "组别"), ("马示例", ""))], False),
        ("补贴标准", [LIST], False),
        ("补贴标准", [Paragraph("每亩补贴标准为85元。")], True),
        ("应到和实到人数", [Paragraph("应到32人，实到30人。")], True),
        ("应到和实到人数", [Paragraph("应到32人。")], False),
        ("应到和实到人数", [Paragraph("应到和实到人数。")], False),
        ("会议名称、日期和地点", [Paragraph("9月1日在村部召开了村民代表会议。")], True),
        ("新增、调整或者停发的类别", [Paragraph("本月新增2户。")], True),
        ("租期或者承包期", [ListBlock(("租期五年",))], True),
        ("征收范围和示意图", [Paragraph("征收范围：东社以北。"), Image(FILE, "示意图一")], True),
        ("年度目标", [Heading(1, "年度目标"), Paragraph("")], False),
        ("年度目标", [Heading(1, "年度目标"), Paragraph("修路两公里。")], True),
        ("年度目标", [Heading(1, "年度目标"), Heading(1, "其他"), Paragraph("修路。")], False),
        ("年度目标", [Paragraph("年度目标："), ListBlock(("修路两公里",))], True),
        ("资产负债表", [Attachment(FILE, "资产负债表.xlsx")], True),
        ("资产负债表", [table(("项目", "金额"), ("应收", "1"), caption="资产负债表")], True),
    ],
)
def test_a_point_is_written_when_something_stands_at_its_name(element, blocks, is_written):
    (state,) = element_states((element,), Document(tuple(blocks)))
    assert state.is_written is is_written


@pytest.mark.parametrize(
    ("element", "is_printed"),
    [
        ("异议受理电话和期限", True),
        ("申诉的期限和受理人", True),
        ("监督电话", True),
        ("公示依据和起止日期", False),  # the basis is for the text
        ("负责人和联系电话", False),
    ],
)
def test_what_the_sheet_prints_by_itself_is_not_asked_for(element, is_printed):
    (state,) = element_states((element,), Document())
    assert (state.is_printed, state.is_done) == (is_printed, is_printed)


def test_each_point_of_the_catalog_can_be_ticked_and_none_is_by_an_empty_outline():
    def written(words):
        blocks = [b for point in POINTS for b in (Heading(1, point), Paragraph(words))]
        return [s.element for s in element_states(POINTS, Document(tuple(blocks))) if s.is_written]

    assert written("") == []
    assert written("2026年3月1日，共32人，12000元，电话0972-8320000") == list(POINTS)
