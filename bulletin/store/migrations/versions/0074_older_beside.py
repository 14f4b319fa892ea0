"""Older releases work beside this one until a county has a report of its own.

0073 shut them out as soon as it ran, so that all machines of a county had to stop for it. Its empty columns trouble
nobody before the first row without a township; that row shuts them out now (`bulletin.store.oldest_release`), and so
does the end of this migration where there is one already.

Revision: 0074
After: 0073
"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _set("0068")


def downgrade() -> None:
    _set("0073")


def _set(named: str) -> None:
    column: sa.ColumnClause[str] = sa.column("revision")
    op.execute(sa.update(sa.table("oldest_release", column)).values(revision=named))
