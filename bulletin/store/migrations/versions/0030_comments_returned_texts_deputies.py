"""Comments beside the text, the text of a round that went back, and deputies of reviewers.

The previous release does not know deputies: while it still runs, who stands in may not review. The way
back forgets comments, returned texts and deputies; the steps stay with the person who took them.

Revision: 0030
After: 0029
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

FOREIGN = {
    "township_id": "township",
    "edition_id": "edition",
    "comment_id": "review_comment",
    **dict.fromkeys(
        ("person_id", "closed_by", "absent_id", "deputy_id", "named_by", "ended_by"), "person"
    ),
}
INDEXES = {
    "returned_text": ("township_id",),
    "review_comment": ("edition_id", "township_id"),
    "comment_answer": ("comment_id", "township_id"),
    "deputation": ("absent_id", "deputy_id", "township_id"),
}
KEYS = {"returned_text": ("edition_id", "review_round")}


def upgrade() -> None:
    _create("returned_text", *_returned_text())
    _create("review_comment", *_review_comment())
    _create("comment_answer", *_comment_answer())
    _create("deputation", *_deputation())
    with op.batch_alter_table("review_step") as step:
        step.add_column(sa.Column("absent_id", sa.Integer(), nullable=True))
        step.add_column(
            sa.Column("absent_name", sa.String(), nullable=False, server_default=sa.text("''"))
        )
        step.create_foreign_key(op.f("fk_review_step_absent_id"), "person", ["absent_id"], ["id"])
    with op.batch_alter_table("review_step") as step:
        step.alter_column("absent_name", server_default=None)


def _create(table: str, *columns: sa.Column[Any]) -> None:
    links = [
        sa.ForeignKeyConstraint(
            [column.name], [f"{FOREIGN[column.name]}.id"], name=op.f(f"fk_{table}_{column.name}")
        )
        for column in columns
        if column.name in FOREIGN
    ]
    key = sa.PrimaryKeyConstraint(*KEYS.get(table, ("id",)), name=op.f(f"pk_{table}"))
    op.create_table(table, *columns, *links, key)
    for column in INDEXES[table]:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _free(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _returned_text() -> list[sa.Column[Any]]:
    return [
        *(_needed(name, sa.Integer()) for name in ("edition_id", "review_round", "township_id")),
        *(_needed(name, sa.String()) for name in ("fingerprint", "title", "change_note")),
        _needed("document", sa.JSON()),
        _free("publish_at", sa.DateTime(timezone=True)),
        _needed("period", sa.String()),
        _needed("returned_at", sa.DateTime(timezone=True)),
    ]


def _review_comment() -> list[sa.Column[Any]]:
    numbers = ("id", "township_id", "edition_id", "review_round")
    return [
        *(_needed(name, sa.Integer()) for name in numbers),
        _free("person_id", sa.Integer()),
        _needed("person_name", sa.String()),
        _needed("at", sa.DateTime(timezone=True)),
        _needed("words", sa.String()),
        *(_free(name, sa.Integer()) for name in ("block", "row", "column")),
        *(_needed(name, sa.String()) for name in ("quote", "beside", "head")),
        _free("closed_at", sa.DateTime(timezone=True)),
        _free("closed_by", sa.Integer()),
        _needed("closed_by_name", sa.String()),
    ]


def _comment_answer() -> list[sa.Column[Any]]:
    return [
        *(_needed(name, sa.Integer()) for name in ("id", "township_id", "comment_id")),
        _free("person_id", sa.Integer()),
        _needed("person_name", sa.String()),
        _needed("at", sa.DateTime(timezone=True)),
        _needed("words", sa.String()),
    ]


def _deputation() -> list[sa.Column[Any]]:
    return [
        *(_needed(name, sa.Integer()) for name in ("id", "township_id", "absent_id", "deputy_id")),
        *(_needed(name, sa.String()) for name in ("absent_name", "deputy_name")),
        *(_needed(name, sa.Date()) for name in ("from_on", "until_on")),
        _needed("named_at", sa.DateTime(timezone=True)),
        _free("named_by", sa.Integer()),
        _free("ended_at", sa.DateTime(timezone=True)),
        _free("ended_by", sa.Integer()),
    ]


def downgrade() -> None:
    with op.batch_alter_table("review_step") as step:
        step.drop_constraint(op.f("fk_review_step_absent_id"), type_="foreignkey")
        step.drop_column("absent_name")
        step.drop_column("absent_id")
    for table in reversed(INDEXES):
        op.drop_table(table)
