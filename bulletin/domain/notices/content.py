"""The typed document that an edition carries: one content, rendered to page and to paper.

Nobody types HTML or Typst markup; text is text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bulletin.domain.amounts import amount_of, prose_words, signed_amount
from bulletin.domain.labels import Labelled

CellKind = Literal["text", "number", "money", "date"]
CELL_KINDS: tuple[CellKind, ...] = ("text", "number", "money", "date")


@dataclass(frozen=True)
class Heading:
    level: int  # 1 一、 2 （一） 3 1.
    text: str
    type: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: str
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class ListBlock:
    items: tuple[str, ...]
    ordered: bool = False
    type: Literal["list"] = "list"


@dataclass(frozen=True)
class Column:
    title: str
    kind: CellKind = "text"


@dataclass(frozen=True)
class Table:
    """Cells are kept as they are typed; money and numbers without thousands separators."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: tuple[str, ...] | None = None  # 合计, as wide as the table
    caption: str = ""
    type: Literal["table"] = "table"


@dataclass(frozen=True)
class Image:
    file: str  # SHA-256 of the picture
    alt: str
    caption: str = ""
    type: Literal["image"] = "image"


@dataclass(frozen=True)
class Attachment:
    file: str  # SHA-256 of the file
    name: str
    type: Literal["attachment"] = "attachment"


SUMMARY_TITLE = "明白账"
SALUTATION = "各位村民："  # with which a draft begins


@dataclass(frozen=True)
class SummaryLine:
    label: str  # 收进来
    words: str  # 12,000.00元，主要是村级组织运转经费


@dataclass(frozen=True)
class Summary:
    """明白账: what the tables say, for people who don't read ledgers, in a box before everything else."""

    lines: tuple[SummaryLine, ...]
    type: Literal["summary"] = "summary"


class ContentLanguage(Labelled):
    """Another language in which people write a notice a second time, by its BCP 47 tag."""

    TIBETAN = "bo", "藏文"
    UYGHUR = "ug", "维吾尔文"
    MONGOLIAN = "mn-Mong", "蒙古文"
    KAZAKH = "kk-Arab", "哈萨克文"
    ZHUANG = "za", "壮文"
    YI = "ii", "彝文"
    KOREAN = "ko", "朝鲜文"
    LISU = "lis", "傈僳文"
    DAI = "khb", "傣文"
    MIAO = "hmn", "苗文"
    MONGUOR = "mjg", "土族文"
    ENGLISH = "en", "英文"

    @property
    def right_to_left(self) -> bool:
        return self in {ContentLanguage.UYGHUR, ContentLanguage.KAZAKH}

    @property
    def spoken(self) -> str:
        """藏语: the same language where it is heard."""
        return f"{self.label.removesuffix('文')}语"


@dataclass(frozen=True)
class Translation:
    """What the notice says, in another language: written by people, reviewed and signed with it."""

    language: ContentLanguage
    title: str
    paragraphs: tuple[str, ...]
    type: Literal["translation"] = "translation"


Block = Heading | Paragraph | ListBlock | Table | Image | Attachment | Summary | Translation


@dataclass(frozen=True)
class Document:
    blocks: tuple[Block, ...] = field(default=())

    @property
    def files(self) -> tuple[str, ...]:
        """SHA-256 of every picture and attachment, in order, each once."""
        return tuple(dict.fromkeys(file for _, file in self.placed_files))

    @property
    def placed_files(self) -> list[tuple[int, str]]:
        """Every picture and attachment: its block, counted from 0, and its SHA-256."""
        blocks = enumerate(self.blocks)
        return [(at, b.file) for at, b in blocks if isinstance(b, Image | Attachment)]

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for text in texts(self))


def texts(document: Document) -> Iterator[str]:
    """Every piece of content text in reading order: what page and paper must both show."""
    for block in document.blocks:
        match block:
            case Heading(text=text):
                yield text
            case Paragraph(text=text):
                yield prose_words(text)
            case ListBlock(items=items):
                yield from map(prose_words, items)
            case Table():
                yield from table_texts(block)
            case Image(caption=caption):
                yield caption
            case Attachment(name=name):
                yield name
            case Summary():
                yield from summary_texts(block)
            case Translation(title=title, paragraphs=paragraphs):
                yield title
                yield from paragraphs


def summary_texts(summary: Summary) -> Iterator[str]:
    """Every word of 明白账 in reading order, as both renderers print it."""
    yield SUMMARY_TITLE
    for line in summary.lines:
        yield line.label
        yield prose_words(line.words)


def table_texts(table: Table) -> Iterator[str]:
    """Every word of a table in reading order, as both renderers print it."""
    yield table.caption
    yield from (column.title for column in table.columns)
    kinds = [column.kind for column in table.columns]
    for row in (*table.rows, *([table.footer] if table.footer else [])):
        yield from (cell_words(kind, cell) for kind, cell in zip(kinds, row, strict=True))


def cell_words(kind: CellKind, cell: str) -> str:
    """A cell as both renderers print it: money is 24,000.00, words as they run, the rest as typed."""
    if kind == "text":
        return prose_words(cell)
    if kind != "money" or not cell:
        return cell
    amount = amount_of(cell)
    if amount is not None:
        return f"{amount:,.2f}"
    below = signed_amount(cell)  # (1234.5), as accounts write what is below nought
    if below is None:
        return cell
    return f"({-below:,.2f})" if "(" in cell or "（" in cell else f"{below:,.2f}"
