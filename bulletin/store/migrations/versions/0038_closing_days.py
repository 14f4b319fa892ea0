"""What closed lately is found in a township with all its villages.

Revision: 0038
After: 0037
"""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

INDEX = "ix_edition_township_id_closes_on"


def upgrade() -> None:
    op.create_index(op.f(INDEX), "edition", ["township_id", "closes_on"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), table_name="edition")
