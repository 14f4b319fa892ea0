"""A workbook that was brought into a draft can be chosen from again.

Revision: 0041
After: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("waiting_file", sa.Column("placed", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("waiting_file", "placed")
