"""What a wrong posting said before it was corrected, and why.

A posting that never was stays as a withdrawn row. The way back drops the corrections, and with
them the rows that nothing would call withdrawn any more.

Revision: 0022
After: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("posting") as posting:
        posting.add_column(
            sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("posting") as posting:
        posting.alter_column("withdrawn", server_default=None)
    op.create_table(
        "posting_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("before_board_id", sa.Integer(), nullable=False),
        sa.Column("before_hung_on", sa.Date(), nullable=False),
        sa.Column("before_down_on", sa.Date(), nullable=True),
        sa.Column("before_hung_photo", sa.String(), nullable=True),
        sa.Column("before_down_photo", sa.String(), nullable=True),
        sa.Column("after_board_id", sa.Integer(), nullable=True),
        sa.Column("after_hung_on", sa.Date(), nullable=True),
        sa.Column("after_down_on", sa.Date(), nullable=True),
        sa.Column("after_hung_photo", sa.String(), nullable=True),
        sa.Column("after_down_photo", sa.String(), nullable=True),
        sa.Column("against_photo", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(after_board_id IS NULL) = (after_hung_on IS NULL)",
            name=op.f("ck_posting_correction_after_is_one_fact"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_posting_correction_{column}_{target[:-3]}")
            )
            for column, target in (
                ("township_id", "township.id"),
                ("posting_id", "posting.id"),
                ("before_board_id", "board.id"),
                ("after_board_id", "board.id"),
                ("corrected_by", "person.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_correction")),
    )
    for column in ("township_id", "posting_id", "before_board_id", "after_board_id"):
        op.create_index(
            op.f(f"ix_posting_correction_{column}"), "posting_correction", [column], unique=False
        )


def downgrade() -> None:
    op.drop_table("posting_correction")
    op.execute(
        "UPDATE receipt SET posting_id = NULL WHERE posting_id IN "
        "(SELECT id FROM posting WHERE withdrawn)"
    )
    op.execute("DELETE FROM posting WHERE withdrawn")
    with op.batch_alter_table("posting") as posting:
        posting.drop_column("withdrawn")
