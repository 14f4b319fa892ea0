"""A private calendar address for each person who asks for one.

The way back forgets the addresses: phones that subscribed to them find nothing.

Revision: 0008
After: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("calendar_token", sa.String(), nullable=True))
        person.create_unique_constraint(op.f("uq_person_calendar_token"), ["calendar_token"])


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.drop_constraint(op.f("uq_person_calendar_token"), type_="unique")
        person.drop_column("calendar_token")
