"""A township moves to another house: where it went, and the histories of those that came.

The way back drops the former histories: what they hold is lost.

Revision: 0070
After: 0069
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

APPEND_ONLY = "history is append-only"
TABLES = ("former_history", "former_history_entry")
INDEXES = (
    ("former_history", "township_id"),
    ("former_history_entry", "subject"),
    ("former_history_entry", "township_id", "subject"),
)


def upgrade() -> None:
    op.add_column("township", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("township", sa.Column("moved_to", sa.String(), nullable=False, server_default=""))
    _histories()
    _entries()
    for name, *columns in INDEXES:
        op.create_index(op.f(f"ix_{name}_{'_'.join(columns)}"), name, columns)
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION former_history_refuse()")
    with op.batch_alter_table("township") as township:
        township.drop_column("moved_to")
        township.drop_column("moved_at")


def _histories() -> None:
    op.create_table(
        "former_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("shift", sa.Integer(), nullable=False),
        sa.Column("keys", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_former_history_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_history")),
    )


def _entries() -> None:
    words = ("actor", "act", "subject", "previous")
    op.create_table(
        "former_history_entry",
        sa.Column("history_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in words),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["history_id"], ["former_history.id"], name=op.f("fk_former_history_entry_history_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_former_history_entry_township_id")
        ),
        sa.PrimaryKeyConstraint("history_id", "number", name=op.f("pk_former_history_entry")),
    )


def _guards() -> list[str]:
    """They refuse every change and removal, as the history itself does."""
    if op.get_bind().dialect.name != "postgresql":
        return [
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            for table in TABLES
            for act in ("update", "delete")
        ]
    function = (
        "CREATE FUNCTION former_history_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION former_history_refuse()"
            for table in TABLES
        ),
    ]
