"""Catalogs imported from files, kept whole, and the files that wait for a person's yes.

The previous release runs against this: it ignores the new tables. The way back drops them; what was
adopted from an import stays with its adoption.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalog_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["person.id"], name=op.f("fk_catalog_import_imported_by")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_catalog_import_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_catalog_import_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_import")),
    )
    for column in ("township_id", "village_id"):
        op.create_index(op.f(f"ix_catalog_import_{column}"), "catalog_import", [column])
    op.create_table(
        "proposed_import",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_proposed_import_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_proposed_import_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_proposed_import_village_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_proposed_import")),
    )
    op.create_index(op.f("ix_proposed_import_township_id"), "proposed_import", ["township_id"])


def downgrade() -> None:
    op.drop_table("proposed_import")
    op.drop_table("catalog_import")
