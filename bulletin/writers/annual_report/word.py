"""The annual report as a Word document, set as GB/T 9704 sets papers of offices."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bulletin.domain.oversight.annual_report.printed_tables import PrintedTable
from bulletin.domain.oversight.annual_report.written import WrittenReport
from bulletin.writers.annual_report.word_table import TableLook, word_table
from bulletin.writers.archives import without_moment

_BODY, _HEADING, _TITLE = "仿宋", "黑体", "方正小标宋简体"
_TEXT_MM = 156  # 28 characters of 三号
_LABELS_MM = (14, 21, 37)  # of table 三; the figures share the rest
_SMALL, _TINY = Pt(10.5), Pt(9)
_MANY = 8  # columns from which on words are smaller


def write_word(report: WrittenReport) -> bytes:
    """The report as .docx. The same report gives the same bytes."""
    document = Document()
    _set_page(document)
    document.core_properties.title = report.title
    document.core_properties.author = report.body
    _line(document, "\n".join(report.title_lines), _TITLE, Pt(22), align=WD_ALIGN_PARAGRAPH.CENTER)
    if report.note:
        _line(document, report.note, _BODY, Pt(12), align=WD_ALIGN_PARAGRAPH.CENTER)
    for part in report.parts:
        heading = _line(document, part.heading, _HEADING, Pt(16), indent=True)
        heading.paragraph_format.keep_with_next = True
        if part.table is not None:
            _add_table(document, part.table)
        for words in part.paragraphs:
            _line(document, words, _BODY, Pt(16), indent=True)
    data = BytesIO()
    document.save(data)
    return without_moment(data.getvalue())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    _set_font(style, _BODY)
    style.font.size = Pt(16)
    style.paragraph_format.space_after = Pt(0)


def _set_font(holder: Any, name: str) -> None:
    """A font for Chinese characters too, of which Word keeps the name apart."""
    holder.font.name = name
    holder.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _line(
    document: Any,
    words: str,
    font: str,
    size: Pt,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    indent: bool = False,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = Pt(28 if size <= Pt(16) else 34)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(32)
    _say(paragraph, words, font, size)
    return paragraph


def _say(paragraph: Any, words: str, font: str, size: Pt) -> None:
    run = paragraph.add_run(words)
    run.font.size = size
    _set_font(run, font)


def _add_table(document: Any, table: PrintedTable) -> None:
    size = _TINY if table.width >= _MANY else _SMALL
    look = TableLook(_widths(table), _BODY, round(size.pt * 2))
    document.paragraphs[-1]._p.addnext(word_table(table, look))  # noqa: SLF001 - it has no other name


def _widths(table: PrintedTable) -> list[float]:
    """Millimetres of the columns: those of labels are wider where there are some."""
    labels = table.rows[0][0].across if table.heads and table.rows[-1][0].key is None else 0
    if not labels:
        return [_TEXT_MM / table.width] * table.width
    rest = (_TEXT_MM - sum(_LABELS_MM)) / (table.width - labels)
    return [*_LABELS_MM, *[rest] * (table.width - labels)]
