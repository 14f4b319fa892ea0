"""People: signing in and out, passwords, appointments."""

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.codes import sha256_hex
from bulletin.domain.days import instant_words, village_day
from bulletin.domain.people import TOWNSHIP_ROLES, VILLAGE_ROLES, Actor, Role
from bulletin.domain.refusals import refuse
from bulletin.services.house import House
from bulletin.services.recording import record
from bulletin.store.people import Appointment, Person, SignIn, actor_of, person_by_login
from bulletin.store.places import Village

MOST_FAILURES = 5  # wrong passwords in a row
LOCKED_FOR = timedelta(minutes=15)
LONGEST_SESSION = timedelta(days=7)  # whatever the use
SHORTEST_PASSWORD = 10  # characters
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*")
SEEN_EVERY = timedelta(minutes=5)  # how exactly the last use is written down

_hasher = PasswordHasher()
# Verified when the login is unknown, so that the time of the answer tells nothing.
_NOBODY = _hasher.hash(secrets.token_hex(16))


@dataclass(frozen=True)
class Known:
    """The person behind an open session."""

    actor: Actor
    must_change: bool  # signed in with a one-time password; nothing else before a new one


@dataclass(frozen=True)
class NewPerson:
    """Somebody with a first role in a village, or in the township (None), from a day on."""

    login: str
    name: str
    role: Role
    village_id: int | None
    from_on: date


def sign_in(house: House, login: str, password: str, now: datetime) -> str:
    """Check a password and open a session; returns its token, of which only the hash is kept.

    Raises:
        Refused: wrong login or password (the same words for both), or locked after five failures.
    """
    token: str | None = None
    with house.sessions.writing() as session:
        person = person_by_login(session, login.strip().lower())
        locked = person.locked_until if person else None
        if person is not None and locked is not None and locked > now:
            raise refuse(
                "locked", f"输错次数太多，{instant_words(locked)}之后再试，或请管理员重设密码。"
            )
        if _matches(person, password) and person is not None:
            token = _open(session, person, now)
        elif person is not None:
            _count_failure(session, person, now)
    if token is None:  # outside the transaction, so that the count of failures stays
        raise refuse("wrong_password", "用户名或密码不对。")
    return token


def _matches(person: Person | None, password: str) -> bool:
    try:
        _hasher.verify(person.password_hash if person else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return person is not None


def _open(session: Session, person: Person, now: datetime) -> str:
    actor = actor_of(session, person, village_day(now))
    if not actor.grants:
        raise refuse("no_role", "您现在没有任何职务，请联系管理员。")
    person.failures, person.locked_until = 0, None
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            township_id=person.township_id, person_id=person.id,
            token_hash=sha256_hex(token.encode()), started_at=now, seen_at=now,
        )
    )  # fmt: skip
    record(session, actor, "sign_in", f"person {person.id}", now)
    return token


def _count_failure(session: Session, person: Person, now: datetime) -> None:
    person.failures += 1
    if person.failures >= MOST_FAILURES:
        person.failures, person.locked_until = 0, now + LOCKED_FOR
        actor = Actor(person.id, person.name, person.township_id)
        record(session, actor, "lock_out", f"person {person.id}", now)


def who(house: House, token: str, now: datetime) -> Known | None:
    """The person behind a session token; None when it is unknown, ended or expired."""
    with house.sessions.reading() as session:
        found = session.scalar(
            select(SignIn).where(SignIn.token_hash == sha256_hex(token.encode()))
        )
        if found is None or not _is_open(house, found, now):
            return None
        known = Known(actor_of(session, found.person, village_day(now)), found.person.must_change)
        stale = now - found.seen_at > SEEN_EVERY
    if not known.actor.grants:
        return None
    if stale:
        with house.sessions.writing() as session:
            session.get_one(SignIn, found.id).seen_at = now
    return known


def _is_open(house: House, found: SignIn, now: datetime) -> bool:
    idle = now - found.seen_at
    return (
        found.ended_at is None
        and idle <= timedelta(hours=house.session_hours)
        and now - found.started_at <= LONGEST_SESSION
    )


def sign_out(house: House, token: str, now: datetime) -> None:
    with house.sessions.writing() as session:
        found = session.scalar(
            select(SignIn).where(SignIn.token_hash == sha256_hex(token.encode()))
        )
        if found is not None and found.ended_at is None:
            found.ended_at = now


def change_password(house: House, actor: Actor, old: str, new: str, now: datetime) -> None:
    """Change one's own password; every other session of the person ends."""
    with house.sessions.writing() as session:
        person = session.get_one(Person, actor.id)
        if not _matches(person, old):
            raise refuse("wrong_password", "现在的密码不对。")
        person.password_hash = hashed(new)
        person.must_change = False
        _end_sessions(session, person, now)
        record(session, actor, "change_password", f"person {person.id}", now)


