"""What the day of a duty was before it was counted anew.

The previous release runs against this: it ignores the new table. The way back drops it.

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "due_day_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "holidays",
                "adoption",
                name="recount_cause",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reckoning", sa.JSON(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["adoption_id"], ["adoption.id"], name=op.f("fk_due_day_change_adoption_id")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_due_day_change_duty_id")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_due_day_change_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_day_change")),
    )
    for column in ("township_id", "duty_id"):
        op.create_index(op.f(f"ix_due_day_change_{column}"), "due_day_change", [column])


def downgrade() -> None:
    op.drop_table("due_day_change")
