"""Outlets besides board and page, and what was sent to them.

The way back forgets both.

Revision: 0036
After: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0029"
branch_labels = None
depends_on = None

KINDS = ("website", "media", "chat", "broadcast")


def upgrade() -> None:
    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_outlet_township_id")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_outlet_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
    )
    for column in ("township_id", "village_id"):
        op.create_index(op.f(f"ix_outlet_{column}"), "outlet", [column])
    _create_sending()


def _create_sending() -> None:
    links = {
        "township_id": "township",
        "edition_id": "edition",
        "outlet_id": "outlet",
        "person_id": "person",
        "removed_by": "person",
    }
    op.create_table(
        "sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_sending_{column}"))
            for column, table in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
    )
    for column in ("township_id", "edition_id", "outlet_id"):
        op.create_index(op.f(f"ix_sending_{column}"), "sending", [column])


def downgrade() -> None:
    op.drop_table("sending")
    op.drop_table("outlet")
