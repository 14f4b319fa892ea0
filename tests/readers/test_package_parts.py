"""An Office file's parts: a number planted in any of them is found, or its part is named."""

import base64
import io
import re
import zipfile
from contextlib import suppress
from functools import cache

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import MATERIAL

from bulletin.domain.errors import Refused
from bulletin.readers.read_file import read_file, scan_file

ID = "630223198001011238"  # invented
PHONE = "13912345678"
UNREAD = MATERIAL / "unread"


@cache
def _plain(suffix):
    kept = io.BytesIO()
    if suffix == "docx":
        docx.Document().save(kept)
    else:
        book = openpyxl.Workbook()
        book.active.append(["本季度收入", 24000])
        book.save(kept)
    return kept.getvalue()


def _with(suffix, parts, *, without=()):
    """The plain file with parts added or replaced; a callable alters the part that is there."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_plain(suffix))) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            part = parts.get(name)
            if callable(part):
                new.writestr(name, part(old.read(name)))
            elif part is None and name not in without:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if not callable(part):
                new.writestr(name, part)
    return kept.getvalue()


def _kinds(data, name):
    return {finding.kind.value for finding in scan_file(data, name).findings}


def _unread(data, name):
    return {part.place for part in scan_file(data, name).unread}


def _alarmed(data, name):
    scan = scan_file(data, name)
    return bool(scan.findings or scan.unread)


# --- the cases of issue 14 ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("people-strict.xlsx", {"id_number", "phone", "column"}),
        ("people-transitional.xlsx", {"id_number", "phone", "column"}),
        ("export.docx", {"id_number", "phone", "column"}),
        ("committee.docx", {"phone"}),
        ("cropped.pdf", {"id_number", "phone", "column"}),
        ("whole.pdf", {"id_number", "phone", "column"}),
    ],
)
def test_what_passed_as_clean_once_is_found(name, kinds):
    assert _kinds((UNREAD / name).read_bytes(), name) == kinds


# --- every part --------------------------------------------------------------------------------

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = f'<x xmlns:a="urn:a"><a:p><a:r><a:t>{ID[:7]}</a:t></a:r><a:r><a:t>{ID[7:]}</a:t></a:r></a:p></x>'
ATTRIBUTE = f'<x><y name="张三{ID}"/></x>'
SIDE_PARTS = {
    "docx": [
        "docProps/core.xml",
        "docProps/app.xml",
        "docProps/custom.xml",
        "customXml/item7.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/fontTable.xml",
        "word/webSettings.xml",
        "word/people.xml",
        "word/commentsExtended.xml",
        "word/glossary/document.xml",
        "word/diagrams/data1.xml",
        "word/diagrams/drawing1.xml",
        "word/diagrams/layout1.xml",
        "word/charts/chart1.xml",
        "word/charts/chartEx1.xml",
        "word/drawings/drawing1.xml",
        "word/theme/theme1.xml",
        "word/_rels/header9.xml.rels",
        "word/vmlDrawing1.vml",
    ],
    "xlsx": [
        "docProps/core.xml",
        "docProps/custom.xml",
        "customXml/item1.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet9.xml",
        "xl/comments1.xml",
        "xl/comments/comment1.xml",
        "xl/threadedComments/threadedComment1.xml",
        "xl/persons/person.xml",
        "xl/drawings/drawing1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/diagrams/data1.xml",
        "xl/charts/chart1.xml",
        "xl/pivotCache/pivotCacheDefinition1.xml",
        "xl/pivotCache/pivotCacheRecords1.xml",
        "xl/pivotTables/pivotTable1.xml",
        "xl/slicerCaches/slicerCache1.xml",
        "xl/tables/table1.xml",
        "xl/externalLinks/externalLink1.xml",
        "xl/connections.xml",
        "xl/richData/rdrichvalue.xml",
        "xl/cellimages.xml",
        "xl/chartsheets/sheet1.xml",
        "xl/calcChain.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    ],
}
PLACES = [(suffix, part) for suffix, parts in SIDE_PARTS.items() for part in parts]


@pytest.mark.parametrize("xml", [TEXT, ATTRIBUTE], ids=["text", "attribute"])
@pytest.mark.parametrize(("suffix", "part"), PLACES)
def test_a_number_in_any_part_of_a_package_is_found(suffix, part, xml):
    data = _with(suffix, {part: f'<?xml version="1.0" encoding="UTF-8"?>{xml}'})
    assert "id_number" in _kinds(data, f"公示.{suffix}")


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_file_read_whole_is_clean(suffix):
    assert not _alarmed(_plain(suffix), f"公示.{suffix}")


@pytest.mark.parametrize(
    ("suffix", "part"),
    [
        ("docx", "word/media/image1.png"),
        ("docx", "word/embeddings/oleObject1.bin"),
        ("docx", "word/activeX/activeX1.xml"),
        ("docx", "word/afchunk.rtf"),
        ("docx", "docProps/thumbnail.jpeg"),
        ("docx", "word/webextensions/webextension1.xml"),
        ("xlsx", "xl/media/image1.emf"),
        ("xlsx", "xl/model/item.data"),
        ("xlsx", "xl/dialogsheets/sheet1.xml"),
        ("xlsx", "xl/macrosheets/sheet1.xml"),
        ("xlsx", "something/else.xml"),
    ],
)
def test_a_part_that_is_not_read_is_named(suffix, part):
    scan = scan_file(_with(suffix, {part: b"\x01\x02"}), f"公示.{suffix}")
    assert [part.place for part in scan.unread] == [part]
    assert len(scan.unreadable) == 1


@settings(max_examples=30, deadline=None)
@given(
    suffix=st.sampled_from(["docx", "xlsx"]),
    folder=st.sampled_from(
        ["", "word/", "xl/", "xl/worksheets/", "word/media/", "docProps/", "a/"]
    ),
    stem=st.text("abcdefghij0123", min_size=1, max_size=8),
    ending=st.sampled_from([".xml", ".bin", ".vml", ".htm", ".dat", ".rels", ".txt", ".png", ""]),
    body=st.sampled_from([TEXT, ATTRIBUTE, f"<p>{ID}", f"\x00{ID}", ID]),
)
def test_a_number_in_a_part_of_any_name_never_passes_as_clean(suffix, folder, stem, ending, body):
    data = _with(suffix, {f"{folder}{stem}{ending}": body})
    with suppress(Refused):  # a refusal is no tick
        assert _alarmed(data, f"公示.{suffix}")


def test_a_known_part_that_is_no_xml_or_declares_entities_is_unread():
    entity = f'<!DOCTYPE x [<!ENTITY e "{ID}">]><x>&e;</x>'
    for body in ("<x>", entity, b"\xff\xfe\x00"):
        assert _unread(_with("docx", {"customXml/item7.xml": body}), "a.docx") == {
            "customXml/item7.xml"
        }


def test_a_file_packed_into_a_known_part_is_unread():
    packed = base64.b64encode(bytes(range(256)) * 4).decode()
    data = _with("xlsx", {"customXml/item1.xml": f"<DataMashup>{packed}</DataMashup>"})
    assert _unread(data, "a.xlsx") == {"customXml/item1.xml"}


def test_a_part_that_stands_twice_in_the_archive_is_unread():
    kept = io.BytesIO(_with("docx", {"customXml/item7.xml": f"<x>{ID}</x>"}))
    with zipfile.ZipFile(kept, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("customXml/item7.xml", "<x/>")
    assert _unread(kept.getvalue(), "a.docx") == {"customXml/item7.xml"}


def test_the_name_of_a_part_is_read_and_never_shown_with_its_number():
    scan = scan_file(_with("docx", {f"word/media/张三{ID}.png": b"x"}), "a.docx")
    assert {finding.kind.value for finding in scan.findings} == {"id_number"}
    assert ID not in str(scan)


# --- corners of Word ---------------------------------------------------------------------------

NAMES = (
    f'xmlns:w="{WORD}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
CORNERS = {
    "a formula": f"<m:oMath><m:r><m:t>{PHONE[:5]}</m:t></m:r><m:r><m:t>{PHONE[5:]}</m:t></m:r></m:oMath>",
    "a number half in a formula": f"<w:r><w:t>{PHONE[:4]}</w:t></w:r><m:oMath><m:r><m:t>{PHONE[4:]}</m:t></m:r></m:oMath>",
    "WordArt": f'<w:r><w:pict><v:shape><v:textpath string="电话{PHONE}"/></v:shape></w:pict></w:r>',
    "a box of VML": f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{PHONE}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    "a drop-down": f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="张三" w:value="{PHONE}"/></w:dropDownList></w:sdtPr></w:sdt>',
    "an old drop-down": f'<w:r><w:fldChar><w:ffData><w:ddList><w:listEntry w:val="{PHONE}"/></w:ddList></w:ffData></w:fldChar></w:r>',
    "a field": f'<w:fldSimple w:instr="HYPERLINK &quot;tel:{PHONE}&quot;"/>',
    "the author of a change": f'<w:ins w:author="李四{PHONE}"><w:r><w:t>公示</w:t></w:r></w:ins>',
    "what only old programs show": f"<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:r><w:t>{PHONE}</w:t></w:r></mc:Fallback></mc:AlternateContent>",
}


@pytest.mark.parametrize("xml", CORNERS.values(), ids=CORNERS)
def test_words_of_a_document_that_no_paragraph_shows_are_read(xml):
    body = f"<w:p>{xml}</w:p>".encode()
    data = _with(
        "docx",
        {
            "word/document.xml": lambda old: re.sub(
                rb"<w:document .*?<w:body>",
                f"<w:document {NAMES}><w:body>".encode() + body,
                old,
                flags=re.DOTALL,
            )
        },
    )
    assert _kinds(data, "公示.docx") == {"phone"}


@pytest.mark.parametrize("target", [f"tel:{PHONE}", f"mailto:{PHONE}@example.com"])
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_targets_of_links_are_read(suffix, target):
    rels = {"docx": "word/_rels/document.xml.rels", "xlsx": "xl/worksheets/_rels/sheet1.xml.rels"}
    link = f'<Relationship Id="rId99" Type="x" Target="{target}" TargetMode="External"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    data = _with(suffix, {rels[suffix]: f'<Relationships xmlns="{space}">{link}</Relationships>'})
    assert _kinds(data, f"公示.{suffix}") == {"phone"}


MHT = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<table><tr><td>=E5=A7=93=E5=90=8D</td><td>=E8=BA=AB=E4=BB=BD=E8=AF=81=E5=8F=B7</td></tr>"
    f"<tr><td>x</td><td>{ID[:9]}=\r\n{ID[9:]}</td></tr></table>\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("part", "body", "kinds"),
    [
        ("word/a.htm", f"<p>电话 <b>{PHONE[:3]}</b>{PHONE[3:]}</p>", {"phone"}),
        ("word/a.html", f"<a href='tel:{PHONE}'>电话</a>", {"phone"}),
        ("word/a.htm", f"<p hidden>{PHONE}</p>".encode("utf-16"), {"phone"}),
        ("word/a.htm", f"<meta charset=gb2312><p>张三{PHONE}".encode("gb18030"), {"phone"}),
        ("word/a.htm", f"<!-- {PHONE} --><script>x='{ID}'</script>", {"phone", "id_number"}),
        ("word/a.mht", MHT, {"column", "id_number"}),
        ("word/a.txt", f"张三{ID}", {"id_number"}),
    ],
)
def test_web_pages_inside_of_a_document_are_read(part, body, kinds):
    assert _kinds(_with("docx", {part: body}), "公示.docx") == kinds


def test_pictures_of_a_web_page_need_eyes():
    assert _unread(_with("docx", {"word/a.htm": "<img src='x.png'>"}), "a.docx") == {"word/a.htm"}


# --- corners of Excel --------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_the_rows_of_a_pivot_cache_are_read_with_their_columns():
    data = _with(
        "xlsx",
        {
            "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}">'
            '<cacheFields><cacheField name="姓名"><sharedItems><s v="张三"/></sharedItems></cacheField>'
            '<cacheField name="银行账号"><sharedItems/></cacheField></cacheFields>'
            "</pivotCacheDefinition>",
            "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{MAIN}">'
            '<r><x v="0"/><s v="820100012345"/></r></pivotCacheRecords>',
        },
    )
    found = [(f.kind.value, f.place) for f in scan_file(data, "a.xlsx").findings]
    assert ("bank_card", "数据透视表的缓存第1行“银行账号”") in found
    assert _unread(data, "a.xlsx") == set()


@pytest.mark.parametrize(
    "xml",
    [
        f'<dataValidations><dataValidation type="list"><formula1>"张三{PHONE},李四"</formula1></dataValidation></dataValidations>',
        f'<dataValidations><dataValidation promptTitle="x" prompt="找张三{PHONE}"/></dataValidations>',
        f'<hyperlinks><hyperlink ref="A1" location="x" tooltip="张三{PHONE}"/></hyperlinks>',
        f'<conditionalFormatting><cfRule><formula>A1="{PHONE}"</formula></cfRule></conditionalFormatting>',
    ],
)
def test_words_of_a_sheet_that_no_cell_shows_are_read(xml):
    end = b"<pageMargins"
    data = _with(
        "xlsx", {"xl/worksheets/sheet1.xml": lambda old: old.replace(end, xml.encode() + end)}
    )
    assert _kinds(data, "公示.xlsx") == {"phone"}


def test_a_formula_is_read_though_its_result_is_kept():
    cell = f'<c r="A1" t="str"><f>HYPERLINK("tel:{PHONE}","电话")</f><v>电话</v></c>'
    data = _with(
        "xlsx",
        {
            "xl/worksheets/sheet1.xml": lambda old: re.sub(
                rb"<c r=.A1.*?</c>", cell.encode(), old, count=1, flags=re.DOTALL
            )
        },
    )
    assert _kinds(data, "公示.xlsx") == {"phone"}


def test_a_defined_name_is_read():
    name = f'<definedNames><definedName name="x">"{PHONE}"</definedName></definedNames>'
    data = _with(
        "xlsx",
        {"xl/workbook.xml": lambda old: re.sub(rb"<definedNames\s*/>", name.encode(), old)},
    )
    assert _kinds(data, "公示.xlsx") == {"phone"}


def test_a_workbook_without_sheets_is_refused_with_what_to_do():
    data = _with(
        "xlsx",
        {
            "xl/workbook.xml": lambda old: re.sub(
                rb"<sheets>.*</sheets>", b"<sheets/>", old, flags=re.DOTALL
            )
        },
    )
    with pytest.raises(Refused, match="另存为") as refused:
        read_file(data, "a.xlsx")
    assert refused.value.codes == ("file_without_sheets",)


ODD = {
    "a fill that does not exist": ("xl/styles.xml", b"<patternFill", b'<oddFill odd="1"'),
    "a family of fonts beyond the list": ("xl/styles.xml", b'<family val="2"', b'<family val="99"'),
    "a count that is a word": ("xl/workbook.xml", b"<calcPr", b'<calcPr iterateCount="viele"'),
    "a view that does not exist": ("xl/workbook.xml", b'"visible"', b'"seen"'),
    "a day that is none": ("docProps/core.xml", b"-", b"/"),
}


@pytest.mark.parametrize(("part", "usual", "odd"), ODD.values(), ids=ODD)
def test_odd_styles_and_settings_are_no_damage(part, usual, odd):
    cell = f'<c r="A1" t="inlineStr"><is><t>张三{ID}</t></is></c>'.encode()
    parts = {
        part: lambda old: old.replace(usual, odd),
        "xl/worksheets/sheet1.xml": lambda old: re.sub(rb"<c r=.A1.*?</c>", cell, old, count=1),
    }
    found = scan_file(_with("xlsx", parts), "a.xlsx").findings
    assert [finding.place for finding in found] == ["工作表“Sheet”第1行第1列"]


def test_backslashes_between_folders_are_another_programs_spelling():
    kept = io.BytesIO()
    with zipfile.ZipFile(UNREAD / "people-strict.xlsx") as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\"), old.read(name))
    assert "id_number" in _kinds(kept.getvalue(), "a.xlsx")


def test_a_strict_document_is_read():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    text = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>张三{ID}</w:t></w:r></w:p></w:body></w:document>'
    found = scan_file(_with("docx", {"word/document.xml": text}), "a.docx").findings
    assert [finding.place for finding in found] == ["正文第1段"]


def test_a_document_by_another_name_is_read():
    body = f"<w:p><w:r><w:t>张三{ID}</w:t></w:r></w:p>"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
    types = {
        "[Content_Types].xml": lambda old: old.replace(b"/word/document.xml", b"/text/main.xml")
    }
    data = _with("docx", {"text/main.xml": text, **types}, without=("word/document.xml",))
    assert "正文第1段" in {finding.place for finding in scan_file(data, "a.docx").findings}


def test_a_link_to_nowhere_is_no_damage():
    link = b'<Relationship Id="rId98" Type="x" Target="NULL"/></Relationships>'
    data = _with(
        "docx",
        {"word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", link)},
    )
    assert not _alarmed(data, "a.docx")


# --- files within files ------------------------------------------------------------------------


def _holding(*people):
    kept = io.BytesIO()
    book = openpyxl.Workbook()
    for person in people:
        book.active.append(person)
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_workbook_within_an_office_file_is_read(suffix):
    folder = {"docx": "word", "xlsx": "xl"}[suffix]
    inner = _holding(["姓名", "身份证号"], ["张示例", ID])
    within = _with(suffix, {f"{folder}/embeddings/Sheet1.xlsx": inner})
    scan = scan_file(within, f"a.{suffix}")
    assert {finding.kind.value for finding in scan.findings} == {"id_number", "column"}
    assert scan.findings[0].place.startswith(f"{folder}/embeddings/Sheet1.xlsx里的")
    assert scan.unread == ()


def test_files_are_read_three_deep_and_what_lies_deeper_is_named():
    data = _holding([PHONE])
    for depth in range(4):
        assert _alarmed(data, "a.xlsx")
        assert _kinds(data, "a.xlsx") == {"phone"}, depth
        data = _with("xlsx", {"xl/embeddings/a.xlsx": data})
    assert _kinds(data, "a.xlsx") == set()
    assert len(_unread(data, "a.xlsx")) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("word/embeddings/a.xlsx", b"no workbook"),
        ("word/embeddings/a.docx", b"PK\x03\x04"),
        ("word/embeddings/a.pdf", b"%PDF-1.7\n1 0 obj"),
        ("word/embeddings/a.zip", b"PK\x03\x04"),
    ],
)
def test_a_file_within_that_cannot_be_read_is_named(name, data):
    assert _unread(_with("docx", {name: data}), "a.docx") == {name}


def test_many_files_within_one_are_read_up_to_a_limit():
    inner = {f"word/embeddings/{n}.csv": f"{n},{PHONE}".encode() for n in range(205)}
    scan = scan_file(_with("docx", inner), "a.docx")
    assert len(scan.findings) == 200
    assert len(scan.unread) == 5
