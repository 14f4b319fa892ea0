"""Minutes of a closed year come back signed, as photos; emergency sheets are printed for a village, too.

The way back drops both: photos stay files that no record names, and sheets are the office's.

Revision: 0071
After: 0070
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

LINKS = {"township_id": "township", "closing_id": "year_closing", "added_by": "person"}
OF_VILLAGE = "fk_emergency_sheet_village_id"


def upgrade() -> None:
    op.create_table(
        "closing_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("closing_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_closing_scan_{column}")
            )
            for column, target in LINKS.items()
        ),
        sa.UniqueConstraint("closing_id", "digest", name=op.f("uq_closing_scan_closing_id_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_scan")),
    )
    op.create_index(op.f("ix_closing_scan_township_id"), "closing_scan", ["township_id"])
    with op.batch_alter_table("emergency_sheet") as table:
        table.add_column(sa.Column("village_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(OF_VILLAGE), "village", ["village_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("emergency_sheet") as table:
        table.drop_constraint(op.f(OF_VILLAGE), type_="foreignkey")
        table.drop_column("village_id")
    op.drop_table("closing_scan")
