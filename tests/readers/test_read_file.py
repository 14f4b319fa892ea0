"""Files as villages make them: personal numbers planted in every corner, each one found."""

import base64
import io
import zipfile
import zlib

import docx
import openpyxl
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bulletin.domain.errors import Refused
from bulletin.readers.read_file import read_file, scan_file

ID = "630223198001011238"  # invented
WRONG_ID = "630223198001011239"
PHONE = "13912345678"
CARD = "6217001234567890122"


def _found(data, name, phones=frozenset()):
    scan = scan_file(data, name, phones)
    return [(finding.kind.value, finding.place) for finding in scan.findings]


def _refusal(data, name):
    with pytest.raises(Refused) as refused:
        read_file(data, name)
    (code,) = refused.value.codes
    return code


def _picture(form="PNG"):
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(kept, form)
    return kept.getvalue()


# --- text and CSV ------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["公示.txt", "公示.md", "公示"])
def test_a_text_is_read_in_every_encoding_of_the_office(encoding, name):
    text = f"上寨村低保名单\r\n张三，身份证{ID}\r\n李四 电话 {PHONE}\r\n"
    assert _found(text.encode(encoding), name) == [
        ("id_number", "正文第2行"),
        ("phone", "正文第3行"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    rows = [("姓名", "身份证号", "金额"), ("张三", ID, "500.00"), ("李四", WRONG_ID, "500.00")]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert _found(data, "名单.csv") == [
        ("column", "第2列“身份证号”"),
        ("id_number", "第2行“身份证号”"),
        ("id_number", "第3行“身份证号”"),
    ]


def test_the_head_of_a_list_may_stand_below_a_banner():
    csv = f"上寨村低保名单,,\n填表日期,2025年9月,\n序号,户主,银行卡号\n1,张三,{CARD}\n"
    assert _found(csv.encode(), "名单.csv") == [
        ("column", "第3列“银行卡号”"),
        ("bank_card", "第4行“银行卡号”"),
    ]


def test_two_rows_of_titles_and_a_second_table_further_down():
    csv = (
        "姓名,证件信息,,金额\n,类型,身份证号,\n张三,身份证,见存根,500\n\n"
        "姓名,家庭住址,金额\n李四,一社12号,300\n"
    )
    assert _found(csv.encode(), "名单.csv") == [
        ("column", "第3列“身份证号”"),
        ("column", "第2列“家庭住址”"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"# 名单\n\n| 姓名 | 身份证号 |\n|---|:---|\n| 张三 | {ID} |\n",
        f"# 名单\n\n姓名\t身份证号\n--\t--\n张三\t{ID}\n",
    ],
)
def test_tables_in_plain_text_are_tables(text):
    assert _found(text.encode(), "名单.md") == [
        ("column", "第2列“身份证号”"),
        ("id_number", "第5行“身份证号”"),
    ]


def test_the_name_of_the_file_is_checked_too():
    assert _found(b"nothing", f"张三{ID}.txt") == [("id_number", "文件名")]


def test_published_phones_are_silent_in_files():
    data = f"监督电话 {PHONE}\n张三 13800001111".encode()
    assert _found(data, "公示.txt", frozenset({"139-1234-5678"})) == [("phone", "正文第2行")]


def test_an_ordinary_ledger_is_left_in_peace():
    rows = "\n".join(
        f"{n},2025-07-{n:02},村道养护,{n * 1234}.50,农经发〔2025〕{n}号" for n in range(1, 29)
    )
    csv = f"序号,日期,摘要,金额（元）,依据\n{rows}\n合计,,,500000.00,\n"
    scan = scan_file(csv.encode("gb18030"), "上寨村2025年第三季度财务收支.csv")
    assert (scan.findings, scan.unreadable) == ((), ())


# --- PDF and pictures --------------------------------------------------------------------------


def test_every_page_of_a_pdf_is_read_and_pages_without_text_need_eyes():
    pdf = typst.compile(
        f"#table(columns: 3, [Zhang], [{ID}], [500.00], [Li], [], [1,234.50])\n"
        f"Tel {PHONE} #pagebreak() 2025-10-10 #pagebreak() #rect(width: 1cm)".encode()
    )
    scan = scan_file(pdf, "公示.pdf")
    assert [(finding.kind, finding.place) for finding in scan.findings] == [
        ("id_number", "第1页第1行"),
        ("phone", "第1页第3行"),
    ]
    assert scan.unreadable == ("第3页没有文字层（扫描件或图形）",)


def test_a_scanned_pdf_needs_a_persons_eyes():
    kept = io.BytesIO()
    Image.new("RGB", (80, 80), "white").save(kept, "PDF")
    assert scan_file(kept.getvalue(), "扫描.pdf").unreadable == ("第1页没有文字层（扫描件或图形）",)


@pytest.mark.parametrize(("form", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("GIF", "a.gif")])
def test_a_picture_needs_a_persons_eyes(form, name):
    assert scan_file(_picture(form), name).unreadable == ("这是图片",)


# --- files that cannot be judged ---------------------------------------------------------------

LOCKED_PDF = zlib.decompress(
    base64.b64decode(
        "eNqNUctuUzEQ3fsrZpMltcdvS1dZ0DYSAtQqLWxQF36MQ1B0b3VzI7X8JAv+AH4EJ4U2IiywZMk+c87xeM7s+mLxCs8U"
        "m/34+e07QxAwpC+s6xi/HoeyyzRCJ21W3iNpOWfzOaO+7DnyiHv7eE/Ar+OKtoyfD7t+AmT87bps4RPoRlzC3ZFUnUjP"
        "4xQ3w4o9ecDee3kk0P98i/ElbYfdmJuiVRqdv6eyjq+Hh/asOBOHjeJp3+3NR2qt/e1ujtw/gmy2oBh/R/1q+gwofROC"
        "lkEH62Ro5cV6M7W58Jsp9iWOhfEr6Ix0wmupZa0hx+iKNCFREk6pUhuaJRmJJqPXBoUvMbhoZAlWeXQpidb8B+gCEWqR"
        "kFLJNQXCkLKJZENBrXRV0qeqyZAmZ3zUaLUQ7W5rrVE02+OAHkaqTIBl4nmBNUYZqPCMYfv8odK/YCacYIj+FLPuBJMW"
        "X7BpjOsNjYe53qy/UmuFL4dhAnUIgL/p6wD4+3zRIuuKlCEmr6Oi3CbnXGs3Sp8VRaWw2vn/UFrQl30eH+8nMH+S3k5x"
        "nA4D0c6y2ezyasF+AQoSwsQ="
    )
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED_OFFICE = OLE + "EncryptedPackage".encode("utf-16-le")


def _archive(**members):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return kept.getvalue()


def _bomb():
    types = b"spreadsheetml.sheet.main+xml"
    return _archive(
        **{"[Content_Types].xml": types, "xl/sharedStrings.xml": bytes(60 * 1024 * 1024)}
    )


def _saved(thing):
    kept = io.BytesIO()
    thing.save(kept)
    return kept.getvalue()


PLAIN_WORKBOOK = _saved(openpyxl.Workbook())
PLAIN_DOCUMENT = _saved(docx.Document())


@pytest.mark.parametrize(
    ("case", "data", "name", "code"),
    [
        ("a PDF with a password", LOCKED_PDF, "公示.pdf", "file_locked"),
        ("a workbook with a password", LOCKED_OFFICE, "公示.xlsx", "file_locked"),
        ("an old workbook", OLE, "公示.xls", "file_old_format"),
        ("an old document", OLE, "公示.doc", "file_old_format"),
        ("a web page called .xls", b"<html></html>", "公示.xls", "file_old_format"),
        ("a text called .xlsx", "张三".encode(), "公示.xlsx", "file_mismatch"),
        ("a document called .xlsx", PLAIN_DOCUMENT, "公示.xlsx", "file_mismatch"),
        ("a workbook called .txt", PLAIN_WORKBOOK, "公示.txt", "file_mismatch"),
        ("a picture called .pdf", _picture(), "公示.pdf", "file_mismatch"),
        ("a workbook that is cut off", PLAIN_WORKBOOK[:900], "公示.xlsx", "file_broken"),
        ("a PDF that is cut off", b"%PDF-1.7\n1 0 obj", "公示.pdf", "file_broken"),
        (
            "a workbook without its parts",
            _archive(**{"[Content_Types].xml": "spreadsheetml.sheet.main+xml"}),
            "公示.xlsx",
            "file_broken",
        ),
        (
            "a document without its parts",
            _archive(**{"[Content_Types].xml": "wordprocessingml.document.main+xml"}),
            "公示.docx",
            "file_broken",
        ),
        (
            "a workbook with macros",
            _archive(**{"[Content_Types].xml": "sheet.macroEnabled.main+xml"}),
            "公示.xlsm",
            "file_macros",
        ),
        ("an archive of files", _archive(a="b"), "公示.zip", "file_unknown"),
        ("an archive that floods the memory", _bomb(), "公示.xlsx", "file_bomb"),
        ("a program", b"MZ\x90\x00\x03\x00\x00\x00", "公示.exe", "file_unknown"),
        ("a web page", b"<html></html>", "公示.html", "file_unknown"),
        ("an empty file", b"", "公示.txt", "file_empty"),
        ("a file of no encoding", b"\x81\xff\xff\xff", "公示.txt", "file_unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_what_cannot_be_judged_is_refused_in_one_sentence(case, data, name, code):
    assert _refusal(data, name) == code, case


def test_a_file_over_fifty_megabytes_is_refused():
    assert _refusal(b" " * (50 * 1024 * 1024 + 1), "公示.txt") == "file_too_big"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([PLAIN_WORKBOOK, PLAIN_DOCUMENT]), st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(whole, data):
    place = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=40))
    name = "公示.xlsx" if whole is PLAIN_WORKBOOK else "公示.docx"
    try:
        read_file(whole[:place] + damage + whole[place + len(damage) :], name)
    except Refused as refused:
        assert len(refused.refusals) == 1  # noqa: PT017 - either outcome is right
