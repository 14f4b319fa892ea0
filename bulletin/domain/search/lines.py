"""A text line by line, as a search shows it."""

from collections.abc import Iterator

from bulletin.domain.notices.content import (
    Attachment,
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


def lines_of_text(document: Document) -> Iterator[str]:
    """A document line by line as a search shows it; a row of a table is one."""
    for block in document.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                yield text
            case ListBlock(items=items):
                yield from items
            case Table():
                yield from _table_lines(block)
            case Image(caption=caption):
                yield caption
            case Attachment(name=name):
                yield name
            case Summary(lines=lines):
                yield from (f"{line.label}：{line.words}" for line in lines)
            case Translation(title=title, paragraphs=paragraphs):
                yield from (title, *paragraphs)


def _table_lines(table: Table) -> Iterator[str]:
    yield table.caption
    yield _joined(column.title for column in table.columns)
    kinds = [column.kind for column in table.columns]
    for row in (*table.rows, *([table.footer] if table.footer else [])):
        yield _joined(cell_words(kind, cell) for kind, cell in zip(kinds, row, strict=True))


def _joined(cells: Iterator[str]) -> str:
    return " | ".join(filter(None, cells))
