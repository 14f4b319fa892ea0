"""Argon2 with little memory: in a run of the tests a thousand passwords are set, each for half a second of two cores."""

from argon2 import PasswordHasher

from bulletin.services.people import passwords


def hash_quickly() -> None:
    """From now on this process hashes so; a verifier reads the cost from the hash."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._NOBODY = passwords.hashed("nobody")
