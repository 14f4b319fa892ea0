"""Workbooks, new and old: cells as they are shown; what is hidden, struck or in error is named."""

from datetime import date

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from support.brought import LEDGER, a_workbook, saved, shape, sheet_outline
from support.paths import MATERIAL

from bulletin.domain.errors import Refused
from bulletin.domain.notices.brought.sheets import read_range
from bulletin.readers.brought.file import read_brought


def ledger():
    book = a_workbook(第三季度=LEDGER)
    book.active.merge_cells("A1:D1")
    return book


def test_a_ledger_arrives_with_its_title_caption_and_total():
    made = sheet_outline(saved(ledger()))
    assert made.title == "张家村2026年第三季度财务收支明细表"
    assert made.blocks[0].caption == "编制单位：张家村村民委员会　单位：元"
    assert [(c.title, c.kind) for c in made.blocks[0].columns] == [
        ("序号", "number"), ("摘要", "text"), ("收入", "money"), ("支出", "money")]  # fmt: skip
    assert made.omitted == ("文末的落款“村主任： 会计：”没有带来：纸样会自己写上落款和日期。",)


def test_values_are_as_the_sheet_shows_them():
    book = a_workbook(表=[["日期", "金额", "比例"], [date(2026, 7, 3), 1280.256, 0.125]])
    for place, form in (("A2", 'yyyy"年"m"月"d"日"'), ("B2", "#,##0.00"), ("C2", "0.0%")):
        book.active[place].number_format = form
    assert shape(sheet_outline(saved(book)).blocks) == [
        "日期 金额 比例\n2026年7月3日 1280.26 12.5%"
    ]


def row_hidden(sheet):
    sheet.row_dimensions[3].hidden = True


def column_hidden(sheet):
    sheet.column_dimensions["B"].hidden = True


def struck(sheet):
    sheet["B3"].font = Font(strike=True)


def in_error(sheet):
    sheet["B3"] = "#REF!"
    sheet["B3"].data_type = "e"


def uncounted(sheet):
    sheet["B3"] = "=1+1"


def commented(sheet):
    sheet["A2"].comment = Comment("要核实", "甲")


def headed(sheet):
    sheet.oddHeader.center.text = "内部资料"
    sheet.oddFooter.center.text = "第 &P 页"


REMAINDERS = {
    "a hidden row": (row_hidden, ["项目 元\n电费 20"], "隐藏的（或被筛选掉的）第3行没有带来，要不要请看一看。"),
    "a hidden column": (column_hidden, ["项目", "电费", "水费"], "隐藏的B列没有带来，要不要请看一看。"),
    "a struck cell": (struck, ["项目 元\n电费 20\n水费 _"], "划掉的字没有带来：“30”。"),
    "an error": (in_error, ["项目 元\n电费 20\n水费 #REF!"], "B3是出错的公式（#REF!），请对照原表改成数。"),
    "a formula without a result": (
        uncounted, ["项目 元\n电费 20\n水费 _"],
        "B3的公式没有算出结果，请用 Excel 或 WPS 打开表格保存一次再带，或者填上数。"),
    "a header, but no number of pages": (
        headed, ["项目 元\n电费 20\n水费 30"], "页眉没有带来：“内部资料”。"),
    "a comment": (commented, ["项目 元\n电费 20\n水费 30"], "批注没有带来：“要核实”。"),
}  # fmt: skip


@pytest.mark.parametrize("name", REMAINDERS)
def test_what_a_sheet_hides_or_gets_wrong_is_named(name):
    change, blocks, sentence = REMAINDERS[name]
    book = a_workbook(表=[["项目", "元"], ["电费", 20], ["水费", 30]])
    change(book.active)
    made = sheet_outline(saved(book))
    said = [made.title, *shape(made.blocks)] if made.title else shape(made.blocks)
    assert (said, made.omitted) == (blocks, (sentence,))


def test_hidden_rows_come_when_they_are_asked_for():
    book = a_workbook(表=[["项目", "元"], ["电费", 20], ["水费", 30]])
    row_hidden(book.active)
    made = sheet_outline(saved(book), also_hidden=True)
    assert (shape(made.blocks), made.omitted) == (["项目 元\n电费 20\n水费 30"], ())


def test_each_sheet_and_each_of_its_tables_can_be_chosen_hidden_ones_are_only_named():
    two = [["收入表"], ["项目", "元"], ["拨款", 3], [], ["支出表"], ["项目", "元"], ["电费", 2]]
    book = a_workbook(收支=two, 资产=[["资产", "原值"], ["井", 5]], 空=[], 底稿=[["x"]])
    book["底稿"].sheet_state = "hidden"
    choices = read_brought(saved(book), "账.xlsx").choices()
    assert [(c.sheet, c.cells, c.title, c.rows, c.is_whole) for c in choices] == [
        ("收支", "A1:B7", "", 6, True),
        ("收支", "A1:B3", "收入表", 2, False),
        ("收支", "A5:B7", "支出表", 2, False),
        ("资产", "A1:B2", "", 2, True),
    ]
    made = sheet_outline(saved(book), sheet="收支", cells=read_range("A5:B7"))
    assert (made.title, shape(made.blocks)) == ("支出表", ["项目 元\n电费 2"])
    assert made.omitted == (
        "别的工作表“资产”没有带来。隐藏的工作表“底稿”没有带来，要不要请看一看。",
    )


def test_a_range_in_which_nothing_stands_is_refused():
    with pytest.raises(Refused, match="没有字"):
        sheet_outline(saved(ledger()), cells=read_range("K1:L9"))


def test_an_old_workbook_arrives_as_a_new_one_would():
    """ledger.xls was written by xlwt: formats, a hidden row, a struck cell, a hidden sheet."""
    made = sheet_outline((MATERIAL / "brought" / "ledger.xls").read_bytes(), "账.xls")
    assert made.title == "张家村2026年第三季度财务收支明细表"
    assert shape(made.blocks) == [
        (
            "日期 摘要 收入 支出 备注\n2026年7月3日 第3笔 72001.50 _ _\n2026年7月4日 第4笔 96002.00 _ _\n"
            "2026年7月6日 第6笔 144003.00 _ _\n合计 _ 432009.00 _ _"
        )
    ]
    assert made.omitted == (
        "隐藏的（或被筛选掉的）第6行没有带来，要不要请看一看。",
        "划掉的字没有带来：“作废”。",
        "隐藏的工作表“底稿”没有带来，要不要请看一看。",
        "文末的落款“村主任： 会计：”没有带来：纸样会自己写上落款和日期。",
    )
