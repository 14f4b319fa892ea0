"""Counters of the register, one per publisher and year."""

from datetime import datetime

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.store.base import Base
from bulletin.store.places import Publisher


class RegisterCounter(Base):
    __tablename__ = "register_counter"

    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]

    publisher: Mapped[Publisher] = relationship()


class LostCode(Base):
    """A printed code of a notice that was lost with the newest days before a restore."""

    __tablename__ = "lost_code"

    code: Mapped[str] = mapped_column(primary_key=True)
    digits: Mapped[str] = mapped_column(unique=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"))
    year: Mapped[int]
    number: Mapped[int]  # in the register of the publisher and year
    restored_at: Mapped[datetime]

    publisher: Mapped[Publisher] = relationship()


def lost_code(session: Session, code: str | None, digits: str | None) -> LostCode | None:
    """The number that a restore lost, by the code on its paper, or else by the digits."""
    match = LostCode.code == code if code is not None else LostCode.digits == digits
    return session.scalar(select(LostCode).where(match))


def raise_counter(session: Session, publisher: Publisher, year: int, number: int) -> None:
    """Numbers resume above one that was printed."""
    counter = session.get(RegisterCounter, (publisher.id, year))
    if counter is None:
        counter = RegisterCounter(publisher_id=publisher.id, year=year, last=0)
        session.add(counter)
    counter.last = max(counter.last, number)
    session.flush()


def next_number(session: Session, publisher: Publisher, year: int) -> int:
    """The next number, taken in the caller's transaction: rolled back, it was never given.

    The publisher's row is held, so that two processes never take the same number.
    """
    session.scalar(select(Publisher.id).where(Publisher.id == publisher.id).with_for_update())
    counter = session.get(RegisterCounter, (publisher.id, year), populate_existing=True)
    if counter is None:
        counter = RegisterCounter(publisher_id=publisher.id, year=year, last=0)
        session.add(counter)
        session.flush()
        counter.last = first_number(session, counter) - 1
    counter.last += 1
    session.flush()
    return counter.last


def first_number(session: Session, counter: RegisterCounter) -> int:
    """The first number of a year: 1, or in a publisher's first year where its paper register ended."""
    first_year = session.scalar(
        select(func.min(RegisterCounter.year)).where(
            RegisterCounter.publisher_id == counter.publisher_id
        )
    )
    return counter.publisher.first_number if counter.year == first_year else 1


def last_number(session: Session, publisher: Publisher, year: int) -> int:
    """The last number that was given in a year; before the first one, that which comes before it."""
    counter = session.get(RegisterCounter, (publisher.id, year))
    if counter is not None:
        return counter.last
    years = (
        select(RegisterCounter.year).where(RegisterCounter.publisher_id == publisher.id).limit(1)
    )
    has_begun = session.scalar(years) is not None
    return 0 if has_begun else publisher.first_number - 1
