"""Sums that are explained, how many people a village has, and how its ledgers are headed.

The way back forgets them; what was explained stands in the text of the notice as well.

Revision: 0029
After: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

HEADS = ("residents", "households")


def upgrade() -> None:
    with op.batch_alter_table("edition") as edition:
        edition.add_column(sa.Column("explained", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("edition") as edition:
        edition.alter_column("explained", server_default=None)
    with op.batch_alter_table("village") as village:
        for column in HEADS:
            village.add_column(sa.Column(column, sa.Integer(), nullable=True))
    op.create_table(
        "ledger_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("heads", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_ledger_mapping_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_ledger_mapping_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_mapping")),
        sa.UniqueConstraint(
            "township_id",
            "village_id",
            "heads",
            name=op.f("uq_ledger_mapping_township_id_village_id_heads"),
        ),
    )
    for column in ("township_id", "village_id"):
        op.create_index(op.f(f"ix_ledger_mapping_{column}"), "ledger_mapping", [column])


def downgrade() -> None:
    for column in ("village_id", "township_id"):
        op.drop_index(op.f(f"ix_ledger_mapping_{column}"), table_name="ledger_mapping")
    op.drop_table("ledger_mapping")
    with op.batch_alter_table("village") as village:
        for column in HEADS:
            village.drop_column(column)
    with op.batch_alter_table("edition") as edition:
        edition.drop_column("explained")
