"""Counters of the register, one per publisher and year."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.store.base import Base
from bulletin.store.places import Publisher


class RegisterCounter(Base):
    __tablename__ = "register_counter"

    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def next_number(session: Session, publisher: Publisher, year: int) -> int:
    """The next number, taken in the caller's transaction: rolled back, it was never given.

    The publisher's row is held, so that two hands never take the same number.
    """
    session.scalar(select(Publisher.id).where(Publisher.id == publisher.id).with_for_update())
    counter = session.get(RegisterCounter, (publisher.id, year), populate_existing=True)
    if counter is None:
        first_year = (
            session.scalar(
                select(RegisterCounter.year)
                .where(RegisterCounter.publisher_id == publisher.id)
                .limit(1)
            )
            is None
        )
        before = publisher.first_number - 1 if first_year else 0
        counter = RegisterCounter(publisher_id=publisher.id, year=year, last=before)
        session.add(counter)
    counter.last += 1
    session.flush()
    return counter.last
