"""Files as people write them, for tests of what comes of a file."""

import io

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from PIL import Image

from bulletin.domain.notices.brought.outline import outline_of
from bulletin.domain.notices.brought.parts import BroughtPicture
from bulletin.domain.notices.content import Heading, ListBlock, Paragraph, Table
from bulletin.domain.notices.content import Image as ImageBlock
from bulletin.readers.brought.file import read_brought


def saved(file):
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def png(colour=(200, 30, 30), size=(30, 20)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def a_document(*lines):
    """A Word document: each line is its text, or (text, style), or (text, alignment)."""
    document = docx.Document()
    for line in lines:
        text, looks = line if isinstance(line, tuple) else (line, None)
        is_style = isinstance(looks, str)
        paragraph = document.add_paragraph(text, looks if is_style else None)
        if looks is not None and not is_style:
            paragraph.alignment = looks
    return document


def a_workbook(**sheets):
    """A workbook of sheets given as rows of values."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


LEDGER = [
    ["张家村2026年第三季度财务收支明细表"],
    ["编制单位：张家村村民委员会", None, None, "单位：元"],
    ["序号", "摘要", "收入", "支出"],
    [1, "上级拨款", 24000, None],
    [2, "路灯电费", None, 1280.25],
    [],
    ["合计", None, 24000, 1280.25],
    ["村主任：", None, "会计："],
]


def outline(data, name="x.docx"):
    return outline_of(read_brought(data, name))


def sheet_outline(data, name="x.xlsx", sheet=None, cells=None, *, also_hidden=False):
    book = read_brought(data, name)
    chosen = book.sheet(sheet) if sheet else book.filled[0]
    return outline_of(book.parts(chosen, cells, also_hidden=also_hidden))


def shape(blocks):
    """Blocks in short: what they are and say."""
    return list(map(_shape, blocks))


def _shape(block):
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * level} {text}"
        case Paragraph(text=text):
            return text
        case ListBlock(items=items, ordered=ordered):
            return f"{'1.' if ordered else '-'} {' | '.join(items)}"
        case Table(columns=columns, rows=rows, footer=footer):
            lines = [[c.title for c in columns], *rows, *([footer] if footer else [])]
            return "\n".join(" ".join(cell or "_" for cell in line) for line in lines)
        case ImageBlock() | BroughtPicture():
            return "picture"


__all__ = [
    "ALIGN",
    "LEDGER",
    "a_document",
    "a_workbook",
    "outline",
    "png",
    "saved",
    "shape",
    "sheet_outline",
]
