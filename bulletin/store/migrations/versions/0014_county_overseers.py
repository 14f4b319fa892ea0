"""County overseers: one more role, which no township gives.

The previous release does not know the role: end such appointments before going back to it. The way
back drops them.

Revision: 0014
After: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE = (
    "liaison", "supervisor", "village_head", "screener", "approver", "overseer", "administrator",
)  # fmt: skip
AFTER = (*BEFORE, "county_overseer")


def upgrade() -> None:
    _allow(AFTER, instead_of=BEFORE)


def downgrade() -> None:
    op.execute("DELETE FROM appointment WHERE role = 'county_overseer'")
    _allow(BEFORE, instead_of=AFTER)


def _allow(roles: tuple[str, ...], *, instead_of: tuple[str, ...]) -> None:
    name = op.f("ck_appointment_role")
    with op.batch_alter_table("appointment", copy_from=_table(instead_of)) as appointment:
        appointment.drop_constraint(name, type_="check")
        appointment.create_check_constraint(name, _one_of(roles))


def _one_of(roles: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.column("role").in_(sa.literal_column(f"'{role}'") for role in roles)


def _table(roles: tuple[str, ...]) -> sa.Table:
    """The table as it stands: SQLite alters a CHECK by copying, and does not tell what it had."""
    return sa.Table(
        "appointment",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(_one_of(roles), name=op.f("ck_appointment_role")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_appointment_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_appointment_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "person_id", "role", "village_id", "from_on",
            name=op.f("uq_appointment_person_id_role_village_id_from_on"),
        ),
        *(
            sa.Index(op.f(f"ix_appointment_{column}"), column)
            for column in ("person_id", "township_id", "village_id")
        ),
    )  # fmt: skip
