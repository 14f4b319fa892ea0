"""Which releases may work on this database beside the one that migrated it last, while machines are upgraded in turn."""

from typing import Any

from sqlalchemy import Connection, event, exists, inspect, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import SHORT_LIVED, Base

# Rows that older releases can't read though the tables let them be written: the column that is empty in them, and the
# revision that knows them. A report without a township is the county's: an older release takes it for a forged one, and
# can't write it into the plain-file copy.
EMPTY_SINCE = {
    ("annual_report", "township_id"): "0073",
    ("annual_report_edition", "township_id"): "0073",
    ("report_remark", "township_id"): "0073",
    ("earlier_report", "township_id"): "0073",
}
_BY_TABLE = {table: (column, revision) for (table, column), revision in EMPTY_SINCE.items()}


class OldestRelease(Base):
    """The one row: the oldest revision whose release reads and writes this database as it is.

    A migration that only adds leaves it alone. One that takes away, renames or narrows what the release before
    uses raises it to its own revision, and comes a release after the one that stopped using it. One that lets a
    column be empty is named in `EMPTY_SINCE`: the first row in which it is empty raises it.
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
    for (name, column), revision in EMPTY_SINCE.items():
        table = Base.metadata.tables[name]
        if connection.scalar(select(exists().where(table.c[column].is_(None)))):
            _raise_to(connection, revision)


@event.listens_for(Base, "before_insert", propagate=True)
def _note_new_row(mapper: Any, connection: Connection, row: Any) -> None:
    column, revision = _BY_TABLE.get(mapper.local_table.name, ("", ""))
    if column and getattr(row, column) is None:
        _raise_to(connection, revision)


def _raise_to(connection: Connection, revision: str) -> None:
    is_older = OldestRelease.revision < revision
    connection.execute(
        update(OldestRelease).where(OldestRelease.id == 1, is_older).values(revision=revision)
    )
