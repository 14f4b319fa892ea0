"""Pages: how many a sheet will have, and what the code of each says."""

from bulletin.domain.codes import Scan
from bulletin.domain.notices.content import (
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    Table,
    Translation,
)
from bulletin.sheets.facts import SheetFacts

LINE = 28  # characters, as GB/T 9704 counts them
PAGE = 20  # lines beside letterhead and foot
ROW, LONG_TABLE = 0.65, 25  # lines of text that a row of a long table takes; more rows make it one
PICTURE = 12  # lines


def scans_of(facts: SheetFacts, pages: int) -> list[Scan]:
    """What each page's code says: a sheet of several pages adds the page; a draft has none."""
    if facts.is_draft:
        return []
    if pages == 1:
        return [Scan(facts.code, facts.edition)]
    return [Scan(facts.code, facts.edition, page) for page in range(1, pages + 1)]


def likely_pages(document: Document) -> int:
    """A guess that saves setting a sheet twice; of several pages rather one too many."""
    pages = int(sum(map(lines_of, document.blocks)) // PAGE) + 1
    return pages if pages == 1 else pages + 1


def lines_of(block: Block, line: int = LINE) -> float:
    """A guess at the lines that a block takes, `line` characters each."""
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return len(text) // line + 1
        case ListBlock(items=items):
            return sum(len(item) // line + 1 for item in items)
        case Table(rows=rows):
            return len(rows) * (ROW if len(rows) > LONG_TABLE else 1) + 2
        case Image():
            return PICTURE
        case Summary(lines=lines):
            return sum((len(li.label) + len(li.words)) // line + 1 for li in lines) + 2
        case Translation(title=title, paragraphs=paragraphs):
            return sum(len(text) // line + 1 for text in (title, *paragraphs))
        case _:
            return 1
