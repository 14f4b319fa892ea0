"""People of a township: added with a role, appointed, given a new password."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.contacts.phones import checked_phone
from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor, Role
from bulletin.domain.sign_in.invitations import mobile_figures
from bulletin.services.access import ensure_administrator
from bulletin.services.history import record
from bulletin.services.people.appoint import Term, end, ensure_of_township, give, person_for
from bulletin.services.people.invite import withdraw_all
from bulletin.services.people.open_session import end_sessions
from bulletin.services.people.passwords import hashed, new_password
from bulletin.services.people.record_tries import forget_tries_at
from bulletin.services.site import Site
from bulletin.store.people import (
    Appointment,
    Person,
    appointments_since,
    person_by_login,
)

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True)
class NewPerson:
    """Somebody with a first role in a village, or in the township (None), from a day on."""

    login: str
    name: str
    role: Role
    village_id: int | None
    from_on: date
    phone: str = ""  # on which colleagues call; of an administrator it stands on the sign-in page
    until_on: date | None = None  # the last day of the role

    @property
    def term(self) -> Term:
        return Term(self.role, self.village_id, self.from_on, self.until_on)


def add_person(
    site: Site,
    actor: Actor,
    new: NewPerson,
    password: str,
    now: datetime,
    *,
    must_change: bool = True,
) -> int:
    """Add a person to the actor's township with a first role; returns the id.

    Raises:
        Refused: not an administrator, the login is taken or misshapen, or the role does not fit.
    """
    ensure_administrator(actor)
    login, name = _checked_names(new)
    if not actor.township_id:
        raise refuse("no_township", "请先建立乡镇。")
    with site.sessions.writing() as session:
        if person_by_login(session, login) is not None:
            raise refuse("login_taken", f"用户名“{login}”已经有人用了。")
        person = Person(
            township_id=actor.township_id,
            login=login,
            name=name,
            phone=checked_phone(new.phone),
            password_hash=hashed(password),
            must_change=must_change,
        )
        session.add(person)
        session.flush()
        record(session, actor, "add_person", f"person {person.id}", now)
        give(session, actor, person, new.term, now)
        return person.id


def _checked_names(new: NewPerson) -> tuple[str, str]:
    """Login and name as they are saved."""
    login, name = new.login.strip().lower(), new.name.strip()
    if not name or not LOGIN.fullmatch(login):
        raise refuse("login_shape", "请填姓名，用户名用字母、数字和短横线。")
    if mobile_figures(login) and mobile_figures(login) != mobile_figures(new.phone):
        raise refuse("login_is_a_phone", "这个用户名像手机号，会和手机号登录弄混，请换一个。")
    return login, name


def appoint(
    site: Site,
    actor: Actor,
    person_id: int,
    role: Role,
    village_id: int | None,
    from_on: date,
    now: datetime,
    *,
    until_on: date | None = None,
) -> None:
    """Give a person one more role in a village, or in the township (None), from a day on.

    Args:
        until_on: its last day; None: until it is ended.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        person = person_for(session, actor, person_id)
        give(session, actor, person, Term(role, village_id, from_on, until_on), now)


def end_appointment(
    site: Site,
    actor: Actor,
    appointment_id: int,
    now: datetime,
    *,
    until_on: date | None = None,
) -> None:
    """A role ends with a day; without one it ended yesterday: today it gives no rights any more."""
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        appointment = session.get(Appointment, appointment_id)
        if appointment is None or appointment.township_id != actor.township_id:
            raise refuse("no_appointment", "没有这项职务。")
        ensure_of_township(session, actor, appointment.person_id)
        end(session, actor, appointment, now, until_on=until_on)


def end_person(site: Site, actor: Actor, person_id: int, now: datetime) -> None:
    """Every role of a person ended yesterday; wherever they are signed in, it ends now.

    Raises:
        Refused: somebody would end their own role of administrator, or the person holds none.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        person = person_for(session, actor, person_id)
        held = session.scalars(appointments_since(person.id, village_day(now))).all()
        if not held:
            raise refuse("no_appointment", f"{person.name}现在没有任何职务。")
        for appointment in held:
            end(session, actor, appointment, now)
        withdraw_all(session, person, now)
        end_sessions(session, person, now)


def change_phone(site: Site, actor: Actor, person_id: int, phone: str, now: datetime) -> None:
    """The phone on which colleagues call a person; '' takes it away.

    Raises:
        Refused: not an administrator, or nobody could be reached under it.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        person = person_for(session, actor, person_id)
        person.phone = checked_phone(phone)
        record(session, actor, "change_phone", f"person {person.id}", now)


def reset_password(site: Site, actor: Actor, person_id: int, now: datetime) -> str:
    """Give a person a new one-time password; they change it when they sign in."""
    ensure_administrator(actor)
    password = new_password()
    with site.sessions.writing() as session:
        person = person_for(session, actor, person_id)
        person.password_hash, person.must_change = hashed(password), True
        forget_tries_at(session, person.login)
        withdraw_all(session, person, now)
        end_sessions(session, person, now)
        record(session, actor, "reset_password", f"person {person.id}", now)
    return password
