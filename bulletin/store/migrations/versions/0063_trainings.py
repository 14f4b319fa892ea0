"""Trainings and publicity are recorded, with their material.

The way back drops them: what they hold is lost.

Revision: 0063
After: 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def _links(name: str, links: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
        for column, table in links.items()
    ]


def upgrade() -> None:
    kind = sa.Enum(
        *("training", "publicity"),
        name="training_kind",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("handouts", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        *_links("training", {"township_id": "township", "entered_by": "person"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
    )
    op.create_index(op.f("ix_training_township_id"), "training", ["township_id"])
    name = "ix_training_township_id_held_on"
    op.create_index(op.f(name), "training", ["township_id", "held_on"])
    op.create_table(
        "training_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        *_links("training_material", {"township_id": "township", "training_id": "training"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_material")),
    )
    for column in ("township_id", "training_id"):
        op.create_index(op.f(f"ix_training_material_{column}"), "training_material", [column])


def downgrade() -> None:
    op.drop_table("training_material")
    op.drop_table("training")
