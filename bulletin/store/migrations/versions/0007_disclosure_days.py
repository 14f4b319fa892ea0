"""The day on which a village discloses together (集中公开日), in its own words.

The way back forgets it; notices keep the moments that were chosen.

Revision: 0007
After: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("village") as village:
        village.add_column(
            sa.Column("disclosure_day", sa.String(), nullable=False, server_default="")
        )
    with op.batch_alter_table("village") as village:
        village.alter_column("disclosure_day", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("village") as village:
        village.drop_column("disclosure_day")
