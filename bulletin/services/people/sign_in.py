"""Signing in and out: who may try, sessions that end."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bulletin.domain.days import village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor, Role
from bulletin.domain.sign_in.invitations import mobile_figures
from bulletin.domain.ticks import IN_FLIGHT
from bulletin.services.access import NO_TOWNSHIP_HERE, ensure_of_county
from bulletin.services.history import record
from bulletin.services.people.open_session import end_sessions, open_session, token_hash
from bulletin.services.people.passwords import ensure_good, hashed, matches
from bulletin.services.people.record_tries import Device, Origin, forget_tries, record_try
from bulletin.services.site import Site
from bulletin.store.people import Person, SignIn, actor_of, people_on_phone, person_by_login
from bulletin.store.places import township_by_code

# The same for everything that can be wrong, so that nobody learns who has an account here.
WRONG = "用户名（或手机号）、密码有不对的。一个手机号登记了几个人的，要用用户名登录。"
MAX_SESSION = timedelta(days=7)  # whatever the use
SEEN_EVERY = timedelta(minutes=5)  # how exactly the last use is written down


@dataclass(frozen=True)
class OpenSession:
    """The person behind an open session."""

    actor: Actor
    must_change: bool  # signed in with a one-time password; nothing else before a new one


def sign_in(
    site: Site, login: str, password: str, now: datetime, origin: Origin | None = None
) -> str:
    """Check a password and open a session; returns its token, of which only the hash is kept.

    What is said and how long it takes is the same whether there is such a login or not.

    Args:
        login: the login, or the mobile number that is registered for one person alone.
        origin: the network that the try comes from, and the device when the browser proves one.

    Raises:
        SignInPaused: too many wrong tries from this side; another side may go on.
        Refused: wrong login or password (the same words for both), or the person has no role.
    """
    login = login.strip().lower()
    with site.sessions.reading() as session:
        person = _person_named(session, login, village_day(now))
        known = _known_device(person, origin or Origin())
    account = person.login if person else mobile_figures(login) or login  # phone and login are one
    tried = record_try(site, account, origin or Origin(), now, known=known)
    if not matches(person, password) or person is None:  # takes its time; nobody else waits for it
        raise refuse("wrong_password", WRONG)
    with site.sessions.writing() as session:
        forget_tries(session, tried)
        return open_session(session, session.get_one(Person, person.id), now)


def _person_named(session: Session, typed: str, today: date) -> Person | None:
    """By login, else by a mobile number that one person alone is called on."""
    if (person := person_by_login(session, typed)) is not None:
        return person
    figures = mobile_figures(typed)
    on_phone = people_on_phone(session, figures, today) if figures else []
    return on_phone[0] if len(on_phone) == 1 else None


def _known_device(person: Person | None, origin: Origin) -> bool:
    """Whether the person signed in from this device before, and kept the password since."""
    device = origin.device
    return bool(person and device and device.people.get(person.id) == _password_mark(person))


def device_after(site: Site, actor: Actor, before: Device | None) -> Device:
    """The device as it proves itself from now on, after the actor signed in from it."""
    with site.sessions.reading() as session:
        person = session.get_one(Person, actor.id)
        people = {**(before.people if before else {}), person.id: _password_mark(person)}
    return Device(before.id if before else secrets.token_urlsafe(16), people)


def _password_mark(person: Person) -> str:
    """Another one with every change of the password; nothing of the password can be told from it."""
    return sha256_hex(person.password_hash.encode())[:16]


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
    found = select(SignIn).where(SignIn.token_hash == token_hash(token))
    return session.scalar(found.options(joinedload(SignIn.person)))


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
    """Change one's own password; every other session of the person ends.

    Raises:
        SignInPaused: too many wrong tries at the old one, by whoever holds the session.
        Refused: the old password is wrong, or the new one easily guessed.
    """
    with site.sessions.reading() as session:
        person = session.get_one(Person, actor.id)
        ensure_good(session, person, new)
    tried = record_try(site, f"{person.login} changes", Origin(), now, known=False)
    if not matches(person, old):
        raise refuse("wrong_password", "现在的密码不对。")
    with site.sessions.writing() as session:
        forget_tries(session, tried)
        person = session.get_one(Person, actor.id)
        person.password_hash = hashed(new)
        person.must_change = False
        end_sessions(session, person, now)
        record(session, actor, "change_password", f"person {person.id}", now)


def choose_password(site: Site, actor: Actor, new: str, now: datetime) -> str:
    """The own password in place of a one-time one; returns the token of a session that goes on.

    Raises:
        Refused: the password is the person's own already, or the new one easily guessed.
    """
    with site.sessions.reading() as session:
        person = session.get_one(Person, actor.id)
        if not person.must_change:
            raise refuse("own_password", "密码已经是您自己的了。")
        ensure_good(session, person, new)
    if matches(person, new):
        raise refuse("same_password", "新密码不能和管理员给的一样，请另想一个。")
    password_hash = hashed(new)
    with site.sessions.writing() as session:
        person = session.get_one(Person, actor.id)
        person.password_hash, person.must_change = password_hash, False
        end_sessions(session, person, now)
        return open_session(session, person, now, "change_password")
