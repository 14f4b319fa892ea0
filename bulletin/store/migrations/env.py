"""Alembic's way in: it works on the connection that it is handed, never on one of its own."""

from alembic import context

from bulletin.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
