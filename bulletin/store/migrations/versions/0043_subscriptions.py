"""Readers subscribe: their addresses, what they want to hear of, and what they have still to be told.

The way back forgets all readers.

Revision: 0043
After: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

GROUPS = ("party", "government", "affairs", "finance", "collective")


def _keys(table: str, columns: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]


def upgrade() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("confirm_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirm_on", sa.Date(), nullable=True),
        sa.Column("confirm_sent", sa.Integer(), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("mail", name=op.f("uq_subscriber_mail")),
        sa.UniqueConstraint("token", name=op.f("uq_subscriber_token")),
    )
    group = sa.Enum(
        *GROUPS, name="subscription_group", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("with_villages", sa.Boolean(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("group", group, nullable=True),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        *_keys(
            "subscription",
            {
                "township_id": "township",
                "village_id": "village",
                "subscriber_id": "subscriber",
                "matter_id": "matter",
            },
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    for column in ("township_id", "subscriber_id", "asked_at"):
        op.create_index(op.f(f"ix_subscription_{column}"), "subscription", [column])
    op.create_table(
        "subscription_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        *_keys(
            "subscription_news",
            {
                "township_id": "township",
                "subscription_id": "subscription",
                "notice_id": "notice",
            },
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_news")),
        sa.UniqueConstraint(
            "subscription_id",
            "notice_id",
            name=op.f("uq_subscription_news_subscription_id_notice_id"),
        ),
    )
    op.create_index(op.f("ix_subscription_news_township_id"), "subscription_news", ["township_id"])
    op.create_table(
        "subscription_sweep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_sweep")),
    )


def downgrade() -> None:
    op.drop_table("subscription_sweep")
    op.drop_table("subscription_news")
    op.drop_table("subscription")
    op.drop_table("subscriber")
