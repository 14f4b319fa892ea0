"""A 督办单 holds several items of one village, each answered and closed by itself.

What was issued before has one item. The way back keeps the first item of each alone.

Revision: 0067
After: 0066
"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

ENDS = ("mended", "not_owed", "handed_on")
LINKS = {
    "township_id": "township",
    "escalation_id": "escalation",
    "duty_id": "duty",
    "finding_id": "inspection_finding",
}
SUBJECTS = ("duty_id", "finding_id")
ONE_ITEM_EACH = """
    INSERT INTO escalation_item (township_id, escalation_id, place, duty_id, finding_id, about,
        was_due_on, why, closed_on, ended_as)
    SELECT township_id, id, 1, duty_id, finding_id, about, was_due_on, why, closed_on, ended_as
    FROM escalation ORDER BY id
"""
FIRST_ITEM = """
    UPDATE escalation SET
        duty_id = (SELECT duty_id FROM escalation_item
            WHERE escalation_id = escalation.id AND place = 1),
        finding_id = (SELECT finding_id FROM escalation_item
            WHERE escalation_id = escalation.id AND place = 1)
"""


def upgrade() -> None:
    end = sa.Enum(
        *ENDS, name="escalation_item_end", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "escalation_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("was_due_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("ended_as", end, nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_escalation_item_{column}")
            )
            for column, target in LINKS.items()
        ),
        sa.UniqueConstraint(
            "escalation_id", "place", name=op.f("uq_escalation_item_escalation_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_item")),
    )
    for column in ("township_id", *SUBJECTS):
        op.create_index(op.f(f"ix_escalation_item_{column}"), "escalation_item", [column])
    op.execute(ONE_ITEM_EACH)
    op.add_column("escalation_entry", sa.Column("item", sa.Integer(), nullable=True))
    op.execute("UPDATE escalation_entry SET item = 1 WHERE kind IN ('answer', 'closing')")
    for column in SUBJECTS:
        op.drop_index(op.f(f"ix_escalation_{column}"), "escalation")
    with op.batch_alter_table("escalation") as table:
        for column in SUBJECTS:
            table.drop_constraint(op.f(f"fk_escalation_{column}"), type_="foreignkey")
            table.drop_column(column)


def downgrade() -> None:
    with op.batch_alter_table("escalation") as table:
        for column in SUBJECTS:
            table.add_column(sa.Column(column, sa.Integer(), nullable=True))
            table.create_foreign_key(
                op.f(f"fk_escalation_{column}"), LINKS[column], [column], ["id"]
            )
    for column in SUBJECTS:
        op.create_index(op.f(f"ix_escalation_{column}"), "escalation", [column])
    op.execute(FIRST_ITEM)
    with op.batch_alter_table("escalation_entry") as table:
        table.drop_column("item")
    op.drop_table("escalation_item")
