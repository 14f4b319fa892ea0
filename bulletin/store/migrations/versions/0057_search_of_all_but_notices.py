"""On PostgreSQL what is no notice has an index of its own words: it was sought among those of all notices.

Revision: 0057
After: 0056
"""

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

NAME = "ix_search_index_words_others"
FIRST = 2 * 2**40  # of the rows that are no notices


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE INDEX {NAME} ON search_index USING gin (words) "
            f"WITH (fastupdate = off) WHERE rowid >= {FIRST}"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP INDEX {NAME}")
