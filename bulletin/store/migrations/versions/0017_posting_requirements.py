"""A notice keeps what each of its items asks of its posting period.

Editions of before keep their one number; the previous release knows only that one.

Revision: 0017
After: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("edition") as edition:
        edition.add_column(
            sa.Column("posting_requirements", sa.JSON(), nullable=False, server_default="[]")
        )
    with op.batch_alter_table("edition") as edition:
        edition.alter_column("posting_requirements", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("edition") as edition:
        edition.drop_column("posting_requirements")
