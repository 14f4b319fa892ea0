"""How often a notice's page is opened is counted by day.

Revision: 0044
After: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_reading",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("scanned", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_notice_reading_{column}")
            )
            for column, table in (("notice_id", "notice"), ("township_id", "township"))
        ),
        sa.PrimaryKeyConstraint("notice_id", "day_on", name=op.f("pk_notice_reading")),
    )
    op.create_index(op.f("ix_notice_reading_township_id"), "notice_reading", ["township_id"])


def downgrade() -> None:
    op.drop_table("notice_reading")
