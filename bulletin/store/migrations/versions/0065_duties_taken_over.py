"""What a village owed before another one took over is found by an index, for a village that is counted alone.

Revision: 0065
After: 0064
"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

TAKEN_OVER = sa.text("from_village_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_duty_taken_over",
        "duty",
        ["from_village_id"],
        sqlite_where=TAKEN_OVER,
        postgresql_where=TAKEN_OVER,
    )


def downgrade() -> None:
    op.drop_index("ix_duty_taken_over", "duty")
