"""Open duties are counted without being read, and what was forced is found at once.

Revision: 0046
After: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

UNANSWERED = ["township_id", "answered_at", "due_on", "village_id", "from_village_id"]
APPLIES = sa.text("not_applicable_reason = ''")


def upgrade() -> None:
    op.drop_index(op.f("ix_duty_township_id_answered_at_due_on"), table_name="duty")
    op.create_index(
        "ix_duty_unanswered", "duty", UNANSWERED, sqlite_where=APPLIES, postgresql_where=APPLIES
    )
    op.create_index(op.f("ix_duty_not_applicable_at"), "duty", ["not_applicable_at"])
    op.create_index(op.f("ix_edition_forced_endorsed_at"), "edition", ["forced", "endorsed_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_edition_forced_endorsed_at"), table_name="edition")
    op.drop_index(op.f("ix_duty_not_applicable_at"), table_name="duty")
    op.drop_index("ix_duty_unanswered", table_name="duty")
    op.create_index(
        op.f("ix_duty_township_id_answered_at_due_on"),
        "duty",
        ["township_id", "answered_at", "due_on"],
    )
