"""Loudspeakers air at slots, each notice as often as is wanted; an airing says its slot, its length and how often.

What was aired before has neither slot nor length. The way back keeps each airing as a sending and forgets the slots.

Revision: 0050
After: 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_AIRED = """
    INSERT INTO airing (sending_id, township_id, slot, reason, corrected_by)
    SELECT sending.id, sending.township_id, '', '', ''
    FROM sending JOIN outlet ON outlet.id = sending.outlet_id
    WHERE outlet.kind = 'broadcast'
"""


def upgrade() -> None:
    links = {"township_id": "township", "outlet_id": "outlet", "person_id": "person"}
    op.create_table(
        "airing_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slots", sa.String(), nullable=False),
        sa.Column("airings", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_airing_plan_{column}")
            )
            for column, table in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_airing_plan")),
    )
    for column in ("township_id", "outlet_id"):
        op.create_index(op.f(f"ix_airing_plan_{column}"), "airing_plan", [column])
    _create_airing()
    op.execute(_AIRED)


def _create_airing() -> None:
    links = {"sending_id": "sending", "township_id": "township", "replaced_by_id": "sending"}
    op.create_table(
        "airing",
        sa.Column("sending_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_airing_{column}"))
            for column, table in links.items()
        ),
        sa.PrimaryKeyConstraint("sending_id", name=op.f("pk_airing")),
    )
    op.create_index(op.f("ix_airing_township_id"), "airing", ["township_id"])


def downgrade() -> None:
    op.drop_table("airing")
    op.drop_table("airing_plan")
