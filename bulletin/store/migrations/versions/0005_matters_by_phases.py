"""A matter keeps the phases that it was opened with; a duty says which of them it is.

Matters of earlier releases keep no phases: theirs are the events of their item, in the order of
their duties. The way back forgets kind and phases.

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("matter") as matter:
        matter.add_column(sa.Column("kind", sa.String(), nullable=False, server_default=""))
        matter.add_column(sa.Column("phases", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("matter") as matter:
        matter.alter_column("kind", server_default=None)
        matter.alter_column("phases", server_default=None)
    with op.batch_alter_table("duty") as duty:
        duty.add_column(sa.Column("step", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE duty SET step = (SELECT COUNT(*) FROM duty AS earlier"
        " WHERE earlier.matter_id = duty.matter_id AND earlier.id < duty.id)"
        " WHERE matter_id IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("duty") as duty:
        duty.drop_column("step")
    with op.batch_alter_table("matter") as matter:
        matter.drop_column("phases")
        matter.drop_column("kind")
