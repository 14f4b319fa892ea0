"""Who answers for what in a township, which department reports for which item, what came in, who was reminded.

The way back drops them: what they hold is lost.

Revision: 0061
After: 0060
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

SEATS = ("head", "deputy", "member", "office")
WAYS = ("phone", "sms", "chat", "in_person")
INDEXES = {
    "responsibility": ("township_id", "from_on"),
    "department": ("township_id",),
    "reporting_task": ("township_id", "item_code"),
    "reported_material": ("township_id", "item_code", "occasion"),
    "reporting_reminder": ("township_id", "item_code", "occasion"),
}


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _table(name: str, links: dict[str, str], *columns: sa.Column[Any]) -> None:
    """A table with the ids of other tables in some of its columns."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        *columns,
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, table in {"township_id": "township", **links}.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    indexed = INDEXES[name]
    op.create_index(op.f(f"ix_{name}_{'_'.join(indexed)}"), name, list(indexed))


def _words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _link(name: str, *, always: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=not always)


def _day(name: str, *, always: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=not always)


def _entered() -> list[sa.Column[Any]]:
    moment = sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False)
    return [moment, _link("entered_by")]


def upgrade() -> None:
    _table(
        "responsibility",
        {"person_id": "person", "village_id": "village", "entered_by": "person"},
        sa.Column("seat", _choice("lead_seat", SEATS), nullable=False),
        _link("person_id"),
        *_words("name", "post", "covers"),
        _link("village_id"),
        _day("from_on", always=True),
        _day("until_on"),
        *_entered(),
    )
    _table("department", {}, *_words("name", "contact", "phone"), _day("closed_on"))
    _table(
        "reporting_task",
        {"department_id": "department", "entered_by": "person"},
        *_words("item_code"),
        _link("department_id", always=True),
        sa.Column("days_before", sa.Integer(), nullable=False),
        _day("from_on", always=True),
        _day("until_on"),
        *_entered(),
    )
    _table(
        "reported_material",
        {"department_id": "department", "entered_by": "person"},
        *_words("item_code", "occasion"),
        _link("department_id", always=True),
        _day("reported_on", always=True),
        *_entered(),
        *_words("void_reason"),
    )
    _table(
        "reporting_reminder",
        {"department_id": "department", "person_id": "person"},
        *_words("item_code", "occasion"),
        _link("department_id", always=True),
        sa.Column("way", _choice("reminder_way", WAYS), nullable=False),
        *_words("text"),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        _link("person_id"),
    )


def downgrade() -> None:
    for name in reversed(INDEXES):
        op.drop_table(name)
