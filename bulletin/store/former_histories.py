"""Histories that townships brought from the houses in which they lived before: kept as they were written, never changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import Any

from sqlalchemy import ForeignKey, Index, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.domain.history import ChainEntry, WithheldEntry
from bulletin.domain.oversight.annual_report.item import is_of_county
from bulletin.domain.transparency.moved_ids import shifted_entry
from bulletin.store import history
from bulletin.store.base import Base

AT_ONCE = 500  # rows
# What is not there of an entry of others.
_WITHHELD = dict.fromkeys(("at", "actor_id", "actor", "act", "subject", "facts", "previous"))


class FormerHistory(Base):
    """One chain, whole from its first entry to the one that says that the township moved out."""

    __tablename__ = "former_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    origin: Mapped[str]  # whose history it was, as its checkpoints name it: bulletin/630223202
    entries: Mapped[int]
    head: Mapped[str]  # hash of the last one
    shift: Mapped[int]  # by which the ids that it names are greater in this house
    keys: Mapped[
        str
    ]  # the public keys of its checkpoints: the last one, and what each said of the next
    moved_at: Mapped[datetime]


class FormerEntry(Base):
    """One entry, word for word; of those of other townships number and hash alone."""

    __tablename__ = "former_history_entry"
    __table_args__ = (Index(None, "township_id", "subject"),)

    history_id: Mapped[int] = mapped_column(ForeignKey("former_history.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    hash: Mapped[str]
    # Empty where it is withheld.
    at: Mapped[datetime | None]
    actor_id: Mapped[int | None]
    actor: Mapped[str | None]
    act: Mapped[str | None]
    subject: Mapped[str | None] = mapped_column(index=True)
    facts: Mapped[dict[str, Any] | None]
    previous: Mapped[str | None]

    def entry(self) -> ChainEntry | WithheldEntry:
        """As the chain has it."""
        if (
            self.at is None
            or self.actor is None
            or self.act is None
            or self.subject is None
            or self.previous is None
        ):
            return WithheldEntry(self.number, self.hash)
        return ChainEntry(
            number=self.number,
            at=self.at,
            actor_id=self.actor_id,
            actor=self.actor,
            act=self.act,
            subject=self.subject,
            facts=self.facts or {},
            previous=self.previous,
            hash=self.hash,
        )


def bring(
    session: Session, former: FormerHistory, entries: Iterable[ChainEntry | WithheldEntry]
) -> None:
    """Keep a history that came, once and for all."""
    session.add(former)
    session.flush()
    of_it = {"history_id": former.id, "township_id": former.township_id}
    rows = (_WITHHELD | vars(each) | of_it for each in entries)
    while some := list(islice(rows, AT_ONCE)):
        session.execute(insert(FormerEntry), some)


def former_histories(session: Session) -> list[FormerHistory]:
    return list(session.scalars(select(FormerHistory).order_by(FormerHistory.id)))


def entries_of(session: Session, former: FormerHistory) -> Iterator[ChainEntry | WithheldEntry]:
    """A former chain as it was written."""
    rows = session.scalars(
        select(FormerEntry)
        .where(FormerEntry.history_id == former.id)
        .order_by(FormerEntry.number)
        .execution_options(yield_per=1000)
    )
    return (row.entry() for row in rows)


def told(session: Session) -> Iterator[ChainEntry]:
    """All that is told of this house's rows: by former histories with the ids of today, then by its own.

    What the county issued where a township lived before stayed there.
    """
    former = (_told_before(session, each) for each in former_histories(session))
    return chain(chain.from_iterable(former), history.entries(session))


def _told_before(session: Session, former: FormerHistory) -> Iterator[ChainEntry]:
    for entry in entries_of(session, former):
        if isinstance(entry, ChainEntry) and not is_of_county(entry.subject):
            yield shifted_entry(entry, former.shift)


def told_about(session: Session, subject: str) -> list[ChainEntry]:
    """What is told of a notice, here and where its township lived before (`notice CODE` finds all editions)."""
    rows = session.scalars(
        select(FormerEntry)
        .where(FormerEntry.subject.startswith(subject, autoescape=True))
        .order_by(FormerEntry.history_id, FormerEntry.number)
    )
    before = [each for row in rows if isinstance(each := row.entry(), ChainEntry)]
    return before + history.entries_about(session, subject)


def first_told_at(session: Session, township_id: int) -> datetime | None:
    """The moment of the first entry of a township that moved here; None where it always was."""
    first = select(func.min(FormerEntry.at)).where(FormerEntry.township_id == township_id)
    return session.scalar(first)


def shifts(session: Session) -> list[int]:
    """The numbers by which ids here may be greater than when something was told of them."""
    return sorted(set(session.scalars(select(FormerHistory.shift))) - {0})
