"""An approved edition keeps whom residents tell, until when, and how soon they are answered.

Editions of before keep nothing: they say what their papers say. The way back forgets the lines.

Revision: 0024
After: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("edition") as edition:
        edition.add_column(sa.Column("objections", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("edition") as edition:
        edition.alter_column("objections", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("edition") as edition:
        edition.drop_column("objections")
