"""What the migrations make of an empty database is asked of them once.

A site of its own, each restored backup and each house that one moves to begin with an empty database, and Alembic
takes a second to work out, migration by migration, the same statements. They are kept as it sent them, and the next
empty database gets them; one that holds anything is migrated as ever.
"""

from contextlib import closing
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, inspect

Sent = tuple[str, Any, bool]  # a statement, its parameters, whether they are those of many rows

READING = ("SELECT", "PRAGMA")
_sent: dict[tuple[str, str], list[Sent]] = {}  # by dialect and revision
_upgrade = command.upgrade


def share_migrations() -> None:
    """From now on this process works them out once for each database system."""
    command.upgrade = _shared


def _shared(config: Config, revision: str) -> None:
    connection: Connection = config.attributes["connection"]
    if inspect(connection).get_table_names():
        _upgrade(config, revision)
        return
    key = connection.dialect.name, revision
    if key in _sent:
        _send(connection, _sent[key])
    else:
        _sent[key] = _noted(connection, config, revision)


def _noted(connection: Connection, config: Config, revision: str) -> list[Sent]:
    sent: list[Sent] = []

    def note(_on: Any, _cursor: Any, statement: str, parameters: Any, _: Any, many: bool) -> None:
        if not statement.lstrip().upper().startswith(READING):
            sent.append((statement, parameters, many))

    event.listen(connection, "after_cursor_execute", note)
    try:
        _upgrade(config, revision)
    finally:
        event.remove(connection, "after_cursor_execute", note)
    return sent


def _send(connection: Connection, sent: list[Sent]) -> None:
    with closing(connection.connection.cursor()) as cursor:
        for statement, parameters, many in sent:
            (cursor.executemany if many else cursor.execute)(statement, parameters)
