"""Which releases may work on this database beside the one that migrated it last, while machines are upgraded in turn."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, event, exists, inspect, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import EMPTY_SINCE, SHORT_LIVED, Base


class OldestRelease(Base):
    """The one row: the oldest revision whose release reads and writes this database as it is.

    A migration that only adds leaves it alone. One that takes away, renames or narrows what the release before
    uses raises it to its own revision, and comes a release after the one that stopped using it. One that lets a
    column be empty marks its table (`EMPTY_SINCE`): the first row in which it is, raises it.
    """

    __tablename__ = "oldest_release"
    __table_args__ = ({"info": {SHORT_LIVED: True}},)  # of the tables, not of what is in them

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[str]


def oldest_release(connection: Connection) -> str | None:
    """Its revision; None in a database from before the question was asked."""
    if not inspect(connection).has_table(OldestRelease.__tablename__):
        return None
    return connection.scalar(select(OldestRelease.revision).where(OldestRelease.id == 1))


def exclude_older(connection: Connection) -> None:
    """Raise it where rows came in past the models, as from a backup or another house: to what reads all of them."""
    for table, column, revision in marked_columns():
        if connection.scalar(select(exists().where(table.c[column].is_(None)))):
            _raise_to(connection, revision)


def marked_columns() -> Iterator[tuple[Table, str, str]]:
    """The columns that may be empty for releases from a revision on: table, column, revision."""
    for table in Base.metadata.tables.values():
        if EMPTY_SINCE in table.info:
            yield table, *table.info[EMPTY_SINCE]


@event.listens_for(Base, "before_insert", propagate=True)
def _note_new_row(mapper: Any, connection: Connection, row: Any) -> None:
    marked = mapper.local_table.info.get(EMPTY_SINCE)
    if marked and getattr(row, marked[0]) is None:
        _raise_to(connection, marked[1])


def _raise_to(connection: Connection, revision: str) -> None:
    is_older = OldestRelease.revision < revision
    connection.execute(
        update(OldestRelease).where(OldestRelease.id == 1, is_older).values(revision=revision)
    )
