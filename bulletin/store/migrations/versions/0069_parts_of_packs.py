"""A pack is divided into parts, which several workers set at the same time.

Revision: 0069
After: 0068
"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_pack_part_township_id")
        ),
        sa.ForeignKeyConstraint(["pack_id"], ["board_pack.id"], name=op.f("fk_pack_part_pack_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_part")),
    )
    for column in ("township_id", "pack_id"):
        op.create_index(op.f(f"ix_pack_part_{column}"), "pack_part", [column])


def downgrade() -> None:
    op.drop_table("pack_part")
