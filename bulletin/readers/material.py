"""What a file holds: passages and tables for the privacy check and for importers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from bulletin.domain.errors import Refused, refuse

MAX_CELLS = 200_000
MAX_HEAD_ROW = 30  # rows in which the first head of a table is looked for


class Passage(NamedTuple):
    """Running text, and where it stands, in Chinese."""

    place: str
    text: str


class FileTable(NamedTuple):
    """A table: `first_row` is what the file calls the first of `rows`."""

    place: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 1


class UnreadPart(NamedTuple):
    """Something in a file that was not read: a person must look."""

    place: str  # word/media/image1.png, 第3页
    words: str  # 文档里有2张图片, 第3页有图片


class EmbeddedFile(NamedTuple):
    """A file within a file, to be read as one of its own."""

    place: str  # word/embeddings/list.xlsx, 嵌入的文件“名单.xlsx”
    name: str
    data: bytes
    words: str  # what it is called when it can't be read


@dataclass(frozen=True)
class FileContent:
    """Everything in a file that can be read, and what cannot."""

    passages: tuple[Passage, ...] = ()
    tables: tuple[FileTable, ...] = ()
    unread: tuple[UnreadPart, ...] = ()
    embedded: tuple[EmbeddedFile, ...] = ()

    def joined_by(self, other: "FileContent") -> "FileContent":
        """With the passages, tables and unread parts of another."""
        return replace(
            self,
            passages=(*self.passages, *other.passages),
            tables=(*self.tables, *other.tables),
            unread=(*self.unread, *other.unread),
        )

    def placed_in(self, place: str) -> "FileContent":
        """The same, each place named as one within a file at `place`."""
        return FileContent(
            tuple(each._replace(place=f"{place}里的{each.place}") for each in self.passages),
            tuple(each._replace(place=f"{place}里的{each.place}") for each in self.tables),
            tuple(
                UnreadPart(f"{place}里的{each.place}", f"{place}里的文件：{each.words}")
                for each in self.unread
            ),
        )


class CellBudget:
    """Counts the filled cells of one file.

    Raises:
        Refused: `file_too_many_cells` beyond `MAX_CELLS`.
    """

    def __init__(self) -> None:
        self._left = MAX_CELLS

    def spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise too_many_cells()


def too_many_cells() -> Refused:
    return refuse(
        "file_too_many_cells",
        f"表格内容超过{MAX_CELLS // 10_000}万格，请删去空行空列或拆成几个文件后再上传。",
    )


def numbered(place: str, texts: Iterator[str], unit: str) -> Iterator[Passage]:
    """Passages called 页眉第1段, 页眉第2段 …, empty ones left out."""
    filled = (text for text in texts if text.strip())
    for number, text in enumerate(filled, 1):
        yield Passage(f"{place}第{number}{unit}", text)
