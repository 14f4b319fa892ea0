"""Villages check themselves and are inspected; what was found is mended by a day.

The way back drops it: what was found and signed is lost.

Revision: 0058
After: 0057
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

EVERY = ("month", "two_months", "quarter", "half_year", "year")
KINDS = ("self_check", "inspection")
MARKS = ("met", "unmet", "not_applicable")


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _table(
    name: str, *columns: sa.Column[Any], links: dict[str, str], unique: tuple[str, ...] = ()
) -> None:
    """A table with its id, its township, and links to others."""
    links = {"township_id": "township", **links}
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        *columns,
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, table in links.items()
        ),
        *(
            [sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}"))]
            if unique
            else []
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_township_id"), name, ["township_id"])


def _whole(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _table(
        "inspection_regime",
        _day("since_on"),
        sa.Column("every", _choice("inspection_every", EVERY), nullable=False),
        _moment("set_at"),
        _whole("set_by", nullable=True),
        links={"set_by": "person"},
    )
    _table(
        "inspection",
        _whole("village_id"),
        sa.Column("kind", _choice("inspection_kind", KINDS), nullable=False),
        _words("period"),
        _day("due_on"),
        sa.Column("form", sa.JSON(), nullable=False),
        _moment("opened_at"),
        _whole("opened_by", nullable=True),
        _whole("round"),
        _day("round_ended_on", nullable=True),
        _day("signed_on", nullable=True),
        _moment("signed_at", nullable=True),
        _whole("signed_by", nullable=True),
        _words("signer"),
        _words("level"),
        _whole("points"),
        _whole("points_of"),
        links={"village_id": "village", "opened_by": "person", "signed_by": "person"},
        unique=("village_id", "kind", "period"),
    )
    _table(
        "inspection_answer",
        _whole("inspection_id"),
        _whole("round"),
        _words("criterion"),
        sa.Column("mark", _choice("inspection_mark", MARKS), nullable=False),
        _words("words"),
        _words("known"),
        _moment("answered_at"),
        _whole("answered_by", nullable=True),
        links={"inspection_id": "inspection", "answered_by": "person"},
        unique=("inspection_id", "round", "criterion"),
    )
    _table(
        "inspection_finding",
        _whole("village_id"),
        _whole("inspection_id"),
        _words("criterion"),
        _words("words"),
        _day("found_on"),
        _day("first_mend_by"),
        _day("mend_by"),
        _day("reported_on", nullable=True),
        _whole("reported_by", nullable=True),
        _words("report"),
        _day("mended_on", nullable=True),
        _whole("mended_by", nullable=True),
        links={
            "village_id": "village",
            "inspection_id": "inspection",
            "reported_by": "person",
            "mended_by": "person",
        },
    )
    name = "ix_inspection_finding_village_id_mended_on"
    op.create_index(op.f(name), "inspection_finding", ["village_id", "mended_on"])
    name = "ix_inspection_finding_inspection_id"
    op.create_index(op.f(name), "inspection_finding", ["inspection_id"])


def downgrade() -> None:
    for name in ("inspection_finding", "inspection_answer", "inspection", "inspection_regime"):
        op.drop_table(name)
