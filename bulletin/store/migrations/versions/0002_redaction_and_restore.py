"""Redaction, codes on paper that a restored register does not know, clearances of just these words.

The previous release runs against this: it ignores the new columns and table. The way back drops them.

Revision: 0002
After: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("edition") as edition:
        edition.add_column(sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True))
        edition.add_column(sa.Column("redacted_by", sa.Integer(), nullable=True))
        edition.add_column(
            sa.Column("redaction_reason", sa.String(), nullable=False, server_default="")
        )
        edition.create_foreign_key(
            op.f("fk_edition_redacted_by"), "person", ["redacted_by"], ["id"]
        )
    with op.batch_alter_table("clearance") as clearance:
        clearance.add_column(sa.Column("source", sa.String(), nullable=False, server_default=""))
        clearance.drop_constraint(op.f("uq_clearance_edition_id_kind_place_masked"), type_="unique")
        clearance.create_unique_constraint(
            op.f("uq_clearance_edition_id_kind_place_masked_source"),
            ["edition_id", "kind", "place", "masked", "source"],
        )
    op.create_table(
        "lost_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("digits", sa.String(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publisher.id"], name=op.f("fk_lost_code_publisher_id")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_lost_code")),
        sa.UniqueConstraint("digits", name=op.f("uq_lost_code_digits")),
    )


def downgrade() -> None:
    op.drop_table("lost_code")
    # A clearance of the newer kind covers less than the older one says: it is asked for again.
    op.execute("DELETE FROM clearance")
    with op.batch_alter_table("clearance") as clearance:
        clearance.drop_constraint(
            op.f("uq_clearance_edition_id_kind_place_masked_source"), type_="unique"
        )
        clearance.create_unique_constraint(
            op.f("uq_clearance_edition_id_kind_place_masked"),
            ["edition_id", "kind", "place", "masked"],
        )
        clearance.drop_column("source")
    with op.batch_alter_table("edition") as edition:
        edition.drop_constraint(op.f("fk_edition_redacted_by"), type_="foreignkey")
        edition.drop_column("redaction_reason")
        edition.drop_column("redacted_by")
        edition.drop_column("redacted_at")
