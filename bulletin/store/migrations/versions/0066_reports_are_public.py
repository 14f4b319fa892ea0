"""An annual report that is issued is kept as a Word file and a PDF, which anyone may take away.

Editions of before have none: they are read as pages. What the way back forgets stays files that no record names.

Revision: 0066
After: 0065
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("annual_report_edition") as table:
        table.add_column(sa.Column("word", sa.String(), nullable=True))
        table.add_column(sa.Column("pdf", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("annual_report_edition") as table:
        table.drop_column("pdf")
        table.drop_column("word")
