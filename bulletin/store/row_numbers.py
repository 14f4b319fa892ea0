"""Numbers of rows that were inserted with their ids."""

from sqlalchemy import Connection, Table, func, select


def continue_numbering(connection: Connection, table: Table) -> None:
    """PostgreSQL's sequences don't see what was inserted with its id."""
    if connection.dialect.name != "postgresql" or "id" not in table.columns:
        return
    last = connection.scalar(select(func.max(table.c.id)))
    sequence = func.pg_get_serial_sequence(table.name, "id")
    if last is not None and connection.scalar(select(sequence)) is not None:
        connection.execute(select(func.setval(sequence, last)))
