"""Whatever somebody drops: read by its content, or refused with one sentence that says what to do."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
import typst
from PIL import Image
from support.brought import a_document, a_workbook, outline, png, saved, shape
from support.paths import MATERIAL

from bulletin.domain.errors import Refused
from bulletin.domain.notices.brought.outline import outline_of
from bulletin.readers.brought.file import read_brought

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCX = saved(a_document("标题", "正文。"))
XLSX = saved(a_workbook(表=[["项目", "元"], ["电费", 20]]))
XLS = (MATERIAL / "brought" / "ledger.xls").read_bytes()


def zipped(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def typed(name, **also):
    return zipped(**{"[Content_Types].xml": name, **also})


def a_pdf(words, *, scanned=False):
    picture = '#image("scan.png")' if scanned else ""
    source = f"#set page(width: 9cm, height: 12cm)\n#set text(size: 10pt)\n{picture}\n{words}"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "scan.png").write_bytes(png())
        main = Path(folder) / "main.typ"
        main.write_text(source, "utf-8")
        return bytes(typst.compile(str(main), format="pdf"))


def with_password(old):
    """An old workbook whose second record says that the rest is encrypted (FILEPASS)."""
    begins = old.index(b"\x09\x08\x10\x00\x00\x06") + 4 + 0x10
    return old[:begins] + b"\x2f\x00" + old[begins + 2 :]


WPS = OLE + b"0" * 3000
BOMB = typed("wordprocessingml.document.main+xml", **{"word/document.xml": b" " * 60_000_000})
REFUSED = {
    "nothing": ("a.docx", b"", "文件是空的"),
    "half a Word document": ("a.docx", DOCX[:900], "文件已损坏"),
    "half a workbook": ("a.xlsx", XLSX[:900], "文件已损坏"),
    "half an old workbook": ("a.xls", XLS[:4000], "另存为 .xlsx"),
    "old Word": ("a.doc", WPS + "WordDocument".encode("utf-16-le"), "另存为 .docx"),
    "old Word with a table of Excel in it": (
        "a.doc", WPS + "WordDocument Workbook".encode("utf-16-le"), "另存为 .docx"),
    "WPS writer": ("a.wps", WPS, "另存为 .docx"),
    "WPS sheets": ("a.et", WPS, "另存为 .xlsx"),
    "rich text": ("a.rtf", b"{\\rtf1 a}", "另存为 .docx"),
    "a page that calls itself a workbook": ("a.xls", b"<table><tr><td>1</td></tr></table>", "另存为 .xlsx"),
    "a page": ("a.html", b"<script>alert(1)</script>", "带不进来"),
    "macros in a workbook": ("a.xlsm", typed("macroEnabled"), "另存为不带宏的"),
    "macros in a document": ("a.docm", typed("macroEnabled"), "另存为不带宏的"),
    "a password": ("a.xlsx", WPS + "EncryptedPackage".encode("utf-16-le"), "取消密码"),
    "a password on an old workbook": ("a.xls", with_password(XLS), "取消密码"),
    "a bomb": ("a.docx", BOMB, "解压后过大"),
    "another archive": ("a.zip", zipped(**{"a.txt": b"x"}), "带不进来"),
    "machine code": ("a.exe", b"MZ\x00\x01", "带不进来"),
    "bytes that call themselves text": ("a.txt", b"\x00\x01", "带不进来"),
    "text that calls itself Word": ("a.docx", b"abc", "另存为正确的格式"),
    "nothing but blanks": ("a.txt", " \n　\n".encode(), "没有可以带来的内容"),
    "a scan": ("a.pdf", a_pdf("", scanned=True), "只有图片（扫描件）"),
    "half a PDF": ("a.pdf", b"%PDF-1.7\nxx", "PDF 文件已损坏"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_to_do(name):
    file, data, sentence = REFUSED[name]
    with pytest.raises(Refused, match=sentence) as refused:
        read_brought(data, file)
    assert len(refused.value.refusals) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("公示.xls", ".xls"),
        ("公示.doc", ".doc"),
        ("公示.pdf", ".pdf"),
        ("公示", None),
        ("公示.docx", None),
    ],
)
def test_the_content_says_what_a_file_is_and_a_wrong_name_is_named(name, said):
    made = outline(DOCX, name)
    assert (made.title, shape(made.blocks)) == ("标题", ["正文。"])
    expected = f"文件名以{said}结尾，内容其实是Word 文档（.docx），照内容带来了。"
    assert made.omitted == ((expected,) if said else ())


def test_script_in_a_name_and_in_a_text_is_text():
    name = "<img src=x onerror=alert(1)>.txt"
    made = outline("标题\n<script>alert(1)</script>".encode(), name)
    assert shape(made.blocks) == ["<script>alert(1)</script>"]


TEXTS = {
    "lines of Chinese Windows": (
        "a.txt", "财务公示\r\n1. 甲\r\n2. 乙\r\n".encode("gb18030"), "财务公示", ["1. 甲 | 乙"]),
    "a table typed with tabs": (
        "a.txt", "财务公示\n文。\n姓名\t金额（元）\n马示例\t300\n完。".encode(), "财务公示", ["文。", "姓名 金额（元）\n马示例 300", "完。"]),
    "Markdown": (
        "a.md", "# 财务公示\n\n## 收入\n\n| 项目 | 元 |\n|---|---|\n| 拨款 | 3 |\n".encode(), "财务公示", ["## 收入", "项目 元\n拨款 3"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_plain_text_becomes_paragraphs_lists_and_tables(name):
    file, data, title, blocks = TEXTS[name]
    made = outline(data, file)
    assert (made.title, shape(made.blocks)) == (title, blocks)


def test_a_csv_file_is_a_workbook_of_one_sheet():
    book = read_brought("收支表,\n项目,元\n电费,20\n".encode("gbk"), "a.csv")
    made = outline_of(book.parts(book.filled[0], None, also_hidden=False))
    assert (made.title, shape(made.blocks)) == ("收支表", ["项目 元\n电费 20"])


def test_a_pdf_gives_its_words_and_says_what_it_cannot_give():
    words = (
        "第三季度公示\n\n"
        + "现将本村第三季度财务收支情况向全体村民公示如下并请大家监督，" * 2
        + "特此公告。\n\n一、收入"
    )
    made = outline(a_pdf(words, scanned=True), "a.pdf")
    assert made.title == "第三季度公示"
    assert shape(made.blocks) == [words.split("\n\n")[1], "# 一、收入"]
    assert made.omitted[0].startswith("PDF 只带来了文字")
    assert made.omitted[1:] == ("第1页有图片，没有带来。",)


def test_words_that_a_page_cuts_off_stay_behind_by_name():
    made = outline((MATERIAL / "unread" / "cropped.pdf").read_bytes(), "名单.pdf")
    whole = outline((MATERIAL / "unread" / "whole.pdf").read_bytes(), "名单.pdf")
    assert made.omitted[1:] == ("第1页有裁掉、看不见的字，没有带来。",)
    assert whole.omitted[1:] == ()
    assert len("".join(shape(made.blocks))) < len("".join(shape(whole.blocks)))


@pytest.mark.parametrize(
    ("last", "goes"),
    [("1", True), ("- 1 -", True), ("第1页 共1页", True), ("300", False), ("2", False)],
)
def test_only_the_number_of_a_page_goes_with_it(last, goes):
    made = outline(
        a_pdf(f"第三季度公示\n\n特此公告。\n\n{last.replace('-', chr(92) + '-')}"), "a.pdf"
    )
    assert (last not in shape(made.blocks)) is goes
    assert ("页码没有带来。" in made.omitted) is goes


def test_a_document_of_pages_put_in_says_how_to_bring_them():
    with pytest.raises(Refused, match=r"嵌入的网页内容没有带来.*粘贴到草稿里"):
        outline((MATERIAL / "unread" / "export.docx").read_bytes())


def test_a_picture_alone_is_a_picture():
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "JPEG")
    assert shape(outline(buffer.getvalue(), "IMG.jpg").blocks) == ["picture"]
