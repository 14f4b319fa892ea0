"""One process at a time, of all that work on a site, wherever they run."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, text

BYTES_OF_KEY = 8  # PostgreSQL's advisory locks are numbers of so many


@contextmanager
def alone(engine: Engine, folder: Path, what: str) -> Iterator[bool]:
    """Whether nobody else does this; nobody begins it until the block ends, or this process does.

    Args:
        folder: of this machine, where SQLite's sites keep the lock.
    """
    digest = sha256(what.encode())
    if engine.dialect.name == "postgresql":
        key = int.from_bytes(digest.digest()[:BYTES_OF_KEY], signed=True)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            asked = text("SELECT pg_try_advisory_lock(:key)")
            is_alone = bool(connection.scalar(asked, {"key": key}))
            try:
                yield is_alone
            finally:
                if is_alone:
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
        return
    file = folder / f".{digest.hexdigest()[:16]}.lock"
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN IMMEDIATE")  # let go by the system when the process ends
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
