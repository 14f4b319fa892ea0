"""The annual report of a township is written, explained and issued here; reports of before are brought.

The way back drops what was written and issued.

Revision: 0059
After: 0058
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

TEXT, MOMENT = sa.String(), sa.DateTime(timezone=True)
# By table: its columns besides id, township and year; who did it; what stands there once.
TABLES: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "annual_report": (
        {
            "general": TEXT,
            "problems": TEXT,
            "others": TEXT,
            "version": sa.Integer(),
            "saved_at": MOMENT,
        },
        "saved_by",
        ("township_id", "year"),
    ),
    "annual_report_edition": (
        {
            "number": sa.Integer(),
            "content": sa.JSON(),
            "digest": TEXT,
            "signed_by": TEXT,
            "issued_at": MOMENT,
        },
        "issued_by",
        ("township_id", "year", "number"),
    ),
    "report_remark": (
        {
            "rule": TEXT,
            "cell": TEXT,
            "expected": TEXT,
            "found": TEXT,
            "reason": TEXT,
            "made_at": MOMENT,
        },
        "made_by",
        (),
    ),
    "earlier_report": (
        {"file_name": TEXT, "content": sa.JSON(), "brought_at": MOMENT},
        "brought_by",
        (),
    ),
}


def upgrade() -> None:
    for table, (columns, actor, once) in TABLES.items():
        unique = (
            [sa.UniqueConstraint(*once, name=op.f(f"uq_{table}_{'_'.join(once)}"))] if once else []
        )
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("township_id", sa.Integer(), nullable=False),
            sa.Column("year", sa.Integer(), nullable=False),
            *(sa.Column(name, kind, nullable=False) for name, kind in columns.items()),
            sa.Column(actor, sa.Integer(), nullable=True),
            sa.ForeignKeyConstraint(
                ["township_id"], ["township.id"], name=op.f(f"fk_{table}_township_id")
            ),
            sa.ForeignKeyConstraint([actor], ["person.id"], name=op.f(f"fk_{table}_{actor}")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            *unique,
        )
        op.create_index(op.f(f"ix_{table}_township_id"), table, ["township_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
