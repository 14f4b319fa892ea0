"""A notice as plain text: whole, to be pasted into a website, or one line for a chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.domain.amounts import prose_words
from bulletin.domain.notices.content import (
    SUMMARY_TITLE,
    Attachment,
    Block,
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


@dataclass(frozen=True, kw_only=True)
class PasteFacts:
    place: str  # 张家村
    title: str
    publishers: tuple[str, ...]
    number: str
    period: str  # 10月9日至10月26日
    objection: str
    address: str
    document: Document


@dataclass(frozen=True)
class ReadOut:
    """What a person chose to have read out."""

    rows: bool = False  # tables row by row, not summed up …
    max_rows: int | None = None  # … unless they have more rows than this
    names: bool = False  # with the names in them
    times: int = 2


def chat_words(place: str, title: str, period: str, address: str) -> str:
    """What stands in a chat beside the pictures: what it is, how long it is on display, its address."""
    displayed = f"，公示期{period}" if period else ""
    return f"【{place}】{title}{displayed}。全文：{address}"


def whole_words(facts: PasteFacts) -> str:
    """The whole notice with its facts, as an editor of a website pastes it."""
    foot = [
        f"登记号：{facts.number}",
        f"公示期：{facts.period}",
        f"有异议：{facts.objection}",
        f"原文：{facts.address}",
        "、".join(facts.publishers),
    ]
    text = (line for block in facts.document.blocks for line in _block_lines(block))
    return "\n".join([facts.title, "", *text, "", *foot])


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(text=text):
            yield prose_words(text)
        case ListBlock(items=items, ordered=ordered):
            for number, item in enumerate(items, 1):
                yield f"{number}. {prose_words(item)}" if ordered else f"· {prose_words(item)}"
        case Table():
            yield from _table_lines(block)
        case Image(alt=alt, caption=caption):
            yield f"（图：{caption or alt}）"
        case Attachment(name=name):
            yield f"（附件：{name}，见原文）"
        case Summary(lines=lines):
            yield SUMMARY_TITLE
            yield from (f"{line.label}：{prose_words(line.words)}" for line in lines)
        case Translation(title=title, paragraphs=paragraphs):
            yield from (title, *paragraphs)


def _table_lines(table: Table) -> Iterator[str]:
    """Parted by tabs: an editor of a website makes a table of them again."""
    if table.caption:
        yield table.caption
    yield "\t".join(column.title for column in table.columns)
    for row in (*table.rows, *([table.footer] if table.footer else [])):
        yield "\t".join(_cells(table, row))


def _cells(table: Table, row: Sequence[str]) -> Iterator[str]:
    kinds = (column.kind for column in table.columns)
    return (cell_words(kind, cell) for kind, cell in zip(kinds, row, strict=True))