def _end_sessions(session: Session, person: Person, now: datetime) -> None:
    open_ones = select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    for found in session.scalars(open_ones):
        found.ended_at = now


def hashed(password: str) -> str:
    """An argon2id hash of a password that is long enough."""
    if len(password) < SHORTEST_PASSWORD:
        raise refuse("password_too_short", f"密码至少{SHORTEST_PASSWORD}个字符。")
    return _hasher.hash(password)


def reset_password(house: House, actor: Actor, person_id: int, now: datetime) -> str:
    """Give a person a new one-time password; they change it when they sign in."""
    _ensure_administrator(actor)
    password = new_password()
    with house.sessions.writing() as session:
        person = _person(session, actor, person_id)
        person.password_hash, person.must_change = hashed(password), True
        person.failures, person.locked_until = 0, None
        _end_sessions(session, person, now)
        record(session, actor, "reset_password", f"person {person.id}", now)
    return password


def _person(session: Session, actor: Actor, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.township_id != actor.township_id:
        raise refuse("no_person", "没有这个人。")
    return person


def new_password() -> str:
    """A password that is easy to read out: four groups of three characters."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(3)) for _ in range(4))


def add_person(
    house: House, actor: Actor, new: NewPerson, password: str, now: datetime, *,
    must_change: bool = True,
) -> int:  # fmt: skip
    """Add a person to the actor's township with a first role; returns the id.

    Raises:
        Refused: not an administrator, the login is taken or misshapen, or the role does not fit.
    """
    _ensure_administrator(actor)
    login, name = new.login.strip().lower(), new.name.strip()
    if not name or not LOGIN.fullmatch(login):
        raise refuse("login_shape", "请填姓名，用户名用字母、数字和短横线。")
    if actor.township_id is None:
        raise refuse("no_township", "请先建立乡镇。")
    with house.sessions.writing() as session:
        if person_by_login(session, login) is not None:
            raise refuse("login_taken", f"用户名“{login}”已经有人用了。")
        person = Person(
            township_id=actor.township_id, login=login, name=name,
            password_hash=hashed(password), must_change=must_change,
        )  # fmt: skip
        session.add(person)
        session.flush()
        record(session, actor, "add_person", f"person {person.id}", now)
        _appoint(session, actor, person, new.role, new.village_id, new.from_on, now)
        return person.id


def appoint(
    house: House, actor: Actor, person_id: int, role: Role, village_id: int | None, from_on: date,
    now: datetime,
) -> None:  # fmt: skip
    """Give a person one more role in a village, or in the township (None), from a day on."""
    _ensure_administrator(actor)
    with house.sessions.writing() as session:
        person = _person(session, actor, person_id)
        _appoint(session, actor, person, role, village_id, from_on, now)


def _appoint(
    session: Session, actor: Actor, person: Person, role: Role, village_id: int | None,
    from_on: date, now: datetime,
) -> None:  # fmt: skip
    _ensure_role_fits(session, person, role, village_id)
    session.add(
        Appointment(
            township_id=person.township_id, person_id=person.id, role=role,
            village_id=village_id, from_on=from_on,
        )
    )  # fmt: skip
    record(
        session, actor, "appoint", f"person {person.id}", now,
        role=role.value, village=village_id or 0, from_on=from_on.isoformat(),
    )  # fmt: skip


def _ensure_role_fits(session: Session, person: Person, role: Role, village_id: int | None) -> None:
    if village_id is None and role not in TOWNSHIP_ROLES:
        raise refuse("role_needs_village", "这个职务要选一个村。")
    if village_id is None:
        return
    if role not in VILLAGE_ROLES:
        raise refuse("role_of_township", "这是乡镇的职务，不选村。")
    village = session.get(Village, village_id)
    if village is None or village.township_id != person.township_id:
        raise refuse("no_village", "没有这个村。")


def end_appointment(house: House, actor: Actor, appointment_id: int, now: datetime) -> None:
    """The role ended yesterday: today it gives no rights any more."""
    _ensure_administrator(actor)
    with house.sessions.writing() as session:
        held = session.get(Appointment, appointment_id)
        if held is None or held.township_id != actor.township_id:
            raise refuse("no_appointment", "没有这项职务。")
        if held.role is Role.ADMINISTRATOR and held.person_id == actor.id:
            raise refuse("own_appointment", "自己的管理员职务要由另一位管理员终止。")
        held.until_on = village_day(now) - timedelta(days=1)
        record(
            session, actor, "end_appointment", f"person {held.person_id}", now, role=held.role.value
        )


def _ensure_administrator(actor: Actor) -> None:
    if actor.id is not None and not actor.holds(Role.ADMINISTRATOR, None):
        raise refuse("not_your_role", "人员由管理员管理。")
