"""The clock's heartbeat, and the outages that its silence shows."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.domain.ticks import IN_FLIGHT
from bulletin.store.base import Base


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


def beat(session: Session, tick: str, at: datetime, note: str = "") -> None:
    row = session.get(Heartbeat, tick)
    if row is None:
        session.add(Heartbeat(tick=tick, at=at, note=note))
    else:
        row.at, row.note = at, note


def last_beat(session: Session, tick: str, now: datetime) -> datetime | None:
    """When a tick last ran; None when it never did, or only by a clock that was ahead of `now`."""
    return session.scalar(
        select(Heartbeat.at).where(Heartbeat.tick == tick, Heartbeat.at <= now + IN_FLIGHT)
    )


def beat_of(session: Session, tick: str) -> datetime | None:
    """When a tick last ran, by whatever clock; None when it never did."""
    return session.scalar(select(Heartbeat.at).where(Heartbeat.tick == tick))


def note_of(session: Session, tick: str) -> str:
    """What was noted with its last beat; '' for nothing."""
    return session.scalar(select(Heartbeat.note).where(Heartbeat.tick == tick)) or ""


def outages_between(first_at: datetime, last_at: datetime) -> Select[Outage]:
    """The outages that touch a span, the newest first."""
    return (
        select(Outage)
        .where(Outage.until_at >= first_at, Outage.from_at <= last_at)
        .order_by(Outage.from_at.desc())
    )
