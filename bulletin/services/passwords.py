"""Passwords: hashing, checking, and one-time ones that are easy to read out."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from bulletin.domain.errors import refuse
from bulletin.store.people import Person

SHORTEST_PASSWORD = 10  # characters

_hasher = PasswordHasher()
# Verified when the login is unknown, so that the time of the answer tells nothing.
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
    if len(password) < SHORTEST_PASSWORD:
        raise refuse("password_too_short", f"密码至少{SHORTEST_PASSWORD}个字符。")
    return _hasher.hash(password)


def new_password() -> str:
    """A password that is easy to read out: four groups of three characters."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(3)) for _ in range(4))
