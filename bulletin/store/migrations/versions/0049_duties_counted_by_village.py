"""Open duties are counted by village, and all of them by day, without being read.

Revision: 0049
After: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

BY_VILLAGE = ["township_id", "answered_at", "village_id", "due_on"]
APPLIES = sa.text("not_applicable_reason = ''")


def upgrade() -> None:
    op.create_index(
        "ix_duty_unanswered_by_village",
        "duty",
        BY_VILLAGE,
        sqlite_where=APPLIES,
        postgresql_where=APPLIES,
    )
    op.drop_index(op.f("ix_duty_due_on"), table_name="duty")
    op.create_index(op.f("ix_duty_due_on_township_id"), "duty", ["due_on", "township_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_duty_due_on_township_id"), table_name="duty")
    op.create_index(op.f("ix_duty_due_on"), "duty", ["due_on"])
    op.drop_index("ix_duty_unanswered_by_village", table_name="duty")
