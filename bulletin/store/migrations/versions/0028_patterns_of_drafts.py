"""A draft knows the earlier notice that it began with; an edition keeps the digest of what it says.

Editions of before have no digest: they are found to say the same only as last period's of their own
village. The way back forgets both.

Revision: 0028
After: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

DIGESTS = "ix_edition_township_id_text_digest"


def upgrade() -> None:
    op.create_table(
        "edition_pattern",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("source_code", sa.String(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("pattern", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_pattern_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_edition_pattern_township_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_edition_pattern")),
    )
    for column in ("source_code", "township_id"):
        op.create_index(op.f(f"ix_edition_pattern_{column}"), "edition_pattern", [column])
    with op.batch_alter_table("edition") as edition:
        edition.add_column(sa.Column("text_digest", sa.String(), nullable=True))
    op.create_index(op.f(DIGESTS), "edition", ["township_id", "text_digest"])


def downgrade() -> None:
    op.drop_index(op.f(DIGESTS), "edition")
    with op.batch_alter_table("edition") as edition:
        edition.drop_column("text_digest")
    op.drop_table("edition_pattern")
