"""Receipts: photographs of boards, sent in pieces, what was read on them, and what was missing.

The previous release runs against this: it ignores the new tables. The way back drops them.

Revision: 0010
After: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

VERDICTS = ("right", "older", "over", "taken_down", "elsewhere", "early", "unknown")


def _points_to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "board_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("village_code", sa.String(), nullable=False),
        sa.Column("board_name", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("missing_pages", sa.JSON(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        _points_to("board_visit", "township_id", "township"),
        _points_to("board_visit", "board_id", "board"),
        _points_to("board_visit", "received_by", "person"),
        _points_to("board_visit", "confirmed_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_visit")),
    )
    op.create_table(
        "board_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("taken", sa.String(), nullable=False),
        _points_to("board_photo", "township_id", "township"),
        _points_to("board_photo", "visit_id", "board_visit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_photo")),
    )
    verdict = sa.Enum(
        *VERDICTS, name="verdict", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("notice_code", sa.String(), nullable=False),
        sa.Column("edition_number", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("verdict", verdict, nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=True),
        _points_to("receipt", "township_id", "township"),
        _points_to("receipt", "visit_id", "board_visit"),
        _points_to("receipt", "photo_id", "board_photo"),
        _points_to("receipt", "posting_id", "posting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    op.create_table(
        "upload_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        _points_to("upload_piece", "township_id", "township"),
        _points_to("upload_piece", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_piece")),
        sa.UniqueConstraint(
            "person_id", "key", "start", name=op.f("uq_upload_piece_person_id_key_start")
        ),
    )
    for table, column in (
        ("board_visit", "township_id"), ("board_visit", "board_id"),
        ("board_photo", "township_id"), ("board_photo", "visit_id"),
        ("receipt", "township_id"), ("receipt", "visit_id"),
        ("receipt", "notice_code"), ("receipt", "posting_id"), ("upload_piece", "township_id"),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in ("upload_piece", "receipt", "board_photo", "board_visit"):
        op.drop_table(table)
