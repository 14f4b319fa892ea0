"""What the township issued, decided, collected and was sued for has registers.

The way back drops them: what they hold is lost.

Revision: 0055
After: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

KINDS = (
    *("document", "licence", "penalty", "coercion", "fee"),
    *("reconsideration", "lawsuit_direct", "lawsuit_after"),
)
RESULTS = ("upheld", "corrected", "other")


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    links = {"township_id": "township", "entered_by": "person"}
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("register_kind", KINDS), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("result", _choice("case_result", RESULTS), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_register_entry_{column}")
            )
            for column, table in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
    )
    op.create_index(op.f("ix_register_entry_township_id"), "register_entry", ["township_id"])
    op.create_index(
        op.f("ix_register_entry_township_id_kind_on_day"),
        "register_entry",
        ["township_id", "kind", "on_day"],
    )


def downgrade() -> None:
    op.drop_table("register_entry")
