"""Opening the database; the only place that asks which one it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 30


def make_engine(url: str) -> Engine:
    """An engine for SQLite (one township) or PostgreSQL (a county)."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _sqlite_habits)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_habits(connection: Any, _record: object) -> None:
    # The driver must not open transactions of its own: _sqlite_begin does, in the right mode.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # village offices have power cuts
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _sqlite_begin(connection: Any) -> None:
    # A writer takes its place in the queue at once; a reader that turns writer half-way
    # through would be refused with "database is locked" instead of waiting.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


class Sessions:
    """Short sessions: one for reading a consistent picture, one for a single act."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(engine.execution_options(writing=True), expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self._writing.begin() as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()
