"""Sessions: opened for a person who proved who they are, and ended. Only the hash of a token is kept."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refused, refuse
from bulletin.services.history import record
from bulletin.store.people import Person, SignIn, actor_of, appointments_since


def open_session(session: Session, person: Person, now: datetime, act: str = "sign_in") -> str:
    """Open a session; returns its token.

    Raises:
        Refused: the person has no role today.
    """
    actor = actor_of(session, person, village_day(now))
    if not actor.grants:
        raise _no_role(session, person, now)
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            township_id=person.township_id,
            person_id=person.id,
            token_hash=token_hash(token),
            started_at=now,
            seen_at=now,
        )
    )
    record(session, actor, act, f"person {person.id}", now)
    return token


def _no_role(session: Session, person: Person, now: datetime) -> Refused:
    today = village_day(now)
    coming = [held.from_on for held in session.scalars(appointments_since(person.id, today))]
    if coming and (person.left_on is None or person.left_on > today):
        first = day_words(min(coming), since=today)
        return refuse("no_role", f"您的职务从{first}起，到那一天再登录。")
    return refuse("no_role", "您现在没有任何职务，请联系管理员。")


def token_hash(token: str) -> str:
    return sha256_hex(token.encode())


def end_sessions(session: Session, person: Person, now: datetime) -> None:
    """Wherever the person is signed in, it ends now."""
    open_ones = select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    for row in session.scalars(open_ones):
        row.ended_at = now
