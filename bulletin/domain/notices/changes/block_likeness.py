"""Which block of a text is which of another one: by what names it, else by how alike their words are."""

from collections import Counter
from collections.abc import Hashable

from bulletin.domain.notices.changes.tables import table_likeness
from bulletin.domain.notices.changes.words import likeness_of_pairs, pairs_of_signs
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    Summary,
    Table,
    Translation,
    texts,
)


def name_of(block: Block) -> Hashable | None:
    """What tells a block although it changed: a heading's words, a table's caption or columns, a file."""
    match block:
        case Heading(text=text) if text:
            return "heading", text
        case Table(caption=caption) if caption:
            return "table", caption
        case Table(columns=columns):
            return "table", tuple(column.title for column in columns)
        case Image(file=file) | Attachment(file=file):
            return "file", file
        case Summary():
            return "summary"
        case Translation(language=language):
            return "translation", language
        case _:
            return None


class BlockLikeness:
    """How alike two blocks are; the pairs of signs of each text are counted once."""

    def __init__(self) -> None:
        self._pairs: dict[str, Counter[str]] = {}

    def of(self, before: Block, after: Block) -> float:
        if isinstance(before, Table) or isinstance(after, Table):
            both = isinstance(before, Table) and isinstance(after, Table)
            return table_likeness(before, after) if both else 0.0  # type: ignore[arg-type]
        if isinstance(before, Image | Attachment) and type(before) is not type(after):
            return 0.0
        return self.of_words(block_words(before), block_words(after))

    def of_words(self, before: str, after: str) -> float:
        if not before or not after:
            return float(before == after)
        return likeness_of_pairs(self._of(before), self._of(after))

    def _of(self, text: str) -> Counter[str]:
        if text not in self._pairs:
            self._pairs[text] = pairs_of_signs(text)
        return self._pairs[text]


def block_words(block: Block) -> str:
    """A block as running words, line by line; of a picture what is said of it."""
    if isinstance(block, Image):
        return "\n".join(filter(None, (block.alt, block.caption)))
    return "\n".join(texts(Document((block,))))
