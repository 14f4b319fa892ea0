"""Whose a board was before its village merged or got another code: what that one published hangs on there.

The way back forgets it.

Revision: 0045
After: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_LINKS = {"township_id": "township", "board_id": "board", "village_id": "village"}


def upgrade() -> None:
    op.create_table(
        "former_board_village",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column in _LINKS),
        sa.Column("until_on", sa.Date(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_former_board_village_{column}")
            )
            for column, table in _LINKS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_board_village")),
    )
    for column in _LINKS:
        op.create_index(op.f(f"ix_former_board_village_{column}"), "former_board_village", [column])


def downgrade() -> None:
    op.drop_table("former_board_village")
