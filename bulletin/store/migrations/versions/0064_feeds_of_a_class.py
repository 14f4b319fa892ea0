"""What a class has on display or closed lately is found by an index, whatever else its village publishes.

Revision: 0064
After: 0063
"""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

INDEX = "ix_edition_township_id_village_id_item_group_closes_on"


def upgrade() -> None:
    columns = ["township_id", "village_id", "item_group", "closes_on"]
    op.create_index(op.f(INDEX), "edition", columns)


def downgrade() -> None:
    op.drop_index(op.f(INDEX), "edition")
