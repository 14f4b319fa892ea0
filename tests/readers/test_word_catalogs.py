"""A catalog of Word as a reader sees it: late rows, fields, numbers, nested tables, hidden words."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from support.paths import MATERIAL

from bulletin.readers.catalog.files import read_catalog_rows
from bulletin.readers.read_file import read_file
from bulletin.readers.word_digits import in_digits

CASES = MATERIAL / "catalog_cases"


def rows_of(name):
    return read_catalog_rows((CASES / name).read_bytes(), name).rows


def run(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def field(code, result):
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        char.format("begin")
        + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + char.format("separate")
        + result
        + char.format("end")
    )


def file_with(title=None, deadline=None, row="", cell=""):
    """A catalog of one row whose cells hold the given runs of XML."""
    document = docx.Document()
    table = document.add_table(2, 3)
    for place, words in enumerate(("公开事项", "公开内容", "公开时限")):
        table.cell(0, place).text = words
    parts = (title or run("财务收支"), run("收入"), deadline or run("每月"))
    for place, words in enumerate(parts):
        paragraph = parse_xml(f"<w:p {nsdecls('w')}>{words}</w:p>")
        table.cell(1, place)._tc.append(paragraph)
    if row:
        table.rows[1]._tr.get_or_add_trPr().append(parse_xml(row.format(ns=nsdecls("w"))))
    if cell:
        table.cell(1, 1)._tc.append(parse_xml(cell.format(ns=nsdecls("w"))))
        table.cell(1, 1).add_paragraph("")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def only_row(**parts):
    (row,) = read_catalog_rows(file_with(**parts), "目录.docx").rows
    return row


def test_a_row_that_begins_late_keeps_its_cells_under_their_heads():
    row = rows_of("gridbefore-catalog.docx")[1]
    assert (row.title, row.content) == ("集体资产出租", "面积、价格、承租人")
    assert (row.basis, row.deadline_text) == ("村民委员会组织法", "每季度首月15日前")
    assert row.publisher == "村民委员会"
    late = rows_of("gridbefore-two.docx")[1]
    assert (late.title, late.content, late.deadline_text) == ("发展党员", "名单", "及时")
    assert rows_of("gridbefore-after.docx")[1].title == "低保对象"


def test_of_a_field_only_its_result_is_read():
    first, second, *_ = rows_of("field-codes-catalog.docx")
    assert (first.title, first.basis) == ("村级财务收支", "《村民委员会组织法》第三十五条")
    assert (second.number, second.deadline_text) == ("2", "每年6月30日前")


def test_fields_within_fields_and_unclosed_fields_lose_no_words():
    inner = field(" REF 乙 ", run("不显示"))
    nested = field(" IF ", field(" REF 甲 ", run("财务收支")))
    hidden = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}<w:r><w:t>码</w:t></w:r>'
    ended = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("每月")
    ended += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert only_row(title=nested, deadline=hidden + ended).title == "财务收支"
    assert only_row(title=nested, deadline=hidden + ended).deadline_text == "每月"
    unclosed = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("财务收支")
    assert only_row(title=unclosed).deadline_text == "每月"
    simple = f'<w:fldSimple w:instr=" SEQ 甲 ">{run("财务收支")}</w:fldSimple>'
    assert only_row(title=simple).title == "财务收支"


def test_automatic_numbers_read_as_typed_ones():
    numbered, typed = (rows_of(f"auto-numbering-{name}.docx") for name in ("catalog", "typed"))
    assert [row.category for row in numbered] == ["党务公开", "村务公开", "财务公开"]
    assert {row.elements for row in numbered} == {("收入", "支出")}
    assert [(row.category, row.title, row.elements) for row in numbered] == [
        (row.category, row.title, row.elements) for row in typed
    ]
    assert [row.number for row in numbered] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (20, "decimalEnclosedCircle", "⑳"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (7, "decimalZero", "07"),
        (7, "a format of tomorrow", "7"),
    ],
)
def test_a_number_is_written_as_word_writes_it(number, kind, words):
    assert in_digits(number, kind) == words


def test_a_table_within_a_cell_belongs_to_the_cell():
    cell = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    row = f"<w:tr><w:tc>{cell.format('公开事项')}</w:tc><w:tc>{cell.format('支出')}</w:tc></w:tr>"
    found = only_row(cell=f"<w:tbl {{ns}}><w:tblPr/><w:tblGrid/>{row}</w:tbl>")
    assert found.title == "财务收支"
    assert "公开事项 支出" in found.content


@pytest.mark.parametrize("tag", ["del", "moveFrom"])
def test_tracked_deletions_and_moves_away_are_not_imported_and_the_new_words_are(tag):
    marks = 'w:id="1" w:author="甲"'
    words = f"<w:{tag} {marks}>{run('每季度')}</w:{tag}><w:ins {marks}>{run('每月')}</w:ins>"
    assert only_row(deadline=words).deadline_text == "每月"


@pytest.mark.parametrize(
    ("mark", "word"), [("vanish", "隐藏"), ("strike", "划掉"), ("dstrike", "划掉")]
)
def test_hidden_and_struck_words_of_word_are_named_and_left_out(mark, word):
    row = only_row(deadline=run("每季度", f"<w:{mark}/>") + run("每月"))
    assert row.deadline_text == "每月"
    assert row.unseen == (f"文件里{word}了“每季度”，请看一看要不要。",)
    assert not row.withheld
    off = only_row(deadline=run("每", f'<w:{mark} w:val="0"/>') + run("月"))
    assert (off.deadline_text, off.unseen) == ("每月", ())


def test_an_item_whose_title_is_struck_waits_for_a_person():
    row = only_row(title=run("农业税收缴", "<w:strike/>"))
    assert (row.title, row.withheld) == ("农业税收缴", True)
    assert only_row(row="<w:hidden {ns}/>").withheld


def test_the_privacy_check_still_sees_what_is_deleted_hidden_and_struck():
    marked = "".join(run(mark, f"<w:{mark}/>") for mark in ("vanish", "strike"))
    deleted = '<w:del w:id="1" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    content = read_file(file_with(deadline=marked + deleted), "目录.docx")
    (table,) = content.tables
    assert "vanishstrike旧" in table.rows[0][2]


STRICT = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"officeDocument/relationships"
    ),
}


def respelled(data, spelling):
    """The package with each name of a part and each content changed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(*spelling(name, old.read(name)))
    return kept.getvalue()


def strictly(name, part):
    for usual, strict in STRICT.items():
        part = part.replace(usual, b"http://purl.oclc.org/ooxml/" + strict)
    return name, part


def with_backslashes(name, part):
    return name.replace("/", "\\"), part


@pytest.mark.parametrize("spelling", [strictly, with_backslashes])
@pytest.mark.parametrize(
    "name", ["gridbefore-catalog.docx", "field-codes-catalog.docx", "auto-numbering-catalog.docx"]
)
def test_a_catalog_in_another_programs_spelling_reads_as_the_same(name, spelling):
    data = (CASES / name).read_bytes()
    other = respelled(data, spelling)
    assert other != data
    assert read_catalog_rows(other, name) == read_catalog_rows(data, name)
