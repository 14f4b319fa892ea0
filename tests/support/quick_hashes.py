"""Argon2 and scrypt with little memory: a run of the tests sets a thousand passwords, each for half a second of two cores."""

from argon2 import PasswordHasher

from bulletin.domain.feedback import receipts
from bulletin.services.people import passwords


def hash_quickly() -> None:
    """From now on this process hashes so. A password's verifier reads the cost from the hash, a receipt's does not."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._NOBODY = passwords.hashed("nobody")
    receipts._COST = 2
