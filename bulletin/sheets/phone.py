"""A notice for the village's group chat: tables that a phone can show, and a long notice summed up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil

from bulletin.domain.amounts import signed_amount
from bulletin.domain.notices.content import (
    Block,
    Column,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    Table,
    Translation,
    cell_words,
)
from bulletin.sheets.faces import Faces
from bulletin.sheets.facts import PrintedSheet
from bulletin.sheets.pdfium import opened, page_count, page_image, png_of
from bulletin.sheets.phone_tables import cut_table
from bulletin.sheets.pictures import without_empty_end
from bulletin.sheets.widths import ems

PHONE_DPI = 216  # 360 points are 1080 pixels
PHONE_SCREEN, LONG_PICTURE = 780, 1170  # points high
MAX_PICTURES = 4  # nobody puts more of them together again in a chat
PICTURE = 690  # points of PHONE_SCREEN below its head
LINE, LINE_EMS, ROW = 25, 20.0, 17  # points of a line and a row at least
MAX_WORDS, MAX_TEXTS, MAX_TABLES, MAX_ROWS = 120, 4, 4, 3  # of a summary


def phone_picture(sheet: PrintedSheet, page: int) -> bytes:
    """One page (counted from 1) as a PNG 1080 pixels wide, cut where the words end."""
    with opened(sheet.pdf) as document:
        image = page_image(document, page - 1, PHONE_DPI)
    return png_of(without_empty_end(image))


def fewest_pictures(set_type: Callable[[int], bytes]) -> bytes:
    """As high as a phone's screen; rather one long picture than a second with a few lines.

    Args:
        set_type: gives the PDF whose pages are so many points high.
    """
    pdf = set_type(PHONE_SCREEN)
    if page_count(pdf) > 1 and page_count(longer := set_type(LONG_PICTURE)) == 1:
        return longer
    return pdf


def phone_document(document: Document, faces: Faces) -> Document:
    """The same words, wide tables as several that a phone shows in 五号 or larger."""
    blocks: list[Block] = []
    for block in document.blocks:
        blocks += cut_table(block, faces) if isinstance(block, Table) else (block,)
    return Document(tuple(blocks))


def is_surely_long(document: Document) -> bool:
    """More than a chat bears, whatever its words: not worth setting. False may still be long."""
    return sum(map(_least_height, document.blocks)) > MAX_PICTURES * PICTURE


def _least_height(block: Block) -> float:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return LINE * ceil(ems(text) / LINE_EMS)
        case ListBlock(items=items):
            return LINE * len(items)
        case Table(rows=rows):
            return ROW * len(rows)
        case Summary(lines=lines):
            return LINE * (len(lines) + 1)
        case Translation(paragraphs=paragraphs):
            return LINE * len(paragraphs)
        case _:
            return 0


def summaries(document: Document, faces: Faces) -> Iterator[Document]:
    """What a long notice says first and what its tables come to, shorter each time, at last nothing."""
    blocks = list(_summed_up(document, faces))
    for end in range(len(blocks), -1, -1):
        yield Document(tuple(blocks[:end]))


def _summed_up(document: Document, faces: Faces) -> Iterator[Block]:
    texts = tables = pictures = 0
    for block in document.blocks:
        match block:
            case Table(rows=rows) if rows and tables < MAX_TABLES:
                tables += 1
                yield from _short_table(block, faces)
            case Image() if not pictures and not tables:  # of a scan, its first page
                pictures += 1
                yield block
            case Summary():
                yield block
            case Heading() | Paragraph() | ListBlock() if texts < MAX_TEXTS:
                texts += 1
                yield from _short_words(block)
            case _:
                pass


def _short_words(block: Block) -> Iterator[Block]:
    match block:
        case Paragraph(text=text):
            yield Paragraph(_cut(text))
        case ListBlock(items=items):
            yield replace(block, items=tuple(map(_cut, items[:MAX_ROWS])))
            if len(items) > MAX_ROWS:
                yield Paragraph(f"……共{len(items)}项。")
        case _:
            yield block


def _cut(words: str) -> str:
    """The beginning, to the end of a sentence where there is one."""
    if len(words) <= MAX_WORDS:
        return words
    end = max(words.rfind(mark, MAX_WORDS // 3, MAX_WORDS) for mark in "。；")
    return f"{words[: end + 1] if end > 0 else words[:MAX_WORDS]}……"


def _short_table(table: Table, faces: Faces) -> Iterator[Block]:
    """What its columns come to; of a table without sums its first rows."""
    count = f"共{len(table.rows)}行"
    sums = tuple(
        (column.title, cell_words(column.kind, cell))
        for column, cell in zip(table.columns, table.footer or (), strict=False)
        if column.kind in ("money", "number") and signed_amount(cell) is not None
    )
    if sums:
        columns = (Column("项目"), Column(_sum_words(table), "number"))
        yield Table(columns, sums, caption=f"{table.caption or '合计'}（{count}）")
        return
    first = cut_table(replace(table, rows=table.rows[:MAX_ROWS], footer=None), faces)[0]
    named = f"{table.caption or '表'}（{count}，这里是前{MAX_ROWS}行）"
    yield replace(first, caption=named if len(table.rows) > MAX_ROWS else table.caption)


def _sum_words(table: Table) -> str:
    """What the table itself calls its sums: 合计, 总计."""
    return next(
        (cell for cell in table.footer or () if cell and signed_amount(cell) is None), "合计"
    )
