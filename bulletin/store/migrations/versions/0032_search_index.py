"""The index of the search, and from when on each duty is answered.

The index is filled when all migrations are through (`schema.upgrade`), by the rule of the release that runs them.
What the previous release writes after this is not found, and what it publishes stays owed in the lists: stop it
before. The way back drops both.

Revision: 0032
After: 0031
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import OperationalError

from bulletin.domain.errors import Misconfigured

revision = "0032"
down_revision = "0031"
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


ANSWERED = """
    UPDATE duty SET answered_at = (
        SELECT min(CASE WHEN edition.state IN ('scheduled', 'published') AND NOT EXISTS (
            SELECT 1 FROM edition AS newer WHERE newer.notice_id = edition.notice_id
            AND newer.number >= edition.number AND newer.state = 'taken_down'
        ) THEN edition.publish_at END)
        FROM notice_duty JOIN edition ON edition.notice_id = notice_duty.notice_id
        WHERE notice_duty.duty_id = duty.id
    )
"""


def upgrade() -> None:
    op.add_column("duty", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(ANSWERED)
    op.create_index(
        op.f("ix_duty_township_id_answered_at_due_on"),
        "duty",
        ["township_id", "answered_at", "due_on"],
    )
    _create_search_index()


def _create_search_index() -> None:
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
    op.drop_index(op.f("ix_duty_township_id_answered_at_due_on"), "duty")
    with op.batch_alter_table("duty") as duty:
        duty.drop_column("answered_at")
