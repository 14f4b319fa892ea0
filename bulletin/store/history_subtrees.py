"""Hashes of the history's complete subtrees of 256, 65,536 … entries, so that no root reads the whole of it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.domain.transparency.merkle import TILE_WIDTH, complete_root, leaf_hash
from bulletin.store.base import Base
from bulletin.store.history import HistoryEntry, entries


class HistorySubtree(Base):
    """One complete subtree: of entries index·256^level + 1 up to (index + 1)·256^level."""

    __tablename__ = "history_subtree"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, 3 …
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0, 1, 2 …
    hash: Mapped[str]  # hexadecimal SHA-256


_WRITE = insert(HistorySubtree)


def nodes(session: Session, level: int, first: int, count: int) -> Sequence[bytes]:
    """Hashes that stand side by side at tree level 8·level, as `domain.transparency.merkle` asks."""
    if level == 0:
        return [leaf_hash(leaf) for leaf in leaves(session, first, count)]
    index, end = HistorySubtree.index, first + count
    rows = session.scalars(
        select(HistorySubtree.hash)
        .where(HistorySubtree.level == level, index >= first, index < end)
        .order_by(index)
    )
    return [bytes.fromhex(each) for each in rows]


def leaves(session: Session, first: int, count: int) -> list[bytes]:
    """The chain hashes of `count` entries after the first `first`."""
    number, end = HistoryEntry.number, first + count
    rows = session.scalars(
        select(HistoryEntry.hash).where(number > first, number <= end).order_by(number)
    )
    return [bytes.fromhex(each) for each in rows]


def complete(session: Session, number: int) -> None:
    """Keep what became complete with entry `number`, which is the last one written."""
    level = 1
    while number and number % TILE_WIDTH**level == 0:
        index = number // TILE_WIDTH**level - 1
        below = nodes(session, level - 1, index * TILE_WIDTH, TILE_WIDTH)
        row = {"level": level, "index": index, "hash": complete_root(below).hex()}
        session.connection().execute(_WRITE, row)
        level += 1


def span(level: int, index: int) -> tuple[int, int]:
    """The first and the last entry of a subtree."""
    width = TILE_WIDTH**level
    return index * width + 1, (index + 1) * width


def kept(session: Session) -> Iterator[tuple[tuple[int, int], str]]:
    """Every kept hash by (level, index)."""
    for row in session.scalars(select(HistorySubtree)):
        yield (row.level, row.index), row.hash


def computed(session: Session) -> Iterator[tuple[tuple[int, int], str]]:
    """The same, computed anew from the entries."""
    hashes = [leaf_hash(bytes.fromhex(each.hash)) for each in entries(session)]
    level = 1
    while len(hashes) >= TILE_WIDTH:
        whole = len(hashes) // TILE_WIDTH
        hashes = [
            complete_root(hashes[at * TILE_WIDTH : (at + 1) * TILE_WIDTH]) for at in range(whole)
        ]
        for index, each in enumerate(hashes):
            yield (level, index), each.hex()
        level += 1
