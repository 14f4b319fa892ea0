"""Every table as lines of JSON and back: one shape for SQLite and PostgreSQL, and from one to the other."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Date, DateTime, MetaData, Table, bindparam, delete, func, select
from sqlalchemy.orm import Session

from bulletin.store.base import SHORT_LIVED
from bulletin.store.metadata import metadata
from bulletin.store.row_numbers import continue_numbering

AT_ONCE = 500  # rows


def tables() -> list[str]:
    """The names of the tables that are worth keeping, parents before children."""
    return [table.name for table in metadata.sorted_tables if SHORT_LIVED not in table.info]


def rows_of(session: Session, name: str) -> Iterator[str]:
    """One line of JSON for each row of a table."""
    table = metadata.tables[name]
    rows = session.execute(
        select(table).order_by(*table.primary_key).execution_options(yield_per=AT_ONCE)
    )
    for row in rows.mappings():
        yield json.dumps({key: _to_json(value) for key, value in row.items()}, ensure_ascii=False)


def _to_json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


class TableLoader:
    """Fills empty tables, as they were at the release of the dump, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables = MetaData()
        self._tables.reflect(connection)

    def load(self, name: str, lines: Iterable[str]) -> int:
        """Insert the rows of a table; returns how many. A row that points at its own table waits."""
        table = self._tables.tables[name]
        rows = [self._read(table, json.loads(line)) for line in lines]
        if self._connection.scalar(select(func.count()).select_from(table)):
            self._connection.execute(delete(table))  # the migration itself put one there
        own_references = [
            c.name for c in table.columns if any(f.column.table is table for f in c.foreign_keys)
        ]
        for start in range(0, len(rows), AT_ONCE):
            batch = rows[start : start + AT_ONCE]
            self._connection.execute(
                table.insert(), [row | dict.fromkeys(own_references) for row in batch]
            )
        for column in own_references:
            self._set_references(table, column, [row for row in rows if row[column] is not None])
        continue_numbering(self._connection, table)
        return len(rows)

    def _read(self, table: Table, row: dict[str, Any]) -> dict[str, Any]:
        return {name: _from_json(table.columns[name].type, value) for name, value in row.items()}

    def _set_references(self, table: Table, column: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = (
            table.update().where(table.c.id == bindparam("row")).values({column: bindparam("to")})
        )
        self._connection.execute(statement, [{"row": row["id"], "to": row[column]} for row in rows])


def _from_json(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value).astimezone(UTC)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
