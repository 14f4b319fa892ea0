"""Pasted text is read as a file with the same text would be: its title, headings, lists, and no signature."""

from collections.abc import Iterable

from bulletin.domain.notices.brought.outline import Outline, outline_of
from bulletin.domain.notices.brought.parts import BroughtLine, FileParts, Part, WholeBlock
from bulletin.domain.notices.content import SALUTATION, Block, Heading, Paragraph

_LEAST_TITLE = 6  # characters: 【通知】 of a chat says less than the title that a draft has
_WHOLE = WholeBlock(Paragraph(""))


def pasted_outline(blocks: Iterable[Block], *, whole: bool) -> Outline:
    """What the paragraphs of pasted text are meant as; tables and lists stay as they are.

    Args:
        whole: it is all that the draft has. Else it keeps its first line and its last ones.
    """
    parts = tuple(map(_part, blocks))
    if not whole:
        framed = outline_of(FileParts(parts=(_WHOLE, *parts, _WHOLE)))
        return Outline(title="", blocks=framed.blocks[1:-1], omitted=framed.omitted)
    made = outline_of(FileParts(parts=parts))
    title, own = made.title, made.blocks
    if 0 < len(title) < _LEAST_TITLE:
        title, own = "", (Paragraph(title), *own)
    return Outline(title=title, blocks=(*_salutation(own), *own), omitted=made.omitted)


def _part(block: Block) -> Part:
    match block:
        case Paragraph(text=text):
            return BroughtLine(text=text)
        case Heading(text=text, level=level):
            return BroughtLine(text=text, level=level)
        case _:
            return WholeBlock(block)


def _salutation(blocks: Iterable[object]) -> list[Block]:
    """How a draft begins, unless the text has its own: 全体村民：."""
    first = list(blocks)[:2]
    has_own = any(isinstance(b, Paragraph) and b.text.strip().endswith(("：", ":")) for b in first)
    return [] if has_own else [Paragraph(SALUTATION)]
