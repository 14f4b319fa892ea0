"""Word documents: what stands on the page comes along, what does not is named."""

import io
import re
import zipfile

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from support.brought import ALIGN, a_document, outline, png, saved, shape


def run_of(paragraph, text, **looks):
    run = paragraph.add_run(text)
    for name, value in looks.items():
        setattr(run.font, name, value)
    return run


def element(xml):
    spaces = f"{nsdecls('w', 'wp', 'a', 'r', 'm')} xmlns:v='urn:schemas-microsoft-com:vml'"
    return parse_xml(re.sub(r"(?=[\s>])", f" {spaces}", xml, count=1))


def a_table(document, rows, merges=()):
    table = document.add_table(len(rows), len(rows[0]))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    for (top, left), (bottom, right) in merges:
        table.cell(top, left).merge(table.cell(bottom, right))
    return table


def test_headings_lists_and_paragraphs_arrive_as_they_are_meant():
    document = a_document(
        ("2026年第三季度财务公示", ALIGN.CENTER),
        "各位村民：",
        ("基本情况", "Heading 1"),
        ("收入", "Heading 2"),
        ("甲", "List Bullet"),
        ("乙", "List Bullet"),
        ("一笔", "List Number"),
        ("两笔", "List Number"),
        "特此公告",
        ("张家村村民委员会", ALIGN.RIGHT),
        ("2026年11月20日", ALIGN.RIGHT),
    )
    made = outline(saved(document))
    assert made.title == "2026年第三季度财务公示"
    assert shape(made.blocks) == [
        "各位村民：",
        "# 基本情况",
        "## 收入",
        "- 甲 | 乙",
        "1. 一笔 | 两笔",
        "特此公告",
    ]


def test_a_table_with_two_rows_of_titles_its_caption_and_its_total():
    document = a_document("标题", "见下表。", ("表1 收支", ALIGN.CENTER), "单位：元")
    rows = [
        ["序号", "金额", ""],
        ["", "收入", "支出"],
        ["1", "24,000.00", ""],
        ["合计", "24,000.00", ""],
    ]
    a_table(document, rows, [((0, 0), (1, 0)), ((0, 1), (0, 2))])
    made = outline(saved(document))
    assert made.blocks[1].caption == "表1 收支 单位：元"
    assert shape(made.blocks[1:]) == ["序号 金额收入 金额支出\n1 24000.00 _\n合计 24000.00 _"]
    assert made.omitted == ()


def test_cells_merged_in_the_body_are_said_to_be_split():
    document = a_document("标题", "文")
    a_table(document, [["类别", "项目"], ["收入", "拨款"], ["", "光伏"]], [((1, 0), (2, 0))])
    made = outline(saved(document))
    assert shape(made.blocks[1:]) == ["类别 项目\n收入 拨款\n_ 光伏"]
    assert made.omitted == ("第1张表里合并的格子拆开了，字只留在其中一格，请看一看。",)


def test_a_frame_of_one_cell_is_no_table():
    document = a_document("标题")
    document.add_table(1, 1).cell(0, 0).text = "框里的话\n第二段"
    assert shape(outline(saved(document)).blocks) == ["框里的话\n第二段"]


def test_pictures_stand_where_they_stood_and_footnotes_at_the_end():
    document = a_document("标题", "甲")
    document.add_paragraph("看图").add_run().add_picture(io.BytesIO(png()), Cm(2))
    document.add_paragraph("乙")
    made = outline(with_footnote(saved(document), "乙", "不含税"))
    assert shape(made.blocks) == ["甲", "看图", "picture", "乙［注1］", "［注1］不含税"]


def with_footnote(data, after, words):
    """A document with a footnote behind some words, as Word writes it."""
    parts = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    space = nsdecls("w")
    text = f"<w:t>{after}</w:t></w:r>".encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        text, text + b'<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode(),
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{main}"/></Types>'.encode(),
    )
    return zipped(parts)


