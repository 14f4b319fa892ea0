"""What a village owes for long is ordered, named and held to account, step by step.

The way back drops it: what was issued and answered is lost.

Revision: 0062
After: 0061
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

STEPS = ("order", "circular", "case")
ENDS = ("mended", "not_owed", "handed_on")
KINDS = ("answer", "extension", "closing")


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    links = {
        "township_id": "township",
        "village_id": "village",
        "duty_id": "duty",
        "finding_id": "inspection_finding",
        "issued_by": "person",
    }
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("step", _choice("escalation_step", STEPS), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("was_due_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("demand", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("first_answer_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("pdf", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("ended_as", _choice("escalation_end", ENDS), nullable=True),
        sa.Column("notice_code", sa.String(), nullable=False),
        *_links("escalation", links),
        sa.UniqueConstraint(
            *("township_id", "step", "year", "number"),
            name=op.f("uq_escalation_township_id_step_year_number"),
        ),
        sa.UniqueConstraint("code", name=op.f("uq_escalation_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    for column in ("township_id", "village_id", "duty_id", "finding_id"):
        op.create_index(op.f(f"ix_escalation_{column}"), "escalation", [column])
    name = "ix_escalation_township_id_closed_on"
    op.create_index(op.f(name), "escalation", ["township_id", "closed_on"])
    links = {"township_id": "township", "escalation_id": "escalation", "said_by": "person"}
    op.create_table(
        "escalation_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("escalation_entry_kind", KINDS), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        *_links("escalation_entry", links),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_entry")),
    )
    for column in ("township_id", "escalation_id"):
        op.create_index(op.f(f"ix_escalation_entry_{column}"), "escalation_entry", [column])


def _links(name: str, links: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
        for column, table in links.items()
    ]


def downgrade() -> None:
    op.drop_table("escalation_entry")
    op.drop_table("escalation")
