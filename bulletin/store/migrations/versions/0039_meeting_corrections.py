"""The record of a meeting can be corrected and withdrawn, with what it said before.

The way back forgets what was corrected; a record that was withdrawn goes with its decisions.

Revision: 0039
After: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(
            sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("meeting") as meeting:
        meeting.alter_column("withdrawn", server_default=None)
    op.create_table(
        "meeting_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_meeting_correction_{column}")
            )
            for column, table in (
                ("township_id", "township"),
                ("meeting_id", "meeting"),
                ("corrected_by", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_correction")),
    )
    for column in ("township_id", "meeting_id"):
        op.create_index(op.f(f"ix_meeting_correction_{column}"), "meeting_correction", [column])


def downgrade() -> None:
    op.drop_table("meeting_correction")
    op.execute(
        "DELETE FROM meeting_decision WHERE meeting_id IN (SELECT id FROM meeting WHERE withdrawn)"
    )
    op.execute("DELETE FROM meeting WHERE withdrawn")
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("withdrawn")
