"""Passwords: hashed, compared, made up, and which of them are refused."""

import secrets
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.sign_in.passwords import ensure_unguessable
from bulletin.store.people import Person
from bulletin.store.places import Township, Village

COMMON_PASSWORDS = "common_passwords.txt"  # beside this file
_ENDINGS = ("街道办事处", "街道", "社区", "乡", "镇", "村")

_hasher = PasswordHasher()
# Verified when the login is unknown, so that the time of the answer gives nothing away: made once, of a
# password that nobody kept, for each process would take half a second of two cores to make its own.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$hPJCBE6rH+wXdCYm+PcIJw$"
    "7aAH6U+bvqeH+RAqyLdN3GWW3CKml2W86zvHKuLKOi4"
)


def matches(person: Person | None, password: str) -> bool:
    """Whether a password is the person's; nobody has none, and takes as long to say."""
    try:
        _hasher.verify(person.password_hash if person else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return person is not None


def hashed(password: str) -> str:
    """The argon2id hash of a password, which is all that is kept of it."""
    return _hasher.hash(password)


def ensure_good(session: Session, person: Person, password: str) -> None:
    """Refuse a password that is easily guessed, as `ensure_unguessable` says."""
    names = _names_around(session, person)
    ensure_unguessable(password, common_passwords(), names)


@cache
def common_passwords() -> frozenset[str]:
    """What everybody tries, as the list that travels with the package has it."""
    text = files(__package__).joinpath(COMMON_PASSWORDS).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _names_around(session: Session, person: Person) -> set[str]:
    """A person's own names, and those of the township and its villages, with and without 乡, 镇, 村."""
    township = session.get_one(Township, person.township_id)
    villages = session.scalars(select(Village.name).where(Village.township_id == township.id))
    places = (township.name, township.county, *villages)
    return {person.login, person.name, *_both_ways(places)}


def _both_ways(places: Iterable[str]) -> Iterator[str]:
    for place in places:
        yield place
        for ending in _ENDINGS:
            if place.endswith(ending) and len(place) > len(ending) + 1:
                yield place.removesuffix(ending)


def new_password() -> str:
    """A password that is easy to read out: four groups of three characters."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(3)) for _ in range(4))
