"""人员: everyone of the township with their roles, and whom to call about a village."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor, Role
from bulletin.services.people.record_tries import paused_until
from bulletin.services.site import Site
from bulletin.store.people import Appointment, Person, appointments_on, holders_on, person_by_login
from bulletin.store.places import Township, townships, villages_on


@dataclass(frozen=True)
class RoleLine:
    appointment_id: int
    role: Role
    village: str  # '' for the township
    from_on: date


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    id: int
    login: str
    name: str
    roles: tuple[RoleLine, ...]
    paused_until: datetime | None  # somebody tried wrong passwords, and waits
    phone: str  # for colleagues; '' when the office's serves
    must_change: bool  # has not signed in with a password of their own yet
    of_county: bool  # whose account the county keeps, not the township


def people(site: Site, actor: Actor, now: datetime) -> list[PersonLine]:
    """Everyone of the actor's township, by name of login."""
    with site.sessions.reading() as session:
        rows = session.scalars(
            select(Person).where(Person.township_id == actor.township_id).order_by(Person.login)
        )
        return [_person(session, person, now) for person in rows]


def _person(session: Session, person: Person, now: datetime) -> PersonLine:
    appointments = session.scalars(appointments_on(person.id, village_day(now)))
    return PersonLine(
        id=person.id,
        login=person.login,
        name=person.name,
        roles=tuple(_role(appointment) for appointment in appointments),
        paused_until=paused_until(session, person.login, now),
        phone=person.phone,
        must_change=person.must_change,
        of_county=any(each.role is Role.COUNTY_OVERSEER for each in person.appointments),
    )


def _role(appointment: Appointment) -> RoleLine:
    village = appointment.village.name if appointment.village else ""
    return RoleLine(appointment.id, appointment.role, village, appointment.from_on)


@dataclass(frozen=True)
class Administrator:
    """Whom colleagues call when they can't sign in."""

    township: str
    code: str  # of the township
    name: str
    phone: str  # the own one for colleagues, or the office's; '' for neither


def administrators(site: Site, now: datetime) -> list[Administrator]:
    """The administrators of every township of the site."""
    with site.sessions.reading() as session:
        return [
            Administrator(
                place.name, place.code, held.person.name, held.person.phone or place.phone
            )
            for place in townships(session)
            for held in session.scalars(holders_on(place.id, Role.ADMINISTRATOR, village_day(now)))
        ]


@dataclass(frozen=True)
class Contact:
    """Whom the township calls about a village: its liaisons, on the phone that the village prints."""

    liaisons: tuple[str, ...]
    phone: str


def contacts(site: Site, actor: Actor, now: datetime) -> dict[int | None, Contact]:
    """By village that the person may see; None: the township's own."""
    today = village_day(now)
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        phones: dict[int | None, str] = {None: township.phone}
        phones |= {v.id: v.phone for v in session.scalars(villages_on(township.id, today))}
        names: dict[int | None, list[str]] = defaultdict(list)
        for appointment in session.scalars(holders_on(township.id, Role.LIAISON, today)):
            names[appointment.village_id].append(appointment.person.name)
        return {
            place: Contact(tuple(names[place]), phone)
            for place, phone in phones.items()
            if actor.may_see(place)
        }


@dataclass(frozen=True)
class Account:
    person_id: int
    township: str  # the code of the township that keeps it


def account_by_login(site: Site, login: str) -> Account:
    """A person's account, whichever township of the site keeps it.

    Raises:
        NotFoundError: nobody signs in under this login.
    """
    with site.sessions.reading() as session:
        person = person_by_login(session, login.strip().lower())
        if person is None:
            raise NotFoundError(
                f"nobody signs in as {login!r}: `bulletin people list` names everyone"
            )
        return Account(person.id, session.get_one(Township, person.township_id).code)


def county_overseer(site: Site, login: str) -> tuple[int, int]:
    """The ids of a county overseer and of the appointment.

    Raises:
        NotFoundError: nobody of this login holds the role.
    """
    with site.sessions.reading() as session:
        person = person_by_login(session, login)
        for appointment in person.appointments if person else ():
            if appointment.role is Role.COUNTY_OVERSEER and appointment.until_on is None:
                return appointment.person_id, appointment.id
    raise NotFoundError(f"no county overseer {login!r}")
