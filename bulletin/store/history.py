"""The append-only history; triggers in the database refuse every change and removal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, ForeignKey, Index, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.domain.history import ChainEntry
from bulletin.store.asked_once import asked_once
from bulletin.store.base import Base


class HistoryEntry(Base):
    __tablename__ = "history_entry"
    # Every count that is kept asks for the newest of a township.
    __table_args__ = (Index(None, "township_id", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    township_id: Mapped[int | None] = mapped_column(ForeignKey("township.id"))
    at: Mapped[datetime]
    actor_id: Mapped[int | None]  # no foreign key: the chain must be readable without people
    actor: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)

    def entry(self) -> ChainEntry:
        return ChainEntry(
            number=self.number,
            at=self.at,
            actor_id=self.actor_id,
            actor=self.actor,
            act=self.act,
            subject=self.subject,
            facts=self.facts,
            previous=self.previous,
            hash=self.hash,
        )


class ChainHead(Base):
    """The one row that says where the chain ends; whoever appends holds it."""

    __tablename__ = "chain_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime | None]
    hash: Mapped[str]


class ChainTip(NamedTuple):
    """Where the chain ends, and the latest moment ever recorded."""

    number: int
    at: datetime | None
    hash: str


# Every act pays for these, so they are built once.
_TIP = select(ChainHead.number, ChainHead.at, ChainHead.hash).where(ChainHead.id == 1)
_MOVE_TIP = update(ChainHead).where(ChainHead.id == 1)
_WRITE_ENTRY = insert(HistoryEntry)


def head(asked: Session | Connection) -> ChainTip:
    connection = asked.connection() if isinstance(asked, Session) else asked
    return ChainTip(*connection.execute(_TIP).one())


def append(session: Session, township_id: int | None, before: ChainTip, entry: ChainEntry) -> None:
    """Write an entry on and move the head.

    Every act pays for this: it goes past the unit of work. The writing session holds the chain.
    """
    connection = session.connection()
    connection.execute(_WRITE_ENTRY, {**vars(entry), "township_id": township_id})
    connection.execute(
        _MOVE_TIP,
        # A clock that was set back does not hide the latest moment.
        {"number": entry.number, "at": max(before.at or entry.at, entry.at), "hash": entry.hash},
    )


def set_back(session: Session, at: datetime) -> None:
    """The latest moment ever recorded was wrong: from now on this one counts."""
    session.connection().execute(_MOVE_TIP, {"at": at})


def last_number(session: Session, act: str) -> int:
    """The number of the newest entry of an act; 0 when there is none."""
    newest = select(func.max(HistoryEntry.number)).where(HistoryEntry.act == act)
    return session.scalar(newest) or 0


def last_number_at(session: Session, township_id: int) -> int:
    """The number of the newest entry of a township, or of none in particular."""
    newest = select(func.max(HistoryEntry.number))
    of_township = session.scalar(newest.where(HistoryEntry.township_id == township_id)) or 0
    return max(of_township, _last_number_of_none(session))


@asked_once
def _last_number_of_none(session: Session) -> int:
    newest = select(func.max(HistoryEntry.number))
    return session.scalar(newest.where(HistoryEntry.township_id.is_(None))) or 0


def moment_of(session: Session, number: int) -> datetime | None:
    """When an entry was written; None when there is none of the number."""
    return session.scalar(select(HistoryEntry.at).where(HistoryEntry.number == number))


def hash_of(session: Session, number: int) -> str | None:
    """The hash of one entry as hexadecimal SHA-256; None when the chain is not that long."""
    return session.scalar(select(HistoryEntry.hash).where(HistoryEntry.number == number))


def entries(session: Session, *, after: int = 0) -> Iterator[ChainEntry]:
    rows = session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.number > after)
        .order_by(HistoryEntry.number)
        .execution_options(yield_per=1000)
    )
    return (row.entry() for row in rows)


def owned_entries(session: Session) -> Iterator[tuple[int | None, ChainEntry]]:
    """Every entry with the id of its township; None where it is of none in particular."""
    rows = session.scalars(
        select(HistoryEntry).order_by(HistoryEntry.number).execution_options(yield_per=1000)
    )
    return ((row.township_id, row.entry()) for row in rows)


def subjects_after(session: Session, number: int) -> set[str]:
    """To what anything was done after an entry."""
    subjects = select(HistoryEntry.subject).where(HistoryEntry.number > number).distinct()
    return set(session.scalars(subjects))


def subjects_at(session: Session, township_id: int, *, after: int, limit: int) -> set[str]:
    """To what anything was done after an entry in a township, or in none in particular.

    Args:
        limit: as many are read of either at most; where so many come back, there may be more.
    """
    places = (HistoryEntry.township_id == township_id, HistoryEntry.township_id.is_(None))
    found = [
        select(HistoryEntry.subject)
        .where(HistoryEntry.number > after, place)
        .distinct()
        .limit(limit)
        for place in places
    ]
    return {subject for each in found for subject in session.scalars(each)}


def entries_later(session: Session, moment: datetime, *, after: int) -> list[ChainEntry]:
    """The entries beyond a number that bear a later moment."""
    rows = session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.number > after, HistoryEntry.at > moment)
        .order_by(HistoryEntry.number)
    )
    return [row.entry() for row in rows]


def entries_about(session: Session, subject: str) -> list[ChainEntry]:
    """The entries about one subject (`notice CODE` finds all of its editions)."""
    rows = session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.subject.startswith(subject, autoescape=True))
        .order_by(HistoryEntry.number)
    )
    return [row.entry() for row in rows]
