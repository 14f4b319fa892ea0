"""Outlets besides board and page, what was sent to them, which notice explains which, and 属性认定.

The way back forgets them; what was found not to be disclosed stays 不适用 with its reason.

Revision: 0034
After: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ATTRIBUTES = ("open", "on_request", "withheld")
KINDS = ("website", "media", "chat", "broadcast")


def upgrade() -> None:
    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_outlet_township_id")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_outlet_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
    )
    for column in ("township_id", "village_id"):
        op.create_index(op.f(f"ix_outlet_{column}"), "outlet", [column])
    _create_sending()
    _create_policy_link()
    _create_attribute_finding()


def _create_sending() -> None:
    links = {
        "township_id": "township",
        "edition_id": "edition",
        "outlet_id": "outlet",
        "person_id": "person",
        "removed_by": "person",
    }
    op.create_table(
        "sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_sending_{column}"))
            for column, table in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
    )
    for column in ("township_id", "edition_id", "outlet_id"):
        op.create_index(op.f(f"ix_sending_{column}"), "sending", [column])


def _create_policy_link() -> None:
    links = {
        "explaining_id": "notice",
        "explained_id": "notice",
        "township_id": "township",
        "linked_by": "person",
    }
    op.create_table(
        "policy_link",
        sa.Column("explaining_id", sa.Integer(), nullable=False),
        sa.Column("explained_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_policy_link_{column}")
            )
            for column, table in links.items()
        ),
        sa.PrimaryKeyConstraint("explaining_id", "explained_id", name=op.f("pk_policy_link")),
    )
    for column in ("explained_id", "township_id"):
        op.create_index(op.f(f"ix_policy_link_{column}"), "policy_link", [column])


def _create_attribute_finding() -> None:
    links = {
        "township_id": "township",
        "duty_id": "duty",
        "proposed_by": "person",
        "decided_by": "person",
    }
    attribute = sa.Enum(
        *ATTRIBUTES, name="attribute", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "attribute_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("attribute", attribute, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_by_name", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_by_name", sa.String(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("decision_reason", sa.String(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_attribute_finding_{column}")
            )
            for column, table in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute_finding")),
    )
    for column in ("duty_id", "township_id"):
        op.create_index(op.f(f"ix_attribute_finding_{column}"), "attribute_finding", [column])


def downgrade() -> None:
    op.drop_table("attribute_finding")
    op.drop_table("policy_link")
    op.drop_table("sending")
    op.drop_table("outlet")
