"""Residents ask, object and request, and are answered within a term.

The way back forgets what was asked and answered, receipts too.

Revision: 0037
After: 0036
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

LEVELS = ("village", "township", "county")
CHOICES = {
    "feedback_kind": ("question", "objection", "request"),
    "feedback_channel": ("web", "phone", "box", "in_person"),
    "level": LEVELS,
    "entry_level": LEVELS,
    "term_level": LEVELS,
    "not_taken": (
        *("emergency", "misconduct", "petition", "lawsuit"),
        *("wages", "dispute", "no_matter", "repeated"),
    ),
    "joint_kind": ("villagers", "representatives", "representatives_fifth"),
    "entry_kind": ("asked", "added", "answered", "escalated", "not_taken"),
}


def _choice(name: str) -> sa.Enum:
    return sa.Enum(*CHOICES[name], name=name, native_enum=False, create_constraint=True, length=32)


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, to in columns.items()
    ]


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def upgrade() -> None:
    _create_feedback()
    _create_entries()
    _create_terms()
    _create_contacts()
    _create_corrections()


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        _whole("id"),
        _whole("township_id"),
        _whole("village_id", nullable=True),
        _whole("notice_id", nullable=True),
        _whole("edition_number", nullable=True),
        sa.Column("kind", _choice("feedback_kind"), nullable=False),
        sa.Column("channel", _choice("feedback_channel"), nullable=False),
        sa.Column("level", _choice("level"), nullable=False),
        _text("requested"),
        sa.Column("within_period", sa.Boolean(), nullable=False),
        _text("number"),
        _text("code_digest"),
        _text("nonce_digest"),
        _whole("shown"),
        _moment("asked_at"),
        _whole("entered_by", nullable=True),
        _moment("closed_at", nullable=True),
        sa.Column("not_taken", _choice("not_taken"), nullable=True),
        sa.Column("joint_kind", _choice("joint_kind"), nullable=True),
        _whole("joint_signed", nullable=True),
        _whole("joint_total", nullable=True),
        _moment("erased_at", nullable=True),
        *_keys(
            "feedback",
            township_id="township",
            village_id="village",
            notice_id="notice",
            entered_by="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("number", name=op.f("uq_feedback_number")),
        sa.UniqueConstraint("nonce_digest", name=op.f("uq_feedback_nonce_digest")),
    )
    _index("feedback", "township_id")
    _index("feedback", "notice_id")
    _index("feedback", "township_id", "village_id", "asked_at")
    _index("feedback", "township_id", "closed_at")


def _create_entries() -> None:
    op.create_table(
        "feedback_entry",
        _whole("id"),
        _whole("township_id"),
        _whole("feedback_id"),
        _moment("at"),
        sa.Column("kind", _choice("entry_kind"), nullable=False),
        sa.Column("level", _choice("entry_level"), nullable=False),
        _text("text"),
        _text("photo"),
        _whole("person_id", nullable=True),
        _text("body"),
        _moment("passed_at", nullable=True),
        _whole("passed_by", nullable=True),
        _text("passed_text"),
        sa.Column("passed_photo", sa.Boolean(), nullable=False),
        *_keys(
            "feedback_entry",
            township_id="township",
            feedback_id="feedback",
            person_id="person",
            passed_by="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_entry")),
    )
    _index("feedback_entry", "township_id")
    _index("feedback_entry", "feedback_id")


def _create_terms() -> None:
    op.create_table(
        "reply_term",
        _whole("id"),
        _whole("township_id"),
        _whole("feedback_id"),
        sa.Column("level", _choice("term_level"), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _whole("days"),
        _text("unit"),
        _text("basis"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        *_keys("reply_term", township_id="township", feedback_id="feedback"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_term")),
    )
    _index("reply_term", "feedback_id")
    _index("reply_term", "township_id", "answered_on", "due_on")


def _create_contacts() -> None:
    op.create_table(
        "feedback_contact",
        _whole("feedback_id"),
        _whole("township_id"),
        _text("name"),
        _text("address"),
        *_keys("feedback_contact", township_id="township", feedback_id="feedback"),
        sa.PrimaryKeyConstraint("feedback_id", name=op.f("pk_feedback_contact")),
    )
    _index("feedback_contact", "township_id")


def _create_corrections() -> None:
    op.create_table(
        "feedback_correction",
        _whole("id"),
        _whole("township_id"),
        _whole("feedback_id"),
        _whole("edition_id"),
        _moment("at"),
        _whole("person_id", nullable=True),
        *_keys(
            "feedback_correction",
            township_id="township",
            feedback_id="feedback",
            edition_id="edition",
            person_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_correction")),
        sa.UniqueConstraint(
            "feedback_id", "edition_id", name=op.f("uq_feedback_correction_feedback_id_edition_id")
        ),
    )
    _index("feedback_correction", "township_id")
    _index("feedback_correction", "edition_id")


def downgrade() -> None:
    for table in (
        *("feedback_correction", "feedback_contact", "reply_term", "feedback_entry"),
        "feedback",
    ):
        op.drop_table(table)
