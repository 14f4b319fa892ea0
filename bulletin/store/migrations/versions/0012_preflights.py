"""What preflight found in an edition's sheet, so that it looks once.

The previous release runs against this: it ignores the new table. The way back drops it.

Revision: 0012
After: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _points_to(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_preflight_{column}"))


def upgrade() -> None:
    op.create_table(
        "preflight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("look", sa.String(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        _points_to("township_id", "township"),
        _points_to("edition_id", "edition"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preflight")),
        sa.UniqueConstraint(
            "edition_id", "paper", "look", name=op.f("uq_preflight_edition_id_paper_look")
        ),
    )
    op.create_index(op.f("ix_preflight_township_id"), "preflight", ["township_id"])


def downgrade() -> None:
    op.drop_table("preflight")
