"""Alembic's way in: it works on the connection that it is handed, never on one of its own."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import DateTime

from bulletin.store.base import UtcDateTime
from bulletin.store.metadata import metadata


def _plain_types(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """Migrations name the database's types: they must run when ours have moved on."""
    if kind == "type" and isinstance(value, UtcDateTime):
        return f"sa.{DateTime(timezone=True)!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
    compare_type=True,
    render_item=_plain_types,
)
with context.begin_transaction():
    context.run_migrations()
