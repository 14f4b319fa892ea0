"""One process at a time, of all that work on a site, wherever they run."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, text

BYTES_OF_KEY = 8  # PostgreSQL's advisory locks are numbers of so many
EnsureAlone = Callable[[], None]


@contextmanager
def alone(engine: Engine, folder: Path, what: str) -> Iterator[EnsureAlone | None]:
    """Nobody begins this until the block ends, or this process does; None where somebody else is at it.

    What is yielded is called before what must not be done by two: it raises a DBAPIError where the server that keeps
    the lock was restarted meanwhile, and somebody else may have begun.

    Args:
        folder: of this machine, where SQLite's sites keep the lock.
    """
    digest = sha256(what.encode())
    if engine.dialect.name == "postgresql":
        key = int.from_bytes(digest.digest()[:BYTES_OF_KEY], signed=True)
        with _advisory_lock(engine, key) as ensure:
            yield ensure
        return
    file = folder / f".{digest.hexdigest()[:16]}.lock"
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN IMMEDIATE")  # let go by the system when the process ends
        except sqlite3.OperationalError:
            yield None
        else:
            yield lambda: None


@contextmanager
def _advisory_lock(engine: Engine, key: int) -> Iterator[EnsureAlone | None]:
    """Kept by a connection, and lost with it."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:

        def ensure() -> None:
            connection.execute(text("SELECT 1"))

        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
            yield None
            return
        try:
            yield ensure
        finally:
            if not connection.invalidated:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
