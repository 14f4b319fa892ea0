"""A year of the township's ledgers can be closed; numbered sheets serve while the site is out.

The way back drops both; the sealed tables and minutes stay files that no record names.

Revision: 0060
After: 0059
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

LEDGERS = ("requests", "registers", "notices")
STATES = ("blank", "used", "spoiled", "missing")
MATTERS = ("request", "register", "question", "posting", "other")


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _links(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    ]


def upgrade() -> None:
    op.create_table(
        "year_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("ledger", _choice("ledger_kind", LEDGERS), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sealed_table", sa.String(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("signers", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        *_links("year_closing", township_id="township", closed_by="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_closing")),
        sa.UniqueConstraint(
            *("township_id", "ledger", "year"),
            name=op.f("uq_year_closing_township_id_ledger_year"),
        ),
    )
    op.create_index(op.f("ix_year_closing_township_id"), "year_closing", ["township_id"])
    _emergency_sheets()


def _emergency_sheets() -> None:
    op.create_table(
        "emergency_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_by", sa.Integer(), nullable=True),
        sa.Column("state", _choice("emergency_state", STATES), nullable=False),
        sa.Column("matter", _choice("sheet_matter", MATTERS), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("entered_as", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        *_links(
            "emergency_sheet", township_id="township", printed_by="person", settled_by="person"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_sheet")),
        sa.UniqueConstraint(
            "township_id", "number", name=op.f("uq_emergency_sheet_township_id_number")
        ),
    )
    op.create_index(op.f("ix_emergency_sheet_township_id"), "emergency_sheet", ["township_id"])


def downgrade() -> None:
    op.drop_table("emergency_sheet")
    op.drop_table("year_closing")
