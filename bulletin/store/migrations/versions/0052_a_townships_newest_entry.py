"""The newest entry of a township's history is found without reading those of others.

Revision: 0052
After: 0051
"""

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_history_entry_township_id_number"), "history_entry", ["township_id", "number"]
    )
    op.drop_index(op.f("ix_history_entry_township_id"), table_name="history_entry")


def downgrade() -> None:
    op.create_index(op.f("ix_history_entry_township_id"), "history_entry", ["township_id"])
    op.drop_index(op.f("ix_history_entry_township_id_number"), table_name="history_entry")
