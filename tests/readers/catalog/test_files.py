"""Catalogs as counties publish them: the same items whatever program wrote the file, and how."""

import csv
import io

import docx
import openpyxl
import pytest
import yaml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from support.paths import MATERIAL

from bulletin.domain.catalog.rows import row_json
from bulletin.domain.errors import Refused
from bulletin.readers.catalog.columns import CatalogColumn, column_of
from bulletin.readers.catalog.files import read_catalog_rows

FOLDER = MATERIAL / "catalogs"
EXPECTED = yaml.safe_load((FOLDER / "rows.yaml").read_text(encoding="utf-8"))
FILES = sorted(EXPECTED)


def _grid(name):
    return list(csv.reader(io.StringIO((FOLDER / name).read_text(encoding="utf-8"), newline="")))


def _csv(grid, encoding="utf-8"):
    kept = io.StringIO(newline="")
    csv.writer(kept).writerows(grid)
    return kept.getvalue().encode(encoding)


def _xlsx(grid):
    book = openpyxl.Workbook()
    for row in grid:
        book.active.append([cell or None for cell in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _docx(grid):
    document = docx.Document()
    table = document.add_table(len(grid), max(map(len, grid)))
    for row, cells in zip(table.rows, grid, strict=True):
        for cell, words in zip(row.cells, cells, strict=False):
            cell.text = words
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


WRITERS = {"xlsx": _xlsx, "docx": _docx, "csv": _csv}


def _said(row, keys):
    said = row_json(row)
    return {key: said[key] for key in keys}


def _seen(found, expected):
    return [_said(row, keys) for row, keys in zip(found.rows, expected, strict=True)]


# --- the published files -------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_published_catalog_gives_the_rows_and_rules_written_out(name):
    found = read_catalog_rows((FOLDER / name).read_bytes(), name)
    assert _seen(found, EXPECTED[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_catalog_in_another_program_says_the_same(name, kind):
    found = read_catalog_rows(WRITERS[kind](_grid(name)), f"目录.{kind}")
    assert _seen(found, EXPECTED[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", FILES)
def test_the_encoding_of_excel_is_read(name):
    found = read_catalog_rows(_csv(_grid(name), "gb18030"), name)
    assert _seen(found, EXPECTED[name]) == EXPECTED[name]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_whatever_divides_the_cells_the_commas_inside_them_do_not(delimiter, encoding):
    inside = {",", ";", "，"} - {delimiter}
    content = "".join(f"收入{mark}支出{mark}结余" for mark in sorted(inside))
    lines = (("序号", "公开事项", "公开内容", "公开时限"), ("1", "财务收支", content, "每月"))
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    (row,) = read_catalog_rows(data, "目录.csv").rows
    assert (row.title, row.content, row.deadline_text) == ("财务收支", content, "每月")


@pytest.mark.parametrize("name", FILES)
def test_a_title_above_and_remarks_under_the_table_are_no_items(name):
    grid = [["某某县村务公开事项目录"], ["制表单位：某某县民政局"], [], *_grid(name)]
    grid += [[], ["注：本目录自发布之日起施行。"], ["填表人：某某", "", "联系电话：见公开栏"]]
    found = read_catalog_rows(_xlsx(grid), "目录.xlsx")
    assert found.title == "某某县村务公开事项目录"
    assert [row.title for row in found.rows] == [row["title"] for row in EXPECTED[name]]
    assert "注：本目录自发布之日起施行。" in found.remarks


@pytest.mark.parametrize("name", FILES)
def test_a_head_that_comes_again_on_every_page_is_no_item(name):
    grid = _grid(name)
    depth = 2 if grid[1][0] == "" else 1
    middle = (len(grid) + depth) // 2
    again = [*grid[:middle], *grid[:depth], *grid[middle:]]
    found = read_catalog_rows(_xlsx(again), "目录.xlsx")
    assert [row.title for row in found.rows] == [row["title"] for row in EXPECTED[name]]


@pytest.mark.parametrize("name", FILES)
def test_columns_may_stand_in_any_order(name):
    grid = _grid(name)
    if grid[1][0] == "":
        pytest.skip("the groups of a two-row head stand together")
    turned = [list(reversed(row)) for row in grid]
    found = read_catalog_rows(_csv(turned), name)
    assert _seen(found, EXPECTED[name]) == EXPECTED[name]


def test_cells_merged_in_excel_hold_for_all_their_rows():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["序号", "一级事项", "二级事项", "公开时限"],
        [1, "低保", "初审", "每月"],
        [2, None, "审批", None],
    ):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("D2:D3")
    kept = io.BytesIO()
    book.save(kept)
    found = read_catalog_rows(kept.getvalue(), "目录.xlsx")
    assert [(row.title, row.deadline_text) for row in found.rows] == [
        ("低保：初审", "每月"),
        ("低保：审批", "每月"),
    ]
    assert found.rows[1].guesses == ("“一级事项”“公开时限”沿用上面一行。",)


def test_a_table_that_word_broke_over_pages_goes_on():
    document = docx.Document()
    for rows in (
        (("序号", "公开事项", "公开时限"), ("1", "财务收支", "每季度")),
        (("2", "低保名单", "每月"),),
    ):
        table = document.add_table(len(rows), 3)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        document.add_paragraph("")
    kept = io.BytesIO()
    document.save(kept)
    found = read_catalog_rows(kept.getvalue(), "目录.docx")
    assert [(row.title, row.deadline_text) for row in found.rows] == [
        ("财务收支", "每季度"),
        ("低保名单", "每月"),
    ]


def test_the_lines_above_the_tables_of_a_document_are_its_title_and_its_sections():
    document = docx.Document()
    document.add_paragraph("某某县村务公开目录")
    document.add_paragraph("一、财务公开")
    for title, line in (("财务收支", "二、党务公开"), ("党费收缴", "注：自发布之日起施行。")):
        table = document.add_table(2, 2)
        for cell, words in zip(
            (cell for row in table.rows for cell in row.cells),
            ("公开事项", "公开时限", title, "每季度"),
            strict=True,
        ):
            cell.text = words
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    found = read_catalog_rows(kept.getvalue(), "目录.docx")
    assert found.title == "某某县村务公开目录"
    assert [(row.place, row.category, row.title) for row in found.rows] == [
        ("表1第2行", "财务公开", "财务收支"),
        ("表2第2行", "党务公开", "党费收缴"),
    ]


# --- single traits -------------------------------------------------------------------------------


def _rows(*grid):
    return read_catalog_rows(_csv(grid), "目录.csv").rows


@pytest.mark.parametrize(
    ("cell", "channels"),
    [
        ("■村公示栏 □政府网站 ■广播", ("村公示栏", "广播")),
        ("√村公示栏\n政府网站", ("村公示栏",)),
        ("村公示栏\n■政府网站", ("村公示栏", "政府网站")),
        ("▲政府网站\n□征地信息公开平台\n□社区/企事业单位/村公示栏（电子屏）", ("政府网站",)),
        ("☑村务公开栏☐微信群", ("村务公开栏",)),
        ("村务公开栏、政府网站", ("村务公开栏", "政府网站")),
        ("□政府网站 □广播", ()),
        # The letters that a symbol font leaves behind where it is not installed, and 口 for □.
        ("R村公示栏 £政府网站\n£广播", ("村公示栏",)),
        ("\uf052村公示栏 \uf0a3政府网站", ("村公示栏",)),
        ("þ村公示栏 ¨政府网站", ("村公示栏",)),
        ("■村公示栏\n口两微一端 口广播", ("村公示栏",)),
        ("村口公示栏、路口广播", ("村口公示栏", "路口广播")),
    ],
)
def test_ticks_say_which_channels_are_chosen(cell, channels):
    (row,) = _rows(["公开事项", "公开渠道"], ["财务收支", cell])
    assert row.channels == channels


def test_ticks_that_word_sets_in_a_font_of_symbols_are_ticks():
    document = docx.Document()
    table = document.add_table(3, 2)
    for row, title in zip(table.rows, ("公开事项", "财务收支", "低保名单"), strict=True):
        row.cells[0].text = title
    table.cell(0, 1).text = "公开渠道"
    letters = table.cell(1, 1).paragraphs[0]
    symbols = table.cell(2, 1).paragraphs[0]
    for letter, code, name in (("R", "F052", "村公示栏 "), ("£", "F0A3", "政府网站 ")):
        letters.add_run(letter).font.name = "Wingdings 2"
        letters.add_run(name)
        symbol = OxmlElement("w:sym")
        symbol.set(qn("w:font"), "Wingdings 2")
        symbol.set(qn("w:char"), code)
        symbols.add_run()._r.append(symbol)
        symbols.add_run(name)
    kept = io.BytesIO()
    document.save(kept)
    found = read_catalog_rows(kept.getvalue(), "目录.docx")
    assert [row.channels for row in found.rows] == [("村公示栏",), ("村公示栏",)]


def test_what_was_deleted_under_revision_marks_is_not_imported():
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells),
        ("公开事项", "公开时限", "财务收支", "每月"),
        strict=True,
    ):
        cell.text = words
    deleted = OxmlElement("w:delText")
    deleted.text = "每季度"
    table.cell(1, 1).paragraphs[0].add_run()._r.append(deleted)
    kept = io.BytesIO()
    document.save(kept)
    (row,) = read_catalog_rows(kept.getvalue(), "目录.docx").rows
    assert row.deadline_text == "每月"


def test_ditto_repeats_the_cell_above_and_says_so():
    rows = _rows(
        ["公开事项", "公开内容", "公开时限", "公开主体"],
        ["低保初审", "名单", "每月", "村委会"],
        ["低保审批", "同上", "同上", "〃"],
    )
    assert (rows[1].content, rows[1].deadline_text, rows[1].publisher) == ("名单", "每月", "村委会")
    assert rows[1].guesses == ("“公开内容”“公开时限”“公开主体”沿用上面一行。",)


def test_the_way_is_the_channel_where_a_village_says_so():
    rows = _rows(["公开事项", "公开方式"], ["财务收支", "公开栏、微信群"], ["低保名单", "主动公开"])
    assert [row.channels for row in rows] == [("公开栏", "微信群"), ()]


def test_sections_between_the_rows_are_categories_and_numbering_may_restart():
    rows = _rows(
        ["序号", "公开事项", "公开时限"],
        ["一、党务公开", "", ""],
        ["1", "党费收缴", "每季度"],
        ["二、财务公开", "", ""],
        ["1", "财务收支", "每月"],
    )
    assert [(row.category, row.number, row.title) for row in rows] == [
        ("党务公开", "1", "党费收缴"),
        ("财务公开", "1", "财务收支"),
    ]


def test_a_line_across_the_table_is_a_section_and_a_title_alone_is_an_item():
    rows = _rows(
        ["序号", "公开事项", "公开内容", "公开时限"],
        ["党务公开（共1项）", "", "", ""],
        ["1", "党费收缴", "", "每季度"],
        ["村务", "", "", ""],
        ["", "村规民约", "", ""],
        ["某某县村务公开目录（续）", "", "", ""],
        ["2", "财务收支", "", "每月"],
        ["合计", "3项", "", ""],
        ["某某村民委员会", "", "", ""],
    )
    assert [(row.category, row.title) for row in rows] == [
        ("党务公开", "党费收缴"),
        ("村务", "村规民约"),
        ("村务", "财务收支"),
    ]


def test_levels_below_a_merged_name_need_no_names_of_their_own():
    rows = _rows(
        ["公开事项", "", "", "公开时限"],
        ["党务公开", "党组织", "支部成员", "长期"],
        ["", "", "支部分工", ""],
        ["", "发展党员", "预备党员", "随时"],
    )
    assert [row.title for row in rows] == [
        "党务公开：党组织：支部成员",
        "党务公开：党组织：支部分工",
        "党务公开：发展党员：预备党员",
    ]


def test_a_table_that_stands_twice_beside_itself_is_read_down_and_then_down_again():
    rows = _rows(
        ["序号", "公开事项", "公开时限"] * 2,
        ["1", "财务收支", "每月", "3", "村规民约", "长期"],
        ["2", "低保名单", "每季度", "", "", ""],
    )
    assert [row.title for row in rows] == ["财务收支", "低保名单", "村规民约"]


def test_one_title_under_two_categories_is_two_items():
    rows = _rows(
        ["领域", "公开事项", "公开时限"],
        ["社会救助", "办事指南", "长期"],
        ["社会救助", "审核信息", "每月"],
        ["危房改造", "办事指南", "长期"],
    )
    assert [row.title for row in rows] == ["社会救助：办事指南", "审核信息", "危房改造：办事指南"]


def test_unknown_columns_are_kept():
    (row,) = _rows(
        ["公开事项", "责任科室", "公开时限", "对应职责"], ["财务收支", "经管站", "每月", "审核"]
    )
    assert row.further == {"责任科室": "经管站", "对应职责": "审核"}


NAMES = {
    CatalogColumn.DEADLINE: "公开时限 时限 公开时间 公开要求 公开期限 时间要求 公开频次 公开日期 公布时间 更新周期 公开时间及频次",
    CatalogColumn.TITLE: "公开事项 事项名称 公开项目 目录名称 事项 一级事项 内容名称 公开条目 公开内容目录",
    CatalogColumn.CONTENT: "公开内容 公开内容（要素） 具体内容 主要内容 公开具体内容 内容要求 公开内容（要素）及要求",
    CatalogColumn.BASIS: "公开依据 法律依据 政策依据 法律法规和政策依据 依据名称 公开法律依据",
    CatalogColumn.PUBLISHER: "公开主体 责任主体 责任单位 公开责任单位 发布机构 公开责任主体 信息公开主体",
    CatalogColumn.CHANNELS: "公开渠道 公开形式 公开载体 公开地点 公开渠道和载体 公开方式和载体",
    CatalogColumn.AUDIENCE: "公开对象 公开范围 受众 面向对象",
    CatalogColumn.METHOD: "公开方式 公开属性",
    CatalogColumn.LEVEL: "公开层级 公开级别 公开层次",
    CatalogColumn.NUMBER: "序号 编号 序 号 事项编码 No.",
    CatalogColumn.CATEGORY: "类别 领域 事项类别 所属领域 公开分类 大类 板块",
    CatalogColumn.REMARK: "备注 备注说明 说明",
}


@pytest.mark.parametrize("column", NAMES)
def test_a_column_has_many_names(column):
    named = {name: column_of(name) for name in NAMES[column].split()}
    assert named == dict.fromkeys(named, column)


@pytest.mark.parametrize(
    "name", ["公开\u3000时 限", "公 开\n时限（天）", "＊公开时限：", "公开时限*"]
)
def test_a_columns_name_may_be_broken_spaced_and_starred(name):
    (row,) = _rows(["公开事项", name], ["财务收支", "每月"])
    assert row.deadline_text == "每月"


@pytest.mark.parametrize("name", ["责任科室", "监督电话", "责任人", "办理地点", "完成时间", "村名"])
def test_what_no_office_means_by_a_column_is_kept_under_its_own_name(name):
    (row,) = _rows(["公开事项", "公开时限", name], ["财务收支", "每月", "甲"])
    assert row.further == {name: "甲"}


@pytest.mark.parametrize("name", ["公开事项", "公开内容", "公 开\n事 项"])
def test_the_item_may_stand_under_its_content(name):
    (row,) = _rows(["序号", name, "公开时限"], ["1", "财务收支", "每月"])
    assert row.title == "财务收支"


def test_gaps_that_a_narrow_column_left_in_words_are_closed():
    (row,) = _rows(["公开事项", "公开依据"], ["财 务\n收　支", "《国务院关于进一 步加强的意 见》"])
    assert row.title == "财务收支"
    assert row.basis == "《国务院关于进一步加强的意见》"


def test_contents_are_listed_point_by_point():
    (row,) = _rows(["公开事项", "公开内容"], ["征地", "1.征收范围；2.补偿标准；\n3.安置对象"])
    assert row.elements == ("征收范围", "补偿标准", "安置对象")


# --- what is no catalog --------------------------------------------------------------------------


def _refused(data, name):
    with pytest.raises(Refused) as refused:
        read_catalog_rows(data, name)
    (refusal,) = refused.value.refusals
    assert refusal.sentence.endswith("。")
    return refusal.code


def test_a_table_without_a_column_of_items_is_refused():
    assert _refused(_csv([["姓名", "电话"], ["某某", "无"]]), "名单.csv") == "catalog_no_table"
    assert _refused(_csv([["公开事项", "公开时限"]]), "目录.csv") == "catalog_no_table"
    assert _refused(b"", "空.csv") == "file_empty"


def test_another_kind_of_file_is_refused():
    assert _refused(b"%PDF-1.7\n", "目录.pdf") == "catalog_kind"
    assert _refused(b"MZ\x90\x00\x03\x00", "目录.exe") == "catalog_kind"


def test_a_broken_and_an_old_workbook_are_refused():
    assert _refused(b"PK\x03\x04 cut off", "目录.xlsx") == "file_broken"
    assert (
        _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "目录.xls") == "file_old_format"
    )


def test_an_encrypted_workbook_is_refused():
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le")
    )
    assert _refused(locked, "目录.xlsx") == "file_locked"


def test_fifty_thousand_rows_are_no_catalog():
    grid = [["公开事项", "公开时限"], *([f"事项{n}", "每月"] for n in range(50_000))]
    assert _refused(_csv(grid), "目录.csv") == "catalog_too_long"


def test_formulas_without_a_kept_result_are_refused_with_their_place():
    book = openpyxl.Workbook()
    book.active.append(["公开事项", "公开时限"])
    book.active.append(["=A1&B1", "每月"])
    kept = io.BytesIO()
    book.save(kept)
    assert _refused(kept.getvalue(), "目录.xlsx") == "catalog_formula"


def test_a_catalog_of_radicals_out_of_a_pdf_is_read_as_the_ordinary_one():
    copied, typed = (
        read_catalog_rows((FOLDER / name).read_bytes(), name)
        for name in ("kangxi.xlsx", "kangxi_typed.xlsx")
    )
    assert [row_json(row) for row in copied.rows] == [row_json(row) for row in typed.rows]
    assert copied.rows[0].title == "村级财务收支情况"


def test_a_second_row_of_a_head_with_some_unknown_names_is_no_item():
    rows = _rows(
        ["序号", "公开事项", "公开时限", "公开对象", "", ""],
        ["", "", "", "全社会", "特定群体", "驻村单位"],
        ["1", "财务收支", "每季度", "√", "", ""],
    )
    assert [row.title for row in rows] == ["财务收支"]


def test_a_head_of_three_rows_keeps_the_third():
    rows = _rows(
        ["序号", "公开事项", "", "公开时限", "公开对象", ""],
        ["", "一级事项", "二级事项", "", "公开对象", ""],
        ["", "", "", "", "全社会", "特定群体"],
        ["1", "财务", "财务收支", "每季度", "√", ""],
    )
    assert [(row.title, row.audience) for row in rows] == [("财务：财务收支", "全社会")]
