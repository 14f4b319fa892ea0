"""Excel and Word files with personal numbers planted in every corner, each one found."""

import io
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml.parser import parse_xml
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from bulletin.domain.errors import Refused
from bulletin.readers.read_file import read_file, scan_file

ID = "630223198001011238"  # invented
OLD_ID = "630223800101123"
PHONE = "13912345678"
CARD = "6217001234567890122"


def _found(data, name):
    scan = scan_file(data, name)
    return [(finding.kind.value, finding.place) for finding in scan.findings]


def _picture():
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(kept, "PNG")
    return kept.getvalue()


# --- Excel -------------------------------------------------------------------------------------


def _workbook(fill):
    book = openpyxl.Workbook()
    fill(book)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_list_in_a_workbook_is_found_with_sheet_row_and_column():
    def fill(book):
        sheet = book.active
        sheet.title = "低保"
        sheet.append(["上寨村低保名单"])
        sheet.append(["序号", "姓名", "身份证号", "备注"])
        sheet.append([1, "张三", ID, ""])
        sheet.append([2, "李四", "", f"电话{PHONE}"])

    assert _found(_workbook(fill), "名单.xlsx") == [
        ("column", "工作表“低保”第3列“身份证号”"),
        ("id_number", "工作表“低保”第3行“身份证号”"),
        ("phone", "工作表“低保”第4行“备注”"),
    ]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (int(ID), "id_number"),
        (float(ID), "id_number"),
        (int(PHONE), "phone"),
        (float(PHONE), "phone"),
        (int(CARD), "bank_card"),
        (int(OLD_ID), "id_number"),
    ],
)
def test_numbers_typed_as_figures_are_found(typed, kind):
    data = _workbook(lambda book: book.active.append(["备注", "x", typed]))
    assert [found for found, _place in _found(data, "表.xlsx")] == [kind]


def test_sums_and_dates_in_a_workbook_are_silent():
    def fill(book):
        book.active.append(["日期", "摘要", "金额"])
        book.active.append([date(2025, 7, 1), "养护", 1234567.5])
        book.active.append(["", "合计", "=SUM(C2:C2)"])

    assert scan_file(_workbook(fill), "收支.xlsx").findings == ()


def test_what_hides_beside_the_cells_is_found():
    def fill(book):
        sheet = book.active
        sheet["A1"] = "公示"
        sheet["A1"].comment = Comment(f"张三{ID}", "李四")
        sheet.oddHeader.center.text = f"联系 {PHONE}"
        hidden = book.create_sheet(f"王五{PHONE}")
        hidden.sheet_state = "hidden"
        hidden["XFD2000"] = CARD
        very_hidden = book.create_sheet("存根")
        very_hidden.sheet_state = "veryHidden"
        very_hidden["B2"] = ID
        very_hidden["C3"] = f'="{ID}"'

    assert _found(_workbook(fill), "公示.xlsx") == [
        ("phone", "第2张工作表的名称"),
        ("id_number", "批注第1处"),
        ("phone", "页眉"),
        ("bank_card", "隐藏的工作表“王五*******”第2000行第16384列"),
        ("id_number", "隐藏的工作表“存根”第2行第2列"),
        ("id_number", "隐藏的工作表“存根”第3行第3列"),
    ]


def test_a_picture_in_a_workbook_needs_a_persons_eyes():
    def fill(book):
        book.active.add_image(SheetImage(io.BytesIO(_picture())), "B2")

    assert scan_file(_workbook(fill), "公示.xlsx").unreadable == ("表格里有1张图片",)


@pytest.mark.slow
def test_a_workbook_of_too_many_cells_is_refused():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(410):
        sheet.append(["x"] * 500)
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(Refused) as refused:
        read_file(kept.getvalue(), "大表.xlsx")
    assert refused.value.codes == ("file_too_many_cells",)


# --- Word --------------------------------------------------------------------------------------


def _document(fill):
    document = docx.Document()
    fill(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_every_corner_of_a_word_document_is_read():
    def fill(document):
        document.add_paragraph("上寨村公示")
        runs = document.add_paragraph("张三")
        for figures in (ID[:4], ID[4:9], ID[9:]):
            runs.add_run(figures).bold = True
        document.sections[0].header.paragraphs[0].text = f"电话{PHONE}"
        document.sections[0].footer.paragraphs[0].text = f"电话{PHONE}"
        table = document.add_table(2, 3)
        for cell, text in zip(table.rows[0].cells, ("姓名", "身份证号", "备注"), strict=True):
            cell.text = text
        for cell, text in zip(table.rows[1].cells, ("张三", ID, "见内表"), strict=True):
            cell.text = text
        inner = table.rows[1].cells[2].add_table(1, 2)
        inner.rows[0].cells[0].text = "账号"
        inner.rows[0].cells[1].text = "820100012345"
        document.add_comment(document.paragraphs[0].add_run("公示"), f"核对{CARD}", "李四")

    assert _found(_document(fill), "公示.docx") == [
        ("id_number", "正文第2段"),
        ("phone", "页眉第1段"),
        ("phone", "页脚第1段"),
        ("bank_card", "批注第1段"),
        ("column", "表1第2列“身份证号”"),
        ("id_number", "表1第2行“身份证号”"),
        ("bank_card", "表2第1行第2列"),
    ]


_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def test_text_boxes_deletions_and_broken_lines_in_word_are_read_once():
    box = f"<w:txbxContent><w:p><w:r><w:t>张三{ID}</w:t></w:r></w:p></w:txbxContent>"
    drawing = (
        f"<w:p {_NAMES}><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    deletion = f"<w:p {_NAMES}><w:del><w:r><w:delText>电话{PHONE}</w:delText></w:r></w:del></w:p>"
    broken = f"<w:p {_NAMES}><w:r><w:t>李四{ID[:9]}</w:t><w:br/><w:t>{ID[9:]}。</w:t></w:r></w:p>"

    def fill(document):
        for xml in (drawing, deletion, broken):
            document.element.body.insert(0, parse_xml(xml))

    kinds = [kind for kind, _place in _found(_document(fill), "公示.docx")]
    assert sorted(kinds) == ["id_number", "id_number", "phone"]


def test_merged_cells_do_not_shift_the_columns_of_a_word_table():
    def fill(document):
        table = document.add_table(2, 3)
        for cell, text in zip(table.rows[0].cells, ("姓名", "小组", "住址"), strict=True):
            cell.text = text
        table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = "张三"
        table.rows[1].cells[2].text = "一社12号"

    assert _found(_document(fill), "公示.docx") == [("column", "表1第3列“住址”")]


def test_a_picture_in_a_word_document_needs_a_persons_eyes():
    data = _document(lambda document: document.add_picture(io.BytesIO(_picture())))
    assert scan_file(data, "公示.docx").unreadable == ("文档里有1张图片",)
