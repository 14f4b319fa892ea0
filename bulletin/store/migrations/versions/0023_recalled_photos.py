"""Photographs of recalled papers, and which way a printed sheet lies.

The previous release runs against this: it ignores the new table and column. The way back drops them.

Revision: 0023
After: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recalled_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("destroyed", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_recalled_photo_{column}_{target[:-3]}")
            )
            for column, target in (
                ("township_id", "township.id"),
                ("notice_id", "notice.id"),
                ("settled_by", "person.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalled_photo")),
    )
    for column in ("township_id", "notice_id"):
        op.create_index(
            op.f(f"ix_recalled_photo_{column}"), "recalled_photo", [column], unique=False
        )
    with op.batch_alter_table("print_run") as print_run:
        print_run.add_column(sa.Column("flipped", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("print_run") as print_run:
        print_run.drop_column("flipped")
    op.drop_table("recalled_photo")
