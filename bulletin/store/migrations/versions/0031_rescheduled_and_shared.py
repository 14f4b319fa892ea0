"""An approved notice may get another moment, and what was sent to a village's chat is kept.

A step of review knows one act more; its steps are found by act, as few are of that kind, and a board's papers by
whether they still hang. The previous
release does not know the act: the way back drops those steps, and with the table what was sent where.

Revision: 0031
After: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

BEFORE = (
    "submit", "examine", "confirm", "screen", "approve", "force", "send_back", "withdraw", "endorse",
    "publish", "correct", "take_down", "cancel",
)  # fmt: skip
AFTER = (*BEFORE, "reschedule")
COLUMNS = ("act", "step")
BY_TOWNSHIP, BY_ACT = "ix_review_step_township_id", "ix_review_step_township_id_act"
BY_BOARD, HANGING = "ix_posting_board_id", "ix_posting_board_id_down_on"


def upgrade() -> None:
    _allow(AFTER)
    op.drop_index(op.f(BY_TOWNSHIP), "review_step")
    op.create_index(op.f(BY_ACT), "review_step", ["township_id", "act"])
    op.drop_index(op.f(BY_BOARD), "posting")
    op.create_index(op.f(HANGING), "posting", ["board_id", "down_on"])
    op.create_table(
        "chat_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_chat_share_{column}_{target[:-3]}")
            )
            for column, target in (
                ("township_id", "township.id"),
                ("edition_id", "edition.id"),
                ("by", "person.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_share")),
    )
    for column in ("township_id", "edition_id"):
        op.create_index(op.f(f"ix_chat_share_{column}"), "chat_share", [column])


def downgrade() -> None:
    op.drop_table("chat_share")
    op.drop_index(op.f(BY_ACT), "review_step")
    op.create_index(op.f(BY_TOWNSHIP), "review_step", ["township_id"])
    op.drop_index(op.f(HANGING), "posting")
    op.create_index(op.f(BY_BOARD), "posting", ["board_id"])
    op.execute("DELETE FROM review_step WHERE act = 'reschedule'")
    _allow(BEFORE)


def _allow(acts: tuple[str, ...]) -> None:
    """SQLite copies the table as it finds it and finds no CHECK: both of its own are written anew."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("review_step") as steps:
        for column in COLUMNS:
            name = op.f(f"ck_review_step_{column}")
            if not on_sqlite:
                steps.drop_constraint(name, type_="check")
            one_of = sa.column(column).in_(sa.literal_column(f"'{act}'") for act in acts)
            steps.create_check_constraint(name, one_of)
