"""Roles from a day until a day: given and ended, in the transaction of whoever manages accounts."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, day_words, village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import TOWNSHIP_ROLES, VILLAGE_ROLES, Actor, Role
from bulletin.services.access import village_in
from bulletin.services.history import record
from bulletin.store.people import Appointment, Person, appointment_from

OF_COUNTY = "县级督查的账号由县里在服务器上办理（bulletin county）。"


@dataclass(frozen=True)
class Term:
    """A role in a village, or in the township (None), with the first and the last day."""

    role: Role
    village_id: int | None
    from_on: date
    until_on: date | None = None  # None: until it is ended


def give(session: Session, actor: Actor, person: Person, term: Term, now: datetime) -> None:
    """Appoint a person; one that ended on the day on which it began goes on.

    Raises:
        Refused: the role does not fit the place, its last day lies before the first, or it is held.
    """
    _ensure_role_fits(session, actor, term.role, term.village_id)
    if term.until_on is not None and term.until_on < term.from_on:
        raise refuse("until_before_from", "任期的最后一天不能早于第一天，请改日期。")
    same = appointment_from(session, person.id, term.role, term.village_id, term.from_on)
    if same is None:
        session.add(
            Appointment(
                township_id=person.township_id,
                person_id=person.id,
                role=term.role,
                village_id=term.village_id,
                from_on=term.from_on,
                until_on=term.until_on,
            )
        )
    elif same.until_on == term.until_on:
        raise refuse("appointed_already", "这项职务已经登记过，不用再加。")
    else:
        same.until_on = term.until_on  # ended by mistake, or the last day was another
    record(
        session,
        actor,
        "appoint",
        f"person {person.id}",
        now,
        role=term.role.value,
        village=term.village_id or 0,
        from_on=term.from_on.isoformat(),
        **({"until_on": term.until_on.isoformat()} if term.until_on else {}),
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
    village = village_in(session, actor, village_id)
    if village.successor is not None:
        raise refuse(
            "village_merged",
            f"{village.name}已经并入{village.today.name}，请选{village.today.name}。",
        )


def end(
    session: Session,
    actor: Actor,
    appointment: Appointment,
    now: datetime,
    *,
    until_on: date | None = None,
) -> None:
    """End a role.

    Args:
        until_on: its last day, today or later; None: yesterday, so that it gives no rights any more.

    Raises:
        Refused: somebody would end their own role of administrator, or the last day has passed.
    """
    if appointment.role is Role.ADMINISTRATOR and appointment.person_id == actor.id:
        raise refuse("own_appointment", "自己的管理员职务要由另一位管理员终止。")
    today = village_day(now)
    if until_on is not None and until_on < max(today, appointment.from_on):
        first = day_words(max(today, appointment.from_on))
        raise refuse("end_in_past", f"最后一天要在{first}或以后；要马上终止，就不填。")
    appointment.until_on = until_on or today - ONE_DAY
    subject, role = f"person {appointment.person_id}", appointment.role.value
    facts = {"until_on": until_on.isoformat()} if until_on else {}
    record(session, actor, "end_appointment", subject, now, role=role, **facts)


def person_for(session: Session, actor: Actor, person_id: int) -> Person:
    """A person of the actor's own township, whose account it keeps."""
    person = session.get(Person, person_id)
    if person is None or person.township_id != actor.township_id:
        raise refuse("no_person", "没有这个人。")
    ensure_of_township(session, actor, person_id)
    return person


def ensure_of_township(session: Session, actor: Actor, person_id: int) -> None:
    """Whoever could set the password of a county overseer would see every township."""
    of_county = Appointment.role == Role.COUNTY_OVERSEER
    appointment = (
        select(Appointment.id).where(Appointment.person_id == person_id, of_county).limit(1)
    )
    if not actor.is_system and session.scalar(appointment) is not None:
        raise refuse("role_of_county", OF_COUNTY)
