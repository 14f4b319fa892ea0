"""A county has an annual report of its own: rows without a township.

A release before it takes a report without a township for a forged one (`bulletin verify`) and can't write it into the
plain-file copy: the oldest release that works on these tables is this one.
The way back drops the county's reports, with what was issued of them.

Revision: 0073
After: 0072
"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

TABLES = ("annual_report", "annual_report_edition", "report_remark", "earlier_report")
ONCE = {"annual_report": ("year",), "annual_report_edition": ("year", "number")}


def upgrade() -> None:
    _township(nullable=True)
    of_county = sa.text("township_id IS NULL")
    for table, columns in ONCE.items():
        op.create_index(
            _name(table),
            table,
            columns,
            unique=True,
            sqlite_where=of_county,
            postgresql_where=of_county,
        )
    _oldest_release(revision)


def downgrade() -> None:
    for table in ONCE:
        op.drop_index(_name(table), table_name=table)
    for table in TABLES:
        township_id: sa.ColumnClause[int] = sa.column("township_id")
        op.execute(sa.delete(sa.table(table, township_id)).where(township_id.is_(None)))
    _township(nullable=False)
    _oldest_release("0068")


def _name(table: str) -> str:
    return op.f(f"uq_{table}_of_county")


def _oldest_release(named: str) -> None:
    column: sa.ColumnClause[str] = sa.column("revision")
    op.execute(sa.update(sa.table("oldest_release", column)).values(revision=named))


def _township(*, nullable: bool) -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as rows:
            rows.alter_column("township_id", existing_type=sa.Integer(), nullable=nullable)
