"""Board packs: what is bound in the background, and how far it is.

The previous release runs against this: it ignores the new table. The way back drops it.

Revision: 0011
After: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATES = ("running", "done", "cancelled", "failed")


def _points_to(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_board_pack_{column}"))


def upgrade() -> None:
    state = sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "board_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("only_new", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("pdf", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        _points_to("township_id", "township"),
        _points_to("board_id", "board"),
        _points_to("village_id", "village"),
        _points_to("asked_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_pack")),
    )
    for column in ("township_id", "asked_by"):
        op.create_index(op.f(f"ix_board_pack_{column}"), "board_pack", [column])


def downgrade() -> None:
    op.drop_table("board_pack")
