"""人员: everyone of the township with their roles, and whom to call about a village."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor, Role
from bulletin.services.people.record_tries import paused_logins
from bulletin.services.site import Site
from bulletin.store.invitations import unused_among
from bulletin.store.people import Appointment, Person, appointments_of, holders_on, person_by_login
from bulletin.store.places import Township, Village, in_places, townships
from bulletin.store.villages import villages_on


@dataclass(frozen=True)
class RoleLine:
    appointment_id: int
    role: Role
    village: str  # '' for the township
    from_on: date
    until_on: date | None  # the last day


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """Somebody of the township, also when every role is over: what they did stays theirs."""

    id: int
    login: str
    name: str
    roles: tuple[RoleLine, ...]  # of today
    coming: tuple[RoleLine, ...]  # from a later day on
    past: tuple[RoleLine, ...]
    paused_until: datetime | None  # somebody tried wrong passwords, and waits
    phone: str  # for colleagues; '' when the office's serves
    must_change: bool  # has not signed in with a password of their own yet
    invited_until: datetime | None  # an invitation is not used yet; it may be over
    of_county: bool  # whose account the county keeps, not the township

    @property
    def is_active(self) -> bool:
        return bool(self.roles or self.coming)

    @property
    def places(self) -> tuple[str, ...]:
        """The villages of today's and coming roles; '' for the township."""
        return tuple(dict.fromkeys(held.village for held in (*self.roles, *self.coming)))


def people(site: Site, actor: Actor, now: datetime) -> list[PersonLine]:
    """Everyone of the actor's township, by name of login."""
    with site.sessions.reading() as session:
        rows = session.scalars(
            select(Person).where(Person.township_id == actor.township_id).order_by(Person.login)
        )
        return _lines(session, rows.all(), now)


def person(site: Site, actor: Actor, person_id: int, now: datetime) -> PersonLine:
    """One of the actor's township.

    Raises:
        NotFoundError: nobody there has the id.
    """
    with site.sessions.reading() as session:
        row = session.get(Person, person_id)
        if row is None or row.township_id != actor.township_id:
            raise NotFoundError("没有这个人。")
        return _lines(session, [row], now)[0]


def _lines(session: Session, rows: Sequence[Person], now: datetime) -> list[PersonLine]:
    """As many questions for a county's people as for one."""
    ids = [row.id for row in rows]
    held: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in session.scalars(appointments_of(ids)):
        held[appointment.person_id].append(appointment)
    invited = {each.person_id: each.expires_at for each in session.scalars(unused_among(ids))}
    paused = paused_logins(session, [row.login for row in rows], now)
    today = village_day(now)
    return [
        _line(row, held[row.id], today, invited.get(row.id), paused.get(row.login)) for row in rows
    ]


def _line(
    person: Person,
    held: Iterable[Appointment],
    today: date,
    invited_until: datetime | None,
    paused_until: datetime | None,
) -> PersonLine:
    lines = [_role(each) for each in held if each.until_on is None or each.from_on <= each.until_on]
    past = [each for each in lines if each.until_on is not None and each.until_on < today]
    since = [each for each in lines if each not in past]
    return PersonLine(
        id=person.id,
        login=person.login,
        name=person.name,
        roles=tuple(each for each in since if each.from_on <= today),
        coming=tuple(each for each in since if each.from_on > today),
        past=tuple(past),
        paused_until=paused_until,
        phone=person.phone,
        must_change=person.must_change,
        invited_until=invited_until,
        of_county=any(each.role is Role.COUNTY_OVERSEER for each in lines),
    )


def _role(held: Appointment) -> RoleLine:
    village = held.village.name if held.village else ""
    return RoleLine(held.id, held.role, village, held.from_on, held.until_on)


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


def contacts(
    site: Site, actor: Actor, places: Collection[int | None], now: datetime
) -> dict[int | None, Contact]:
    """Of those of some villages that the person may see; None: the township's own."""
    today, seen = village_day(now), {place for place in places if actor.may_see(place)}
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        of_seen = in_places(Village.id, seen)
        phones = {
            v.id: v.phone for v in session.scalars(villages_on(township.id, today).where(of_seen))
        }
        names: dict[int | None, list[str]] = defaultdict(list)
        held = holders_on(township.id, Role.LIAISON, today)
        for appointment in session.scalars(held.where(in_places(Appointment.village_id, seen))):
            names[appointment.village_id].append(appointment.person.name)
        own = {None: township.phone} if None in seen else {}
        return {
            place: Contact(tuple(names[place]), phone) for place, phone in (own | phones).items()
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
