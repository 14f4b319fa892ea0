"""Migrations: which revision a database has, and bringing it to the one of this release."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from bulletin.store import search_upkeep
from bulletin.store.oldest_release import exclude_older, oldest_release

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def changing(engine: Engine, *, keep: bool = True) -> Iterator[Connection]:
    """One writing transaction in which tables may be built anew.

    SQLite changes a table by copying and dropping it, which its foreign keys would forbid while rows
    point there: they are switched off, and all checked before the end.

    Args:
        keep: False takes everything back at the end, for a rehearsal.
    """
    with engine.execution_options(writing=True).connect() as connection:
        _switch_foreign_keys(connection, on=False)
        try:
            with connection.begin() as transaction:
                yield connection
                if engine.dialect.name == "sqlite":
                    violations = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                    if violations:
                        raise RuntimeError(f"rows that point nowhere: {violations[:5]}")
                if not keep:
                    transaction.rollback()
        finally:
            _switch_foreign_keys(connection, on=True)


def _switch_foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")  # outside of it


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Create or upgrade every table, in one transaction."""
    with changing(engine) as connection:
        upgrade_within(connection, revision)


def upgrade_within(connection: Connection, revision: str) -> None:
    """The same on a connection whose transaction is the caller's.

    At `head` what is searched is indexed too, if another rule did it or none; at a revision that is named, not yet:
    whoever names it has rows to bring.
    """
    command.upgrade(_config(connection), revision)
    if revision == "head":
        exclude_older(connection)
        search_upkeep.fill(connection)


def knows_revision(revision: str) -> bool:
    """Whether this release holds a migration."""
    return revision in {
        script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def may_work_on(engine: Engine) -> bool:
    """Whether this release may read and write the database: it stands at this one, or at a newer that only added."""
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None or knows_revision(revision):
            return revision == newest_revision()
        oldest = oldest_release(connection)
        return oldest is not None and knows_revision(oldest)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to an earlier release; `base` leaves nothing."""
    with changing(engine) as connection:
        command.downgrade(_config(connection), revision)


def current_revision(engine: Engine) -> str | None:
    """The revision of the database; None for an empty one."""
    with engine.connect() as connection:
        return revision_within(connection)


def revision_within(connection: Connection) -> str | None:
    """The same in a transaction of the caller's."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision of this release."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("this release holds no migration")
    return head
