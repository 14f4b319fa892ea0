"""Requests for information have a ledger, with what was done with each.

The way back drops both tables: what they hold is lost.

Revision: 0054
After: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

RECEIVED_BY = ("hand", "oral", "signed_post", "plain_post", "online", "fax")
APPLICANTS = ("person", "company", "research", "welfare", "legal", "other")
STEPS = ("mending", "extension", "third_party", "body", "fee")


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "information_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_by", _choice("request_received_by", RECEIVED_BY), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("applicant", _choice("applicant_class", APPLICANTS), nullable=False),
        sa.Column("applicant_name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("asked_for", sa.String(), nullable=False),
        sa.Column("wanted_as", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        _link("information_request", "township_id", "township"),
        _link("information_request", "entered_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
        sa.UniqueConstraint(
            *("township_id", "year", "number"),
            name=op.f("uq_information_request_township_id_year_number"),
        ),
    )
    for columns in (["township_id"], ["township_id", "received_on"], ["township_id", "ended_on"]):
        name = f"ix_information_request_{'_'.join(columns)}"
        op.create_index(op.f(name), "information_request", columns)
    _create_steps()


def _create_steps() -> None:
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("request_step_kind", STEPS), nullable=False),
        sa.Column("done_since", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        _link("request_step", "township_id", "township"),
        _link("request_step", "request_id", "information_request"),
        _link("request_step", "recorded_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
    )
    for column in ("township_id", "request_id"):
        op.create_index(op.f(f"ix_request_step_{column}"), "request_step", [column])


def _link(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    op.drop_table("request_step")
    op.drop_table("information_request")
