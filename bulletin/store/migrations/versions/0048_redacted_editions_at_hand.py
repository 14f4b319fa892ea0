"""Editions whose words were removed are found at once: a few among all.

The way back looks through all of them again.

Revision: 0048
After: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

INDEX = "ix_edition_redacted"
REDACTED = sa.text("redacted_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        INDEX, "edition", ["township_id"], sqlite_where=REDACTED, postgresql_where=REDACTED
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="edition")
