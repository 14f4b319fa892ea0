"""Meetings are recorded, with what they decided.

The way back forgets them; notices that were drafted from them stay.

Revision: 0036
After: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

KINDS = (
    *("branch", "committees", "party_members", "representatives"),
    *("assembly", "households", "group", "joint"),
)


def upgrade() -> None:
    kind = sa.Enum(
        *KINDS, name="meeting_kind", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_meeting_{column}"))
            for column, table in (
                ("township_id", "township"),
                ("village_id", "village"),
                ("recorded_by", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_township_id"), "meeting", ["township_id"])
    op.create_index(
        op.f("ix_meeting_township_id_village_id_held_on"),
        "meeting",
        ["township_id", "village_id", "held_on"],
    )
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_meeting_decision_{column}")
            )
            for column, table in (
                ("township_id", "township"),
                ("meeting_id", "meeting"),
                ("duty_id", "duty"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_decision")),
    )
    for column in ("township_id", "meeting_id"):
        op.create_index(op.f(f"ix_meeting_decision_{column}"), "meeting_decision", [column])


def downgrade() -> None:
    op.drop_table("meeting_decision")
    op.drop_table("meeting")
