"""A database says which releases may work on it: machines are upgraded one after the other.

Revision: 0068
After: 0067
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "oldest_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oldest_release")),
    )
    op.bulk_insert(table, [{"id": 1, "revision": revision}])


def downgrade() -> None:
    op.drop_table("oldest_release")
