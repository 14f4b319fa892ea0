"""Files that wait until their person has looked through them, and what was chosen of a workbook.

Revision: 0033
After: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_file",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("notice_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_waiting_file_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_waiting_file_township_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_waiting_file")),
    )
    op.create_index(op.f("ix_waiting_file_township_id"), "waiting_file", ["township_id"])
    op.create_table(
        "chosen_cells",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=True),
        sa.Column("first_column", sa.Integer(), nullable=True),
        sa.Column("last_column", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_chosen_cells_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_chosen_cells_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_cells")),
    )
    op.create_index(
        op.f("ix_chosen_cells_township_id_item_code"), "chosen_cells", ["township_id", "item_code"]
    )


def downgrade() -> None:
    op.drop_table("chosen_cells")
    op.drop_table("waiting_file")
