"""Wrong passwords are counted by who tries them, and lock no account; people have a phone for colleagues.

The previous release counts on the person again; locks of before are forgotten both ways.

Revision: 0026
After: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_try",
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("side", name=op.f("pk_sign_in_try")),
    )
    for column in ("login", "forgotten_at"):
        op.create_index(op.f(f"ix_sign_in_try_{column}"), "sign_in_try", [column])
    with op.batch_alter_table("person") as person:
        person.drop_column("failures")
        person.drop_column("locked_until")
        person.add_column(sa.Column("phone", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("person") as person:
        person.alter_column("phone", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.drop_column("phone")
        person.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        person.add_column(sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("person") as person:
        person.alter_column("failures", server_default=None)
    op.drop_table("sign_in_try")
