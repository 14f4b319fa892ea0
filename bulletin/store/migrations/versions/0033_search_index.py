"""The index of the search: tokens of every notice, duty, matter, village and person.

It is filled when all migrations are through (`schema.upgrade`), by the rule of the release that runs them. The
previous release runs against this, but what it writes is found only after the next upgrade. The way back drops it.

Revision: 0033
After: 0027
"""

from alembic import op
from sqlalchemy.exc import OperationalError

from bulletin.domain.errors import Misconfigured

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

# Tokens come parted by blanks; detail=none keeps which rows have one, not where in them.
FTS5 = (
    "CREATE VIRTUAL TABLE search_index USING fts5"
    "(words, tokenize = 'ascii', detail = none, columnsize = 0)"
)
TABLE = "CREATE TABLE search_index (rowid bigint PRIMARY KEY, words tsvector NOT NULL)"
SORTED = (
    "CREATE INDEX ix_search_index_words ON search_index USING gin (words) WITH (fastupdate = off)"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(TABLE)
        op.execute(SORTED)
        return
    try:
        op.execute(FTS5)
    except OperationalError as fault:
        if "no such module" not in str(fault):
            raise
        raise Misconfigured(
            "this Python's SQLite lacks FTS5, by which notices are found: use the Python of the "
            "system or of python.org, or PostgreSQL (database_url)"
        ) from fault


def downgrade() -> None:
    op.execute("DROP TABLE search_index")
