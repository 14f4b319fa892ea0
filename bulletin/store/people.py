"""People, their appointments and their sign-ins."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Select, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, contains_eager, joinedload, mapped_column, relationship

from bulletin.domain.deputies import with_stand_ins
from bulletin.domain.people import Actor, Grants, Role, with_merged
from bulletin.store.base import Base, choice
from bulletin.store.deputations import deputations_on
from bulletin.store.places import Village
from bulletin.store.villages import predecessors

PHONE_SIGNS = " +-－–—()（）"  # between the figures of a number as people write it


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]  # argon2id
    must_change: Mapped[bool] = mapped_column(default=False)  # the password was set by another
    phone: Mapped[str] = mapped_column(default="")  # on which colleagues call
    left_on: Mapped[date | None]
    # The private address of the phone's calendar. Kept as it is, because its owner looks it up
    # again; it opens nothing but due days, and dies when it is renewed.
    calendar_token: Mapped[str | None] = mapped_column(unique=True)

    appointments: Mapped[list["Appointment"]] = relationship(back_populates="person")


class Appointment(Base):
    """A role of a person in a village, or in the township when the village is empty."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("person_id", "role", "village_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="appointments")
    village: Mapped[Village | None] = relationship()


class SignIn(Base):
    """One browser that is signed in. Only the hash of its token is kept."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


def appointment_from(
    session: Session, person_id: int, role: Role, village_id: int | None, from_on: date
) -> Appointment | None:
    return session.scalar(
        select(Appointment).where(
            Appointment.person_id == person_id,
            Appointment.role == role,
            Appointment.village_id == village_id,
            Appointment.from_on == from_on,
        )
    )


def person_by_login(session: Session, login: str) -> Person | None:
    return session.scalar(select(Person).where(Person.login == login))


def people_on_phone(session: Session, figures: str, day: date) -> list[Person]:
    """Who holds a role on a day and is called on a number, given by its figures alone."""
    kept: ColumnElement[str] = func.trim(Person.phone)
    for sign in PHONE_SIGNS:
        kept = func.replace(kept, sign, "")
    holds = select(Appointment.person_id).where(
        Appointment.from_on <= day, or_(Appointment.until_on.is_(None), Appointment.until_on >= day)
    )
    query = select(Person).where(kept.in_((figures, f"86{figures}")), Person.id.in_(holds))
    return list(session.scalars(query.limit(2)))


def appointments_on(person_id: int, day: date) -> Select[Appointment]:
    """What a person holds on a day, both ends of each appointment included."""
    return (
        select(Appointment)
        .where(Appointment.person_id == person_id, Appointment.from_on <= day)
        .where(or_(Appointment.until_on.is_(None), Appointment.until_on >= day))
    )


def appointments_of(person_ids: Collection[int]) -> Select[Appointment]:
    """Everything that some people ever held, the oldest first, each with its village."""
    query = select(Appointment).where(Appointment.person_id.in_(person_ids))
    named = query.options(joinedload(Appointment.village))
    return named.order_by(Appointment.from_on, Appointment.id)


def appointments_since(person_id: int, day: date) -> Select[Appointment]:
    """What a person holds on a day or will hold later."""
    not_over = or_(Appointment.until_on.is_(None), Appointment.until_on >= day)
    return select(Appointment).where(Appointment.person_id == person_id, not_over)


def holders_on(township_id: int, role: Role, day: date) -> Select[Appointment]:
    """Everyone's appointments to a role that hold on a day, by name of login."""
    return (
        select(Appointment)
        .join(Appointment.person)
        .where(Appointment.township_id == township_id, Appointment.role == role)
        .where(Appointment.from_on <= day)
        .where(or_(Appointment.until_on.is_(None), Appointment.until_on >= day))
        .where(or_(Person.left_on.is_(None), Person.left_on > day))
        .options(contains_eager(Appointment.person))
        .order_by(Person.login)
    )


def appointments_in(township_id: int, day: date) -> Select[Appointment]:
    """Everyone's appointments that hold on a day, person by person, by name of login."""
    return (
        select(Appointment)
        .join(Appointment.person)
        .where(Appointment.township_id == township_id, Appointment.from_on <= day)
        .where(or_(Appointment.until_on.is_(None), Appointment.until_on >= day))
        .where(or_(Person.left_on.is_(None), Person.left_on > day))
        .options(contains_eager(Appointment.person), joinedload(Appointment.village))
        .order_by(Person.login, Appointment.id)
    )


def actor_of(session: Session, person: Person, day: date) -> Actor:
    """The person with the roles that hold on a day, and with those of whom they stand in for.

    Nobody keeps a role after leaving, nor lends or borrows one.
    """
    actor = own_actor_of(session, person, day)
    if _has_left(person, day):
        return actor
    standing = session.scalars(deputations_on(day, deputy_id=person.id)).all()
    absent = {each.absent_id: session.get_one(Person, each.absent_id) for each in standing}
    lent = [
        (each.terms, own_actor_of(session, absent[each.absent_id], day).grants) for each in standing
    ]
    actor = with_stand_ins(actor, lent, day) if lent else actor
    return with_merged(actor, predecessors(session, person.township_id)) if actor.grants else actor


def own_actor_of(session: Session, person: Person, day: date) -> Actor:
    grants: Grants = frozenset()
    if not _has_left(person, day):
        held = session.scalars(appointments_on(person.id, day))
        grants = frozenset((appointment.role, appointment.village_id) for appointment in held)
    return Actor(person.id, person.name, person.township_id, grants)


def _has_left(person: Person, day: date) -> bool:
    return person.left_on is not None and person.left_on <= day