def zipped(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def struck(document):
    paragraph = document.add_paragraph("共12")
    run_of(paragraph, "300", strike=True)
    paragraph.add_run("45元")


def hidden(document):
    run_of(document.add_paragraph("马示例"), "630223", hidden=True)


def deleted(document):
    paragraph = document.add_paragraph("共500元")
    paragraph._p.append(
        element("<w:del w:id='1'><w:r><w:delText>原来300元</w:delText></w:r></w:del>")
    )


def commented(document):
    paragraph = document.add_paragraph("共500元")
    document.add_comment(paragraph.runs, "这笔要核实", author="甲")


def headed(document):
    document.add_paragraph("共500元")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第1页"


def boxed(document):
    paragraph = document.add_paragraph("共500元")
    run = paragraph.add_run()
    box = "<w:txbxContent><w:p><w:r><w:t>监督电话</w:t></w:r></w:p></w:txbxContent>"
    run._r.append(element(f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"))


def counted(document):
    paragraph = document.add_paragraph("面积")
    paragraph._p.append(element("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"))


def charted(document):
    run = document.add_paragraph("图").add_run()
    chart = '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    run._r.append(
        element(
            f"<w:drawing><wp:inline><a:graphic><a:graphicData>{chart}</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    )


def remote(document):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    name = document.part.relate_to("http://tracker.example.com/p.png", kind, is_external=True)
    run = document.add_paragraph("图").add_run()
    run._r.append(
        element(
            f"<w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:link='{name}'/></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    )


def nested(document):
    document.add_paragraph("文")
    table = document.add_table(2, 2)
    for y, x in ((0, 0), (0, 1), (1, 0)):
        table.cell(y, x).text = "甲乙丙丁"[y * 2 + x]
    table.cell(1, 1).add_table(1, 2).cell(0, 0).text = "里面"


REMAINDERS = {
    "struck words, and the figures beside them stay two": (
        struck, ["共12 45元"], ["划掉的字没有带来：“300”。"]),
    "hidden words": (hidden, ["马示例"], ["隐藏的字没有带来：“630223”。"]),
    "words that a revision deletes": (deleted, ["共500元"], ["修订里删掉的字没有带来：“原来300元”。"]),
    "comments": (commented, ["共500元"], ["批注没有带来：“这笔要核实”。"]),
    "headers; page numbers are nothing to say": (headed, ["共500元"], ["页眉没有带来：“内部资料”。"]),
    "text boxes are moved": (
        boxed, ["共500元", "监督电话"], ["文本框里的字移到了正文里，请看看位置对不对：“监督电话”。"]),
    "equations keep their words": (counted, ["面积a+b"], ["公式只带来了里面的字，请对照原文看一看。"]),
    "charts": (charted, ["图"], ["有1张图表没有带来，可以截成图片再放进来。"]),
    "pictures of other sites are never fetched": (
        remote, ["图"], ["有1张图片在别的网站上，没有去取，也没有带来：“http://tracker.example.com/p.png”。"]),
    "tables in tables": (
        nested, ["文", "甲 乙\n丙 里面"], ["表格里还套着表格，里面的表合成了格子里的字，请看一看。"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REMAINDERS)
def test_what_cannot_come_along_is_named(name):
    build, blocks, omitted = REMAINDERS[name]
    document = a_document("标题")
    build(document)
    made = outline(saved(document))
    assert (shape(made.blocks), list(made.omitted)) == (blocks, omitted)


def test_only_sixty_pictures_come_and_the_rest_is_counted():
    document = a_document("标题", "文")
    paragraph = document.add_paragraph()
    for _ in range(62):
        paragraph.add_run().add_picture(io.BytesIO(png()), Cm(1))
    made = outline(saved(document))
    assert shape(made.blocks).count("picture") == 60
    assert made.omitted == ("图片超过60张，后面2张没有带来。",)


def test_the_words_of_a_table_of_contents_stay_behind_by_name():
    document = a_document("标题", "文")
    contents = OxmlElement("w:sdt")
    contents.append(
        element(
            "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        )
    )
    contents.append(
        element("<w:sdtContent><w:p><w:r><w:t>一、收入 1</w:t></w:r></w:p></w:sdtContent>")
    )
    document.element.body.insert(1, contents)
    made = outline(saved(document))
    assert (shape(made.blocks), made.omitted) == (["文"], ("目录没有带来。",))
    assert document.element.body.find(qn("w:sdt")) is not None
