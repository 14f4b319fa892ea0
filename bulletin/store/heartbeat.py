"""The clock's heartbeat and the rows that tell the township what happened."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.store.base import Base
from bulletin.store.notices import Edition


class Heartbeat(Base):
    """When a tick last ran; shown on the desk and to the public."""

    __tablename__ = "heartbeat"

    tick: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")


class Outage(Base):
    """From when to when nothing ran: no publication, and on one machine no public page either."""

    __tablename__ = "outage"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_at: Mapped[datetime]  # the last beat before
    until_at: Mapped[datetime]


class Filing(Base):
    """备案: the township is told of what a village published, corrected or took down."""

    __tablename__ = "filing"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    act: Mapped[str]  # publish | correct | take_down | cancel | force
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    edition: Mapped[Edition] = relationship()


_WRITE_FILING = insert(Filing)  # built once: every publication pays for it


def file(session: Session, township_id: int, edition_id: int, act: str, at: datetime) -> None:
    """Tell the township, past the unit of work."""
    row = {"township_id": township_id, "edition_id": edition_id, "act": act, "at": at}
    session.connection().execute(_WRITE_FILING, row)


def beat(session: Session, tick: str, at: datetime, note: str = "") -> None:
    row = session.get(Heartbeat, tick)
    if row is None:
        session.add(Heartbeat(tick=tick, at=at, note=note))
    else:
        row.at, row.note = at, note


def last_beat(session: Session, tick: str) -> datetime | None:
    return session.scalar(select(Heartbeat.at).where(Heartbeat.tick == tick))


def outages_between(first_at: datetime, last_at: datetime) -> Select[Outage]:
    """The outages that touch a span, the newest first."""
    return (
        select(Outage)
        .where(Outage.until_at >= first_at, Outage.from_at <= last_at)
        .order_by(Outage.from_at.desc())
    )


def filings_of(township_id: int, most: int = 200) -> Select[Filing]:
    """The newest filings of a township."""
    return (
        select(Filing)
        .where(Filing.township_id == township_id)
        .order_by(Filing.id.desc())
        .limit(most)
    )
