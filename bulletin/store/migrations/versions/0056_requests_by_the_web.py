"""Requests for information come by the web, letters are kept as issued, what is ended can be corrected.

The way back drops the forms that residents sent, the letters' records and the corrections.

Revision: 0056
After: 0055
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

APPLICANTS = ("person", "company", "research", "welfare", "legal", "other")
LETTERS = ("acknowledgement", "mending", "extension", "third_party", "body", "fee", "answer")
ADDED = ("identity", "late_confirmation")


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _links(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    ]


def upgrade() -> None:
    for name in ADDED:
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("information_request", column)
    op.add_column("information_request", _moment("contact_deleted_at", nullable=True))
    with op.batch_alter_table("information_request") as table:
        for name in ADDED:
            table.alter_column(name, server_default=None)
    _sent_requests()
    _papers()


def _sent_requests() -> None:
    op.create_table(
        "sent_request",
        _number("id"),
        _number("township_id"),
        *_text("number", "code_digest", "nonce_digest"),
        _number("shown"),
        _moment("sent_at"),
        sa.Column("applicant", _choice("sent_by_class", APPLICANTS), nullable=False),
        *_text("applicant_name", "identity", "contact", "asked_for", "wanted_as"),
        _number("request_id", nullable=True),
        _moment("set_aside_at", nullable=True),
        *_text("set_aside_why"),
        _moment("withdrawn_at", nullable=True),
        *_text("withdrawn_words"),
        *_links("sent_request", township_id="township", request_id="information_request"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_request")),
        *(
            sa.UniqueConstraint(name, name=op.f(f"uq_sent_request_{name}"))
            for name in ("number", "nonce_digest", "request_id")
        ),
    )
    op.create_index(op.f("ix_sent_request_township_id"), "sent_request", ["township_id"])
    op.create_index(
        op.f("ix_sent_request_township_id_sent_at"), "sent_request", ["township_id", "sent_at"]
    )


def _papers() -> None:
    op.create_table(
        "request_letter",
        *(_number(name) for name in ("id", "township_id", "request_id")),
        sa.Column("kind", _choice("request_letter_kind", LETTERS), nullable=False),
        _number("number"),
        *_text("to", "text", "pdf"),
        sa.Column("issued_on", sa.Date(), nullable=False),
        _moment("issued_at"),
        _number("issued_by", nullable=True),
        *_links(
            "request_letter",
            township_id="township",
            request_id="information_request",
            issued_by="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_letter")),
    )
    op.create_table(
        "request_correction",
        *(_number(name) for name in ("id", "township_id", "request_id")),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        *_text("reason"),
        _moment("corrected_at"),
        _number("corrected_by", nullable=True),
        *_links(
            "request_correction",
            township_id="township",
            request_id="information_request",
            corrected_by="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_correction")),
    )
    for table in ("request_letter", "request_correction"):
        for column in ("township_id", "request_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in ("request_correction", "request_letter", "sent_request"):
        op.drop_table(table)
    with op.batch_alter_table("information_request") as requests:
        for name in (*ADDED, "contact_deleted_at"):
            requests.drop_column(name)
