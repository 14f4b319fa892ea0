"""An edition knows the class of what it is about, so that a village's list of a class is found by an index.

The previous release, still running, would start editions without a class, which stand in no list of one:
stop it before. The way back drops the column.

Revision: 0053
After: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

INDEX = "ix_edition_township_id_village_id_item_group_publish_at"
FILL = "UPDATE edition SET item_group = (SELECT {} FROM notice WHERE notice.id = edition.notice_id)"
FIRST_GROUP = {
    "sqlite": "json_extract(notice.items, '$[0].group')",
    "postgresql": "notice.items -> 0 ->> 'group'",
}


def upgrade() -> None:
    op.add_column("edition", sa.Column("item_group", sa.String(), nullable=True))
    op.execute(FILL.format(FIRST_GROUP[op.get_bind().dialect.name]))
    columns = ["township_id", "village_id", "item_group", "publish_at"]
    op.create_index(op.f(INDEX), "edition", columns)


def downgrade() -> None:
    op.drop_index(op.f(INDEX), "edition")
    with op.batch_alter_table("edition") as edition:
        edition.drop_column("item_group")
