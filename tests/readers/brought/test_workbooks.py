"""Workbooks, new and old: cells as they are shown; what is hidden, struck or in error is named."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from support.brought import LEDGER, a_workbook, png, saved, shape, sheet_outline
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


def pictured(place="A5"):
    book = a_workbook(表=[["项目", "元"], ["电费", 20], ["水费", 30]], 现场=[])
    book["表"].add_image(Image(io.BytesIO(png())), place)
    book["现场"].add_image(Image(io.BytesIO(png((0, 0, 90)))), "A1")
    return book


def repacked(data, changes):
    """A package with parts added or changed."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as copy:
        for name in set(source.namelist()) - set(changes):
            copy.writestr(name, source.read(name))
        for name, part in changes.items():
            copy.writestr(name, part)
    return target.getvalue()


def test_pictures_come_behind_the_cells_that_they_stand_among():
    data = saved(pictured())
    made = sheet_outline(data, sheet="表")
    assert shape(made.blocks) == ["项目 元\n电费 20\n水费 30", "picture"]
    assert made.blocks[1].data.startswith(b"\x89PNG")
    assert made.omitted == ("别的工作表“现场”没有带来。",)
    alone = sheet_outline(data, sheet="现场")
    assert shape(alone.blocks) == ["picture"]


def test_a_picture_outside_of_the_range_or_in_a_hidden_row_is_counted():
    book = pictured("A3")
    row_hidden(book["表"])
    left = "这张工作表里还有1张图片没有带来，请看一看。"
    assert left in sheet_outline(saved(book), sheet="表").omitted
    made = sheet_outline(saved(pictured()), sheet="表", cells=read_range("A1:B3"))
    assert left in made.omitted


def test_a_chart_is_named_and_a_picture_of_another_site_is_never_fetched():
    book = pictured()
    chart = BarChart()
    chart.add_data(Reference(book["表"], min_col=2, min_row=1, max_row=3))
    book["表"].add_chart(chart, "D1")
    data = saved(book)
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/drawings/_rels/drawing1.xml.rels").decode()
    remote = part.replace(
        'Target="/xl/media/image1.png"', 'Target="http://x.test/p.png" TargetMode="External"'
    )
    assert remote != part
    made = sheet_outline(
        repacked(data, {"xl/drawings/_rels/drawing1.xml.rels": remote}), sheet="表"
    )
    assert shape(made.blocks) == ["项目 元\n电费 20\n水费 30"]
    assert made.omitted[:3] == (
        "表格里有1张图表没有带来，可以截成图片再放进来。",
        "表格里有1张图片（如页眉、背景里的）没有带来，请另外放进来。",
        "有1张图片在别的网站上，没有去取，也没有带来：“http://x.test/p.png”。",
    )


CELL_PICTURES = """<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"
 xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><etc:cellImage><xdr:pic>
 <xdr:nvPicPr><xdr:cNvPr id="2" name="ID_7"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill>
 </xdr:pic></etc:cellImage></etc:cellImages>"""
RELATION = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
 <Relationship Id="rId1" Type="image" Target="media/image9.png"/></Relationships>"""


def test_a_picture_that_wps_keeps_in_a_cell_is_a_picture():
    book = a_workbook(表=[["项目", "照片"], ["水渠", '=_xlfn.DISPIMG("ID_7",1)'], ["路灯", "无"]])
    book.active["B2"].data_type = "s"  # as the counted file has it
    data = repacked(
        saved(book),
        {
            "xl/cellimages.xml": CELL_PICTURES,
            "xl/_rels/cellimages.xml.rels": RELATION,
            "xl/media/image9.png": png(),
        },
    )
    made = sheet_outline(data)
    assert shape(made.blocks) == ["项目 照片\n水渠 _\n路灯 无", "picture"]
    assert made.omitted == ()


def test_what_is_drawn_in_an_old_workbook_is_named():
    """drawn.xls was written by xlwt: a bitmap, and records of a chart, a text box and a comment."""
    made = sheet_outline((MATERIAL / "brought" / "drawn.xls").read_bytes(), "账.xls")
    assert shape(made.blocks) == ["项目 元\n电费 20\n水费 30"]
    assert made.omitted == (
        "表格里有1张图片没有带来，请另外放进来。",
        "表格里有1张图表没有带来，可以截成图片再放进来。",
        "批注没有带来：“这笔要核实”。",
        "文本框没有带来：“监督电话见公开栏”。",
        "别的工作表“说明”没有带来。",
    )
