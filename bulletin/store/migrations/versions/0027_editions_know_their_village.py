"""An edition knows its village, so that residents' lists find a page of notices by an index.

The previous release, still running, would start editions without a village, which stand in no list:
stop it before. The way back drops the column.

Revision: 0027
After: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_edition_township_id_village_id_publish_at", "publish_at"),
    ("ix_edition_township_id_village_id_closes_on", "closes_on"),
)


def upgrade() -> None:
    with op.batch_alter_table("edition") as edition:
        edition.add_column(sa.Column("village_id", sa.Integer(), nullable=True))
        edition.create_foreign_key(op.f("fk_edition_village_id"), "village", ["village_id"], ["id"])
    op.execute(
        "UPDATE edition SET village_id = "
        "(SELECT notice.village_id FROM notice WHERE notice.id = edition.notice_id)"
    )
    for name, column in INDEXES:
        op.create_index(op.f(name), "edition", ["township_id", "village_id", column])


def downgrade() -> None:
    for name, _column in INDEXES:
        op.drop_index(op.f(name), "edition")
    with op.batch_alter_table("edition") as edition:
        edition.drop_constraint(op.f("fk_edition_village_id"), type_="foreignkey")
        edition.drop_column("village_id")
