"""Invitations; names and publishers of villages that were renamed or merged.

The previous release does not know of publishers that sign no more: stop it before a village is renamed or
merged. The way back forgets invitations and former names; it fails where two publishers of a village
are of one kind, because their numbers could not be told apart.

Revision: 0035
After: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

OLD_KEY = "uq_publisher_township_id_village_id_kind"
KEY = "ix_publisher_signing"
SIGNING = sa.text("until_on IS NULL")


def upgrade() -> None:
    _create_invitations()
    _create_former_names()
    with op.batch_alter_table("publisher") as publisher:
        publisher.add_column(sa.Column("until_on", sa.Date(), nullable=True))
        publisher.drop_constraint(op.f(OLD_KEY), type_="unique")
    op.create_index(
        op.f(KEY),
        "publisher",
        ["township_id", "village_id", "kind"],
        unique=True,
        sqlite_where=SIGNING,
        postgresql_where=SIGNING,
    )
    with op.batch_alter_table("duty") as duty:
        duty.add_column(sa.Column("from_village_id", sa.Integer(), nullable=True))
        duty.create_foreign_key(
            op.f("fk_duty_from_village_id"), "village", ["from_village_id"], ["id"]
        )


def _create_invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_invitation_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    for column in ("person_id", "township_id"):
        op.create_index(op.f(f"ix_invitation_{column}"), "invitation", [column])


def _create_former_names() -> None:
    op.create_table(
        "former_village_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_former_village_name_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_former_village_name_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_village_name")),
    )
    for column in ("township_id", "village_id"):
        op.create_index(op.f(f"ix_former_village_name_{column}"), "former_village_name", [column])


def downgrade() -> None:
    with op.batch_alter_table("duty") as duty:
        duty.drop_constraint(op.f("fk_duty_from_village_id"), type_="foreignkey")
        duty.drop_column("from_village_id")
    op.drop_index(op.f(KEY), "publisher")
    with op.batch_alter_table("publisher") as publisher:
        publisher.drop_column("until_on")
        publisher.create_unique_constraint(op.f(OLD_KEY), ["township_id", "village_id", "kind"])
    for table in ("former_village_name", "invitation"):
        op.drop_table(table)
