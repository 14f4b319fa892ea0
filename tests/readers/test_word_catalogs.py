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


def level(depth, words, *, start=1, kind="decimal", more=""):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
    )


def labels_of(lists, paragraphs, styles=""):
    """The first column of a catalog whose rows are numbered: (list, depth) of each."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for child in parse_xml(f"<w:numbering {nsdecls('w')}>{lists}</w:numbering>"):
        numbering.append(child)
    for style in parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>"):
        document.styles.element.append(style)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "序号", "公开事项"
    for place, (number, depth) in enumerate(paragraphs):
        row = table.add_row()
        row.cells[1].text = f"财务收支{'甲乙丙丁戊己庚辛'[place]}"
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
            )
        )
    kept = io.BytesIO()
    document.save(kept)
    rows = read_catalog_rows(kept.getvalue(), "目录.docx").rows
    assert [row.title for row in rows] == [
        f"财务收支{n}" for n in "甲乙丙丁戊己庚辛"[: len(paragraphs)]
    ]
    return [row.number for row in rows]


ABSTRACT = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "%1.")}{level(1, "%1.%2")}</w:abstractNum>'
)


def numbered_list(number, overrides="", abstract=0):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def override(depth, inside):
    return f'<w:lvlOverride w:ilvl="{depth}">{inside}</w:lvlOverride>'


def test_lists_of_one_definition_count_on_until_one_of_them_starts_anew():
    anew = override(0, '<w:startOverride w:val="5"/>')
    lists = ABSTRACT + numbered_list(1) + numbered_list(2) + numbered_list(3, anew)
    places = [(1, 0), (1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]
    assert labels_of(lists, places) == ["1.", "2.", "3.", "5.", "6.", "7."]


def test_a_start_that_a_list_overrides_holds_each_time_that_the_level_begins():
    anew = override(1, '<w:startOverride w:val="3"/>')
    lists = ABSTRACT + numbered_list(1, anew)
    places = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)]
    assert labels_of(lists, places) == ["1.", "1.3", "1.4", "2.", "2.3"]


def test_a_level_that_a_list_writes_anew_is_written_so():
    other = override(0, level(0, "（%1）", start=4, kind="chineseCounting"))
    lists = ABSTRACT + numbered_list(1, other)
    assert labels_of(lists, [(1, 0), (1, 0), (1, 1)]) == ["（四）", "（五）", "五.1"]


@pytest.mark.parametrize("named", ["by the definition", "by the style only"])
def test_a_list_that_a_style_defines_is_counted_with_it(named):
    link = '<w:styleLink w:val="Duties"/>' if named == "by the definition" else ""
    lists = (
        f'<w:abstractNum w:abstractNumId="0">{link}{level(0, "第%1项", kind="chineseCounting")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Duties"/></w:abstractNum>'
        + numbered_list(1)
        + numbered_list(2, abstract=1)
    )
    numbers = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="numbering" w:styleId="Duties"><w:name w:val="Duties"/>{numbers}</w:style>'
    assert labels_of(lists, [(2, 0), (2, 0), (1, 0)], style) == ["第一项", "第二项", "第三项"]


def test_a_style_that_links_to_itself_ends():
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Duties"/></w:abstractNum>'
        + numbered_list(2, abstract=1)
    )
    numbers = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="numbering" w:styleId="Duties"><w:name w:val="Duties"/>{numbers}</w:style>'
    assert labels_of(lists, [(2, 0)], style) == [""]


def merged(*columns):
    """A document whose cells carry the marks of merges side by side, as old programs write them."""
    document = docx.Document()
    table = document.add_table(0, len(columns[0]))
    for row in columns:
        cells = table.add_row().cells
        for cell, (words, mark) in zip(cells, row, strict=True):
            cell.text = words
            if mark is not None:
                value = f' w:val="{mark}"' if mark else ""
                cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:hMerge {nsdecls('w')}{value}/>"))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("goes_on", ["continue", ""])
def test_cells_merged_side_by_side_by_their_marks_keep_the_columns_under_their_heads(goes_on):
    head = [("公开事项", None), ("公开内容", "restart"), ("不显示", goes_on), ("公开时限", None)]
    item = [("财务收支", None), ("收入", "restart"), ("也不显示", goes_on), ("每月", None)]
    plain = [("低保对象", None), ("名单", None), ("", None), ("每季度", None)]
    first, second = read_catalog_rows(merged(head, item, plain), "目录.docx").rows
    assert (first.title, first.content, first.deadline_text) == ("财务收支", "收入", "每月")
    assert (second.content, second.deadline_text) == ("名单", "每季度")


def test_a_section_merged_across_the_table_by_its_marks_is_no_item():
    across = [("一、党务公开", "restart"), *[("", "continue")] * 3]
    head = [("公开事项", None), ("公开内容", None), ("依据", None), ("公开时限", None)]
    item = [("发展党员", None), ("名单", None), ("党章", None), ("及时", None)]
    (row,) = read_catalog_rows(merged(head, across, item), "目录.docx").rows
    assert (row.title, row.category) == ("发展党员", "党务公开")


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
