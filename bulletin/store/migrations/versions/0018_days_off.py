"""What ends on a day off ends on the next work day (民法典第二百零三条), unless a township says no.

Duties get a cause more for a day counted anew; editions keep why they close on their day. What is
out keeps its last day: an edition of before has nothing there. The previous release does not know
the cause: it cannot read such a change, so the way back drops what it was before.

Revision: 0018
After: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = ("holidays", "adoption", "event")
AFTER = (*BEFORE, "days_off")


def upgrade() -> None:
    _allow(AFTER, instead_of=BEFORE)
    with op.batch_alter_table("township") as township:
        township.add_column(
            sa.Column("moves_ends", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("township") as township:
        township.alter_column("moves_ends", server_default=None)
    with op.batch_alter_table("edition") as edition:
        edition.add_column(sa.Column("closing", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("edition") as edition:
        edition.alter_column("closing", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("edition") as edition:
        edition.drop_column("closing")
    with op.batch_alter_table("township") as township:
        township.drop_column("moves_ends")
    op.execute("DELETE FROM due_day_change WHERE cause = 'days_off'")
    _allow(BEFORE, instead_of=AFTER)


def _allow(causes: tuple[str, ...], *, instead_of: tuple[str, ...]) -> None:
    name = op.f("ck_due_day_change_recount_cause")
    with op.batch_alter_table("due_day_change", copy_from=_table(instead_of)) as changes:
        changes.drop_constraint(name, type_="check")
        changes.create_check_constraint(name, _one_of(causes))


def _one_of(causes: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.column("cause").in_(sa.literal_column(f"'{cause}'") for cause in causes)


def _table(causes: tuple[str, ...]) -> sa.Table:
    """The table as it stands: SQLite alters a CHECK by copying, and does not tell what it had."""
    return sa.Table(
        "due_day_change",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(32), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reckoning", sa.JSON(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_one_of(causes), name=op.f("ck_due_day_change_recount_cause")),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_due_day_change_{table}_id")
            )
            for table in ("adoption", "duty", "township")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_day_change")),
        *(
            sa.Index(op.f(f"ix_due_day_change_{column}"), column)
            for column in ("township_id", "duty_id")
        ),
    )
