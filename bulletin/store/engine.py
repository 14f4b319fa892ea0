"""Opens the database; the only place that asks which one it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from bulletin.domain.errors import Misconfigured
from bulletin.store.asked_once import remember_answers
from bulletin.store.head_reader import HeadReader
from bulletin.store.one_township import see_only
from bulletin.store.places import Township, moved_townships
from bulletin.store.replica import Replica
from bulletin.store.search_index import forget_deleted
from bulletin.store.search_upkeep import keep_index

UTF8 = "UTF8"  # PostgreSQL's word
BUSY_SECONDS = 30  # how long a writer waits for the one before it
# A server that is cut off answers nothing, also not that it is gone: nobody waits longer than a reader would.
PATIENCE = {
    "connect_timeout": 3,  # seconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds that something sent may stay unanswered
}
READ_COMMITTED, REPEATABLE_READ = 2, 3  # as the driver numbers them
ONE_WRITER = 0x62756C6C  # the advisory lock that PostgreSQL's writers take, one after the other


def make_engine(url: str) -> Engine:
    """An engine for SQLite (one township) or PostgreSQL (a county).

    Both keep the same promise: a writing session is alone from its first statement on and sees
    everything that was committed before; a reading session sees one picture of the whole.
    """
    if not url.startswith("sqlite"):
        return _postgresql(url)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions of its own: _sqlite_begin does, in the right mode.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # village offices have power cuts
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is redacted leaves no trace in the file
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    # A writer takes its place in the queue at once; a reader that turns writer half-way
    # through would be refused with "database is locked" instead of waiting.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(url: str) -> Engine:
    try:
        engine = create_engine(url, connect_args=PATIENCE, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise Misconfigured(
            f"database_url needs the package {error.name}: install bulletin with [postgresql]"
        ) from error
    event.listen(engine, "connect", _refuse_other_encodings, insert=True)
    event.listen(engine, "connect", _without_compiler)
    event.listen(engine, "begin", _postgresql_begin)
    return engine


def _without_compiler(connection: Any, _record: object) -> None:
    """A page's question is answered in less time than it takes to compile it, however much the planner expects of it."""
    connection.execute("SET jit = off")
    connection.commit()


def _refuse_other_encodings(connection: Any, _record: object) -> None:
    """Asked first: in SQL_ASCII a character is any bytes, and in an older encoding some names have none."""
    info = connection.info
    encoding, name, role = info.parameter_status("server_encoding"), info.dbname, info.user
    if encoding != UTF8:
        connection.close()
        raise Misconfigured(
            f"the database {name} has the encoding {encoding}, not UTF-8: "
            f"create another (createdb --owner={role} --encoding=UTF8 --template=template0 NAME) "
            "and name it in database_url"
        )


def _postgresql_begin(connection: Connection) -> None:
    # What SQLite does by itself is asked for here: history, numbers and duties are written
    # by one process at a time, however many there are. The driver begins with the first
    # statement, and says with it in which mode: a page has twenty sessions, none waits for that.
    driver: Any = connection.connection.driver_connection
    if connection.get_execution_options().get("writing", False):
        driver.isolation_level = READ_COMMITTED
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_WRITER})")
    else:
        driver.isolation_level = REPEATABLE_READ


@dataclass
class _ReadOfReplica:
    """What a block asks of the replica; decided when it first reads, so that nothing later in it is of an earlier moment."""

    number: int  # of the history's entry that it has to hold
    holds: bool | None = None

    def is_held_by(self, replica: Replica) -> bool:
        if self.holds is None:
            self.holds = replica.holds(self.number)
        return self.holds


_of_replica: ContextVar[_ReadOfReplica | None] = ContextVar("of_replica", default=None)


class Sessions:
    """Short sessions: one for reading a consistent picture, one for a single act."""

    def __init__(
        self,
        engine: Engine,
        replica: Replica | None = None,
        *,
        only: ColumnElement[bool] | None = None,
    ) -> None:
        """Of a database.

        Args:
            replica: a database that follows this one, for pages that many read.
            only: of which townships what is seen may be.
        """
        self.engine, self.head, self.replica = engine, HeadReader(engine), replica
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(engine.execution_options(writing=True), expire_on_commit=False)
        keep_index(self._writing)
        if only is not None:
            see_only(self._reading, only)
            see_only(self._writing, only)
        self._picture: Session | None = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        if self._picture is not None:
            yield self._picture
            return
        asked, replica = _of_replica.get(), self.replica
        if replica is not None and asked is not None and asked.is_held_by(replica):
            with replica.session() as session:
                yield session
            return
        with self._reading() as session:
            yield session

    @contextmanager
    def of_replica(self, number: int) -> Iterator[None]:
        """What this thread reads within may come from the replica, if it holds the history up to an entry."""
        token = _of_replica.set(_ReadOfReplica(number))
        try:
            yield
        finally:
            _of_replica.reset(token)

    @contextmanager
    def one_picture(self) -> Iterator[Session]:
        """Whoever reads meanwhile sees the same moment, and finds what was read before: for many pages in a row.

        Only for sessions that one thread has for itself, as `own` gives them.
        """
        with self._reading() as session:
            read: list[object] = []  # a session forgets what nobody holds
            event.listen(session, "loaded_as_persistent", lambda _session, row: read.append(row))
            remember_answers(session)
            self._picture = session
            try:
                yield session
            finally:
                self._picture = None

    def own(self) -> "Sessions":
        """Of the same database, for who shares them with nobody."""
        return Sessions(self.engine)

    def of_those_here(self) -> "Sessions":
        """The same database without what is of townships that moved away; itself while none has."""
        with self.reading() as session:
            if not moved_townships(session):
                return self
        return Sessions(self.engine, only=Township.moved_at.is_(None))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self._writing.begin() as session:
            yield session

    @contextmanager
    def within(self, connection: Connection) -> Iterator[Session]:
        """A writing session in a transaction of the caller's, who commits it or not."""
        with self._writing(bind=connection) as session:
            yield session
            session.commit()  # what is made of other tables follows; the transaction goes on

    def scrub(self) -> None:
        """Leave no old copy of removed words: not in SQLite's log, not in PostgreSQL's dead rows."""
        forget_deleted(self.engine)
        statement = "PRAGMA wal_checkpoint(TRUNCATE)"
        if self.engine.dialect.name == "postgresql":
            statement = (
                "VACUUM edition, edition_content, edition_file, receipt, board_visit, preflight, "
                "search_index, feedback_entry, feedback_contact, information_request, sent_request"
            )
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)

    def close(self) -> None:
        self.head.close()
        self.engine.dispose()
        if self.replica is not None:
            self.replica.close()
