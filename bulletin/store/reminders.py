"""Reminders as rows: who was reminded of what, on which day, and whether it arrived."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, exists, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from bulletin.domain.contacts.methods import ContactMethod
from bulletin.domain.duties.reminders import Reminding
from bulletin.store.base import Base, choice
from bulletin.store.people import Person


class PersonContact(Base):
    """How a person is reached."""

    __tablename__ = "contact_way"
    __table_args__ = (UniqueConstraint("person_id", "way"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    way: Mapped[ContactMethod] = mapped_column(choice(ContactMethod, "way"))
    address: Mapped[str]  # a mail address, or the key of a robot
    added_at: Mapped[datetime]


class Reminder(Base):
    """One duty, of which one person was reminded on one day."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("duty_id", "person_id", "day_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    day_on: Mapped[date]
    why: Mapped[Reminding] = mapped_column(choice(Reminding, "why"))
    days_left: Mapped[int]  # negative: days late


class Message(Base):
    """All that a person was reminded of on one day, in one message."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("person_id", "day_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day_on: Mapped[date] = mapped_column(index=True)
    text: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(default="")  # in Chinese: why it did not arrive

    person: Mapped[Person] = relationship()


Later = aliased(Message)  # to the same person


def contacts_of(person_id: int | None) -> Select[PersonContact]:
    """How a person is reached; nobody (None: the site itself) has no contact."""
    return (
        select(PersonContact).where(PersonContact.person_id == person_id).order_by(PersonContact.id)
    )


def to_deliver(day: date, tries: int, tried_before: datetime) -> Select[int, int]:
    """Today's messages that did not arrive yet and may be tried (again): id and tries so far."""
    return (
        select(Message.id, Message.tries)
        .where(Message.day_on == day, Message.delivered_at.is_(None), Message.tries < tries)
        .where(or_(Message.tried_at.is_(None), Message.tried_at <= tried_before))
        .order_by(Message.id)
    )


def unreached_since() -> Select[int, date]:
    """Since which day nothing reached a person who can be reached: person id and that day."""
    reached_later = exists().where(
        Later.person_id == Message.person_id,
        Later.day_on > Message.day_on,
        Later.delivered_at.is_not(None),
    )
    return (
        select(Message.person_id, func.min(Message.day_on))
        .where(Message.delivered_at.is_(None), ~reached_later)
        .where(exists().where(PersonContact.person_id == Message.person_id))
        .group_by(Message.person_id)
    )


def claim_message(session: Session, message_id: int, tries: int, now: datetime) -> bool:
    """Take a message for one try; False when another clock was faster."""
    moved = session.connection().execute(
        update(Message)
        .where(Message.id == message_id, Message.tries == tries)
        .values(tries=tries + 1, tried_at=now)
    )
    return moved.rowcount == 1


def messages_on(township_id: int, day: date) -> Select[Message]:
    return select(Message).where(Message.township_id == township_id, Message.day_on == day)
