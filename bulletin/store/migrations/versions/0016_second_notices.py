"""Why a duty got a second notice although one answered it; empty for the first.

The way back forgets the reasons.

Revision: 0016
After: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.add_column(
            sa.Column("second_reason", sa.String(), nullable=False, server_default="")
        )
    with op.batch_alter_table("notice") as notice:
        notice.alter_column("second_reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.drop_column("second_reason")
