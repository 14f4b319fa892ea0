"""What a file holds, in reading order, before it is made into the blocks of a draft."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from bulletin.domain.notices.content import Block

MAX_PICTURES = 60  # of a file


@dataclass(frozen=True, kw_only=True)
class BroughtLine:
    """A paragraph, with what its looks say of it."""

    text: str
    level: int = 0  # of a heading, 1 to 3
    is_title: bool = False
    is_centred: bool = False
    is_bullet: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a grid. Cells that are merged have one root, and the words stand in one of them."""

    text: str
    root: Hashable


Row = tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as it stands in a file: rows need not be equally long."""

    rows: tuple[Row, ...]
    captions: tuple[str, ...] = ()
    heads: int = 0  # of the first rows, those that the file calls titles
    is_plain: bool = False  # of plain text, which does not say what is merged


@dataclass(frozen=True)
class BroughtPicture:
    data: bytes
    name: str


@dataclass(frozen=True)
class WholeBlock:
    """What is a block already, and stays one: of pasted text a table or a list."""

    block: Block


Part = BroughtLine | Grid | BroughtPicture | WholeBlock


@dataclass(frozen=True, kw_only=True)
class FileParts:
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()  # footnotes and endnotes, which go to the end
    omitted: tuple[str, ...] = ()  # a sentence for whatever could not come along


def plain_rows(rows: Iterable[Sequence[str]]) -> tuple[Row, ...]:
    """Rows of words of which none are merged."""
    return tuple(
        tuple(Cell(" ".join(text.split()), (y, x)) for x, text in enumerate(row))
        for y, row in enumerate(rows)
    )


def filled(row: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text]
