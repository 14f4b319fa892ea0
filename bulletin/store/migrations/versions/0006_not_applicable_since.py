"""Since when a duty is not applicable, so that the matrix can be drawn as of any day.

What was said earlier has no moment: it counts for every day. The way back forgets it.

Revision: 0006
After: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("duty") as duty:
        duty.add_column(sa.Column("not_applicable_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("duty") as duty:
        duty.drop_column("not_applicable_at")
