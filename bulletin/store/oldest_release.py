"""Which releases may work on this database beside the one that migrated it last, while machines are upgraded in turn."""

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import SHORT_LIVED, Base


class OldestRelease(Base):
    """The one row: the oldest revision whose release reads and writes this database as it is.

    A migration that only adds leaves it alone. One that takes away, renames or narrows what the release before
    uses raises it to its own revision, and comes a release after the one that stopped using it.
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
