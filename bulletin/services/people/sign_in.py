"""Signing in and out: passwords, lock-out, sessions that end."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import instant_words, village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor, Role
from bulletin.domain.ticks import IN_FLIGHT
from bulletin.services.access import NO_TOWNSHIP_HERE, ensure_of_county
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.people import Person, SignIn, actor_of, person_by_login
from bulletin.store.places import township_by_code

MAX_FAILURES = 5  # wrong passwords in a row
LOCKED_FOR = timedelta(minutes=15)
MAX_SESSION = timedelta(days=7)  # whatever the use
SEEN_EVERY = timedelta(minutes=5)  # how exactly the last use is written down


@dataclass(frozen=True)
class OpenSession:
    """The person behind an open session."""

    actor: Actor
    must_change: bool  # signed in with a one-time password; nothing else before a new one


def sign_in(site: Site, login: str, password: str, now: datetime) -> str:
    """Check a password and open a session; returns its token, of which only the hash is kept.

    Raises:
        Refused: wrong login or password (the same words for both), or locked after five failures.
    """
    with site.sessions.reading() as session:
        person = person_by_login(session, login.strip().lower())
    right = matches(person, password)  # takes its time; nobody else waits for it
    token: str | None = None
    if person is not None:
        with site.sessions.writing() as session:
            token = _decide(session, session.get_one(Person, person.id), now, right=right)
    if token is None:  # outside the transaction, so that the count of failures stays
        raise refuse("wrong_password", "用户名或密码不对。")
    return token


def _decide(session: Session, person: Person, now: datetime, *, right: bool) -> str | None:
    if (locked_until := locked(person, now)) is not None:
        until = instant_words(locked_until)
        raise refuse("locked", f"输错次数太多，{until}之后再试，或请管理员重设密码。")
    if right:
        return _open(session, person, now)
    _count_failure(session, person, now)
    return None


def locked(person: Person, now: datetime) -> datetime | None:
    """Until when a person can't sign in; a lock that a clock ahead has set is none."""
    until = person.locked_until
    return until if until is not None and now < until <= now + LOCKED_FOR + IN_FLIGHT else None


def _open(session: Session, person: Person, now: datetime) -> str:
    actor = actor_of(session, person, village_day(now))
    if not actor.grants:
        raise refuse("no_role", "您现在没有任何职务，请联系管理员。")
    person.failures, person.locked_until = 0, None
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            township_id=person.township_id,
            person_id=person.id,
            token_hash=sha256_hex(token.encode()),
            started_at=now,
            seen_at=now,
        )
    )
    record(session, actor, "sign_in", f"person {person.id}", now)
    return token


def _count_failure(session: Session, person: Person, now: datetime) -> None:
    person.failures += 1
    if person.failures >= MAX_FAILURES:
        person.failures, person.locked_until = 0, now + LOCKED_FOR
        actor = Actor(person.id, person.name, person.township_id)
        record(session, actor, "lock_out", f"person {person.id}", now)


def who(site: Site, token: str, now: datetime) -> OpenSession | None:
    """The person behind a session token; None when it is unknown, ended or expired."""
    with site.sessions.reading() as session:
        row = _by_token(session, token)
        if row is None or not _is_open(site, row, now):
            return None
        signed_in = OpenSession(_actor_at(session, row, village_day(now)), row.person.must_change)
        stale = now - row.seen_at > SEEN_EVERY
    if not signed_in.actor.grants:
        return None
    if stale:
        with site.sessions.writing() as session:
            session.get_one(SignIn, row.id).seen_at = now
    return signed_in


def _by_token(session: Session, token: str) -> SignIn | None:
    return session.scalar(select(SignIn).where(SignIn.token_hash == sha256_hex(token.encode())))


def _actor_at(session: Session, row: SignIn, day: date) -> Actor:
    """The person in the township that the session looks at; roles of the own township do not count there."""
    actor = actor_of(session, row.person, day)
    if row.township_id == actor.township_id:
        return actor
    county = actor.grants & {(Role.COUNTY_OVERSEER, None)}
    return replace(actor, township_id=row.township_id, grants=county)


def look_into(site: Site, actor: Actor, token: str, code: str) -> None:
    """A county overseer's session turns to another township of the site.

    Raises:
        Refused: not a county overseer. NotFoundError: no township has the code.
    """
    ensure_of_county(actor)
    with site.sessions.writing() as session:
        township = township_by_code(session, code)
        row = _by_token(session, token)
        if township is None or row is None:
            raise NotFoundError(NO_TOWNSHIP_HERE)
        row.township_id = township.id


def _is_open(site: Site, row: SignIn, now: datetime) -> bool:
    """Whether a session still holds; one that a clock ahead has begun or used is over."""
    idle = now - row.seen_at
    return (
        row.ended_at is None
        and -IN_FLIGHT <= idle <= timedelta(hours=site.session_hours)
        and now - row.started_at <= MAX_SESSION
    )


def sign_out(site: Site, token: str, now: datetime) -> None:
    with site.sessions.writing() as session:
        row = _by_token(session, token)
        if row is not None and row.ended_at is None:
            row.ended_at = now


def change_password(site: Site, actor: Actor, old: str, new: str, now: datetime) -> None:
    """Change one's own password; every other session of the person ends."""
    with site.sessions.writing() as session:
        person = session.get_one(Person, actor.id)
        if not matches(person, old):
            raise refuse("wrong_password", "现在的密码不对。")
        person.password_hash = hashed(new)
        person.must_change = False
        end_sessions(session, person, now)
        record(session, actor, "change_password", f"person {person.id}", now)


def end_sessions(session: Session, person: Person, now: datetime) -> None:
    """Wherever the person is signed in, it ends now."""
    open_ones = select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    for row in session.scalars(open_ones):
        row.ended_at = now


MIN_PASSWORD = 10  # characters

_hasher = PasswordHasher()
# Verified when the login is unknown, so that the time of the answer gives nothing away.
_NOBODY = _hasher.hash(secrets.token_hex(16))


def matches(person: Person | None, password: str) -> bool:
    """Whether a password is the person's; nobody has none, and takes as long to say."""
    try:
        _hasher.verify(person.password_hash if person else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return person is not None


def hashed(password: str) -> str:
    """An argon2id hash of a password that is long enough."""
    if len(password) < MIN_PASSWORD:
        raise refuse("password_too_short", f"密码至少{MIN_PASSWORD}个字符。")
    return _hasher.hash(password)


def new_password() -> str:
    """A password that is easy to read out: four groups of three characters."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(3)) for _ in range(4))
