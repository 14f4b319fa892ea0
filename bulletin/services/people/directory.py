"""人员: everyone of the township with their roles, and whom to call about a village."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor, Role
from bulletin.services.people.sign_in import locked
from bulletin.services.site import Site
from bulletin.store.people import Appointment, Person, appointments_on, holders_on
from bulletin.store.places import Township, villages_on


@dataclass(frozen=True)
class RoleLine:
    appointment_id: int
    role: str  # 信息员
    village: str  # '' for the township
    from_on: date


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    id: int
    login: str
    name: str
    roles: tuple[RoleLine, ...]
    locked_until: datetime | None
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
        locked_until=locked(person, now),
        must_change=person.must_change,
        of_county=any(each.role is Role.COUNTY_OVERSEER for each in person.appointments),
    )


def _role(appointment: Appointment) -> RoleLine:
    village = appointment.village.name if appointment.village else ""
    return RoleLine(appointment.id, appointment.role.label, village, appointment.from_on)


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
