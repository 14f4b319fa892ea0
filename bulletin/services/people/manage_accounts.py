"""People of a township: added with a role, appointed, given a new password."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.contacts.phones import checked_phone
from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import TOWNSHIP_ROLES, VILLAGE_ROLES, Actor, Role
from bulletin.services.access import ensure_administrator, village_in
from bulletin.services.history import record
from bulletin.services.people.passwords import hashed, new_password
from bulletin.services.people.record_tries import forget_tries_at
from bulletin.services.people.sign_in import end_sessions
from bulletin.services.site import Site
from bulletin.store.people import (
    Appointment,
    Person,
    appointment_from,
    appointments_on,
    person_by_login,
)

OF_COUNTY = "县级督查的账号由县里在服务器上办理（bulletin county）。"
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
        _appoint(
            session,
            actor,
            person,
            now,
            role=new.role,
            village_id=new.village_id,
            from_on=new.from_on,
        )
        return person.id


def _checked_names(new: NewPerson) -> tuple[str, str]:
    """Login and name as they are saved."""
    login, name = new.login.strip().lower(), new.name.strip()
    if not name or not LOGIN.fullmatch(login):
        raise refuse("login_shape", "请填姓名，用户名用字母、数字和短横线。")
    return login, name


def appoint(
    site: Site,
    actor: Actor,
    person_id: int,
    role: Role,
    village_id: int | None,
    from_on: date,
    now: datetime,
) -> None:
    """Give a person one more role in a village, or in the township (None), from a day on."""
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        person = _person(session, actor, person_id)
        _appoint(session, actor, person, now, role=role, village_id=village_id, from_on=from_on)


def _appoint(
    session: Session,
    actor: Actor,
    person: Person,
    now: datetime,
    *,
    role: Role,
    village_id: int | None,
    from_on: date,
) -> None:
    _ensure_role_fits(session, actor, role, village_id)
    same = appointment_from(session, person.id, role, village_id, from_on)
    if same is None:
        session.add(
            Appointment(
                township_id=person.township_id,
                person_id=person.id,
                role=role,
                village_id=village_id,
                from_on=from_on,
            )
        )
    elif same.until_on is None:
        raise refuse("appointed_already", "今天已经登记过这项职务，不用再加。")
    else:
        same.until_on = None  # ended by mistake on the day it began
    record(
        session,
        actor,
        "appoint",
        f"person {person.id}",
        now,
        role=role.value,
        village=village_id or 0,
        from_on=from_on.isoformat(),
    )


def _ensure_role_fits(session: Session, actor: Actor, role: Role, village_id: int | None) -> None:
    if role is Role.COUNTY_OVERSEER:
        if not actor.is_system:  # it opens other townships, which no township may give
            raise refuse("role_of_county", OF_COUNTY)
        return
    if village_id is None and role not in TOWNSHIP_ROLES:
        raise refuse("role_needs_village", "这个职务要选一个村。")
    if village_id is None:
        return
    if role not in VILLAGE_ROLES:
        raise refuse("role_of_township", "这是乡镇的职务，不选村。")
    village_in(session, actor, village_id)


def end_appointment(site: Site, actor: Actor, appointment_id: int, now: datetime) -> None:
    """The role ended yesterday: today it gives no rights any more."""
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        appointment = session.get(Appointment, appointment_id)
        if appointment is None or appointment.township_id != actor.township_id:
            raise refuse("no_appointment", "没有这项职务。")
        _ensure_of_township(session, actor, appointment.person_id)
        _ensure_not_own(actor, appointment)
        _end(session, actor, appointment, now)


def end_person(site: Site, actor: Actor, person_id: int, now: datetime) -> None:
    """Every role of a person ended yesterday; wherever they are signed in, it ends now.

    Raises:
        Refused: somebody would end their own role of administrator, or the person holds none.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        person = _person(session, actor, person_id)
        held = session.scalars(appointments_on(person.id, village_day(now))).all()
        if not held:
            raise refuse("no_appointment", f"{person.name}现在没有任何职务。")
        for appointment in held:
            _ensure_not_own(actor, appointment)
            _end(session, actor, appointment, now)
        end_sessions(session, person, now)


def _ensure_not_own(actor: Actor, appointment: Appointment) -> None:
    if appointment.role is Role.ADMINISTRATOR and appointment.person_id == actor.id:
        raise refuse("own_appointment", "自己的管理员职务要由另一位管理员终止。")


def _end(session: Session, actor: Actor, appointment: Appointment, now: datetime) -> None:
    appointment.until_on = village_day(now) - timedelta(days=1)
    subject, role = f"person {appointment.person_id}", appointment.role.value
    record(session, actor, "end_appointment", subject, now, role=role)


def change_phone(site: Site, actor: Actor, person_id: int, phone: str, now: datetime) -> None:
    """The phone on which colleagues call a person; '' takes it away.

    Raises:
        Refused: not an administrator, or nobody could be reached under it.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        person = _person(session, actor, person_id)
        person.phone = checked_phone(phone)
        record(session, actor, "change_phone", f"person {person.id}", now)


def reset_password(site: Site, actor: Actor, person_id: int, now: datetime) -> str:
    """Give a person a new one-time password; they change it when they sign in."""
    ensure_administrator(actor)
    password = new_password()
    with site.sessions.writing() as session:
        person = _person(session, actor, person_id)
        person.password_hash, person.must_change = hashed(password), True
        forget_tries_at(session, person.login)
        end_sessions(session, person, now)
        record(session, actor, "reset_password", f"person {person.id}", now)
    return password


def _person(session: Session, actor: Actor, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.township_id != actor.township_id:
        raise refuse("no_person", "没有这个人。")
    _ensure_of_township(session, actor, person_id)
    return person


def _ensure_of_township(session: Session, actor: Actor, person_id: int) -> None:
    """Whoever could set the password of a county overseer would see every township."""
    of_county = Appointment.role == Role.COUNTY_OVERSEER
    appointment = (
        select(Appointment.id).where(Appointment.person_id == person_id, of_county).limit(1)
    )
    if not actor.is_system and session.scalar(appointment) is not None:
        raise refuse("role_of_county", OF_COUNTY)
