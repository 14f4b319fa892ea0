"""Wrong passwords are recorded by the side that they come from, so that nobody locks out another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.sign_in.limits import BY_ADDRESS, BY_DEVICE, BY_LOGIN, KEPT_AT_MOST, TryLimit
from bulletin.domain.sign_in.networks import NOWHERE
from bulletin.services.site import Site
from bulletin.store.sign_in_tries import SignInTry

PAUSED = "密码试得太多了，请过几分钟再试；忘了密码，请管理员重设。"


@dataclass(frozen=True)
class Device:
    """A browser from which people signed in, as its signed cookie says."""

    id: str
    people: Mapping[int, str]  # by id of the person, with the mark of the password of then


@dataclass(frozen=True)
class Origin:
    """Where a try comes from."""

    network: str = NOWHERE
    device: Device | None = None


class SignInPaused(Refused):
    """Too many wrong tries from one side; the same sentence for every login, known or not."""

    def __init__(self, seconds: int) -> None:
        super().__init__(Refusal("sign_in_paused", PAUSED))
        self.seconds = seconds  # until the next try is taken


@dataclass(frozen=True)
class TrySide:
    """One of those by whom tries are counted."""

    limit: TryLimit
    key: str
    login: str = ""  # fingerprint of the login tried; '' for an address over all logins


def record_try(
    site: Site, login: str, origin: Origin, now: datetime, *, known: bool
) -> tuple[TrySide, ...]:
    """Record a try before its password is looked at: tries at the same time can't slip through.

    Returns the sides it was recorded for; a right password takes it back (`forget_tries`).

    Args:
        known: the person of this login signed in from the origin's device before; then nobody else's
            tries count.

    Raises:
        SignInPaused: too many of them were wrong of late.
    """
    sides = _sides(login, origin, known=known)
    with site.sessions.writing() as session:
        rows = [session.get(SignInTry, side.key) for side in sides]
        kept = [row.forgotten_at if row else None for row in rows]
        wait = max(
            side.limit.taken_again_at(at, now) - now for side, at in zip(sides, kept, strict=True)
        )
        if wait.total_seconds() > 0:
            raise SignInPaused(int(wait.total_seconds()) + 1)
        for side, at in zip(sides, kept, strict=True):
            after = side.limit.after_a_try(at, now)
            session.merge(SignInTry(side=side.key, login=side.login, forgotten_at=after))
        session.execute(delete(SignInTry).where(_is_forgotten(now)))
    return sides


def _is_forgotten(now: datetime) -> ColumnElement[bool]:
    """What counts no more, and what a clock that was ahead has left."""
    return or_(SignInTry.forgotten_at <= now, SignInTry.forgotten_at > now + KEPT_AT_MOST)


def _sides(login: str, origin: Origin, *, known: bool) -> tuple[TrySide, ...]:
    name = _login_key(login)
    if known and origin.device is not None:
        key = sha256_hex(f"device {origin.device.id} {login}".encode())
        return (TrySide(BY_DEVICE, key, name),)
    by_login = sha256_hex(f"login {origin.network} {login}".encode())
    by_address = sha256_hex(f"address {origin.network}".encode())
    return TrySide(BY_LOGIN, by_login, name), TrySide(BY_ADDRESS, by_address)


def _login_key(login: str) -> str:
    return sha256_hex(f"name {login}".encode())


def forget_tries(session: Session, tried: tuple[TrySide, ...]) -> None:
    """After the right password: the wrong ones before it were slips; of the address, this one try."""
    for side in tried:
        row = session.get(SignInTry, side.key)
        if row is None:
            continue
        if side.login:
            session.delete(row)
        else:
            row.forgotten_at -= side.limit.every


def forget_tries_at(session: Session, login: str) -> None:
    """After a new password by the administrator: whoever forgot the old one need not wait."""
    session.execute(delete(SignInTry).where(SignInTry.login == _login_key(login)))


def paused_logins(session: Session, logins: Collection[str], now: datetime) -> dict[str, datetime]:
    """Of some logins those at which somebody tried wrongly and waits, and until when; others are not kept from it."""
    by_key = {_login_key(login): login for login in logins}
    tries = session.execute(
        select(SignInTry.login, SignInTry.forgotten_at).where(SignInTry.login.in_(by_key))
    )
    paused: dict[str, datetime] = {}
    for key, kept in tries:
        until = BY_LOGIN.taken_again_at(kept, now)
        if until > now:
            paused[by_key[key]] = max(until, paused.get(by_key[key], until))
    return paused
