"""Invitations: a one-time link, on a printed slip or sent, with which a person sets the own password."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.people import Actor
from bulletin.domain.sign_in.invitations import VALID_FOR, is_open
from bulletin.services.access import ensure_administrator
from bulletin.services.history import record
from bulletin.services.people.appoint import person_for
from bulletin.services.people.open_session import end_sessions, open_session
from bulletin.services.people.passwords import ensure_good, hashed, new_password
from bulletin.services.people.record_tries import forget_tries_at
from bulletin.services.site import Site
from bulletin.store.invitations import Invitation, invitation_by_hash, unused, unused_among
from bulletin.store.people import Person

# The letters of the alphanumeric mode of a QR code: it stays coarse enough for old phones.
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOKEN_LENGTH = 32  # 165 bits


@dataclass(frozen=True)
class NewInvitation:
    token: str  # seen this once
    expires_at: datetime


def invite(site: Site, actor: Actor, person_id: int, now: datetime) -> NewInvitation:
    """A fresh invitation; what let the person in before does no more: password, slips, open sessions.

    Raises:
        Refused: not an administrator, or the account is not the township's.
    """
    ensure_administrator(actor)
    token = "".join(secrets.choice(_LETTERS) for _ in range(TOKEN_LENGTH))
    nobodys = hashed(new_password())
    with site.sessions.writing() as session:
        person = person_for(session, actor, person_id)
        withdraw_all(session, person, now)
        person.password_hash, person.must_change = nobodys, True
        forget_tries_at(session, person.login)
        end_sessions(session, person, now)
        invitation = Invitation(
            township_id=person.township_id,
            person_id=person.id,
            token_hash=_hash(token),
            made_at=now,
            expires_at=now + VALID_FOR,
        )
        session.add(invitation)
        record(session, actor, "invite", f"person {person.id}", now)
        return NewInvitation(token, invitation.expires_at)


def withdraw_invitation(site: Site, actor: Actor, person_id: int, now: datetime) -> None:
    """A slip that was lost, or went to the wrong hands, opens nothing any more.

    Raises:
        Refused: there is none that would.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        person = person_for(session, actor, person_id)
        if not withdraw_all(session, person, now):
            raise refuse("no_invitation", f"{person.name}没有还能用的登录条。")
        record(session, actor, "withdraw_invitation", f"person {person.id}", now)


def withdraw_all(session: Session, person: Person, now: datetime) -> int:
    """No slip of a person opens any more; returns how many would have."""
    invitations = session.scalars(unused_among([person.id])).all()
    for invitation in invitations:
        invitation.withdrawn_at = now
    return len(invitations)


@dataclass(frozen=True)
class Invited:
    """Whom an invitation is for."""

    name: str
    login: str


def invited(site: Site, token: str, now: datetime) -> Invited:
    """Looking is no use: phones and messengers open a link before its reader does.

    Raises:
        Refused: there is no such invitation, or it is used, over or withdrawn; in the same words.
    """
    with site.sessions.reading() as session:
        person = _open_invitation(session, token, now).person
        return Invited(person.name, person.login)


def accept(site: Site, token: str, password: str, now: datetime) -> str:
    """The invited person sets the own password and is signed in; returns the session's token.

    Raises:
        Refused: as `invited`; the password is easily guessed; or the person has no role yet, and the
            invitation can be used again.
    """
    with site.sessions.reading() as session:
        person = _open_invitation(session, token, now).person
        ensure_good(session, person, password)
    password_hash = hashed(password)  # takes its time; nobody else waits for it
    with site.sessions.writing() as session:
        invitation = _open_invitation(session, token, now)
        claim = update(Invitation).where(Invitation.id == invitation.id, unused())
        if not session.execute(claim.values(used_at=now)).rowcount:  # type: ignore[attr-defined]
            raise _over()  # by another phone, in this very moment
        person = invitation.person
        person.password_hash, person.must_change = password_hash, False
        end_sessions(session, person, now)
        return open_session(session, person, now, "accept_invitation")


def _open_invitation(session: Session, token: str, now: datetime) -> Invitation:
    found = invitation_by_hash(session, _hash(token))
    if found is None or not is_open(
        now,
        expires_at=found.expires_at,
        used_at=found.used_at,
        withdrawn_at=found.withdrawn_at,
    ):
        raise _over()
    return found


def _over() -> Refused:
    sentence = (
        "这张登录条已经用过、过期或者作废了。设过密码的，请直接登录；没有设过的，请管理员再给一张。"
    )
    return refuse("invitation_over", sentence)


def _hash(token: str) -> str:
    """Of a token as it was typed or scanned: some phones lower the letters."""
    return sha256_hex(token.strip().upper().encode())
