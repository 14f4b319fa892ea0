"""What was not applicable for a while stays so for the days in between.

Of what was taken back before this release the history knows the days and who said it, and no
reason. The way back forgets the spans.

Revision: 0020
After: 0019
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OF_DUTY = re.compile(r"duty (\d+)")


def upgrade() -> None:
    spans = op.create_table(
        "not_applicable_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=True),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["township_id"], ["township.id"]),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"]),
        sa.ForeignKeyConstraint(["declared_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_not_applicable_span_township_id", "not_applicable_span", ["township_id"])
    op.create_index("ix_not_applicable_span_duty_id", "not_applicable_span", ["duty_id"])
    rows = _spans_of_history(op.get_bind())
    if rows:
        op.bulk_insert(spans, rows)


def downgrade() -> None:
    op.drop_table("not_applicable_span")


def _spans_of_history(connection: sa.Connection) -> list[dict[str, Any]]:
    """Each time that somebody declared a duty not applicable and took it back."""
    history = sa.table(
        "history_entry",
        *(sa.column(name) for name in ("number", "township_id", "actor_id", "act", "subject")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    told = connection.execute(
        sa.select(history)
        .where(history.c.act.in_(["not_applicable", "owe_again"]))
        .order_by(history.c.number)
    )
    duties, people = _ids(connection, "duty"), _ids(connection, "person")
    begun: dict[int, Any] = {}
    rows = []
    for entry in told:
        match = OF_DUTY.fullmatch(entry.subject)
        duty_id = int(match[1]) if match else None
        if duty_id not in duties:
            continue
        if entry.act == "not_applicable":
            begun[duty_id] = entry
        elif (first := begun.pop(duty_id, None)) is not None:
            rows.append(
                {
                    "township_id": first.township_id,
                    "duty_id": duty_id,
                    "reason": "",
                    "declared_by": first.actor_id if first.actor_id in people else None,
                    "from_at": first.at,
                    "until_at": entry.at,
                }
            )
    return rows


def _ids(connection: sa.Connection, table: str) -> set[int]:
    return set(connection.scalars(sa.select(sa.column("id")).select_from(sa.table(table))))
