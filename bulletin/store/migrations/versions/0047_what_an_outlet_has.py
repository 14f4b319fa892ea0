"""Whether an outlet has an edition is told by an index.

By the outlet alone each edition looked through everything that was ever sent there: minutes for a township of three
years. The way back gives the edition an index of its own again.

Revision: 0047
After: 0046
"""

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

BOTH, ALONE = "ix_sending_edition_id_outlet_id", "ix_sending_edition_id"


def upgrade() -> None:
    op.drop_index(op.f(ALONE), table_name="sending")
    op.create_index(op.f(BOTH), "sending", ["edition_id", "outlet_id"])


def downgrade() -> None:
    op.drop_index(op.f(BOTH), table_name="sending")
    op.create_index(op.f(ALONE), "sending", ["edition_id"])
