"""A subscription remembers in which language it was made: Chinese, of those made so far.

The way back forgets it, and letters are Chinese again.

Revision: 0051
After: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("subscription") as subscription:
        subscription.add_column(
            sa.Column("language", sa.String(), nullable=False, server_default="zh-CN")
        )
    with op.batch_alter_table("subscription") as subscription:
        subscription.alter_column("language", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("subscription") as subscription:
        subscription.drop_column("language")
