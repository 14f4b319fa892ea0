"""Posting periods that end later than it was said: what the last day was before, and why.

The way back forgets the days before; the last days themselves stay.

Revision: 0019
After: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "period_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "holidays",
                "event",
                name="extension_cause",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("before_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_period_extension_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_period_extension_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_extension")),
    )
    for column in ("township_id", "edition_id"):
        op.create_index(op.f(f"ix_period_extension_{column}"), "period_extension", [column])


def downgrade() -> None:
    for column in ("edition_id", "township_id"):
        op.drop_index(op.f(f"ix_period_extension_{column}"), table_name="period_extension")
    op.drop_table("period_extension")
