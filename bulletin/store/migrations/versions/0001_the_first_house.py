"""The first house: every table of the chain from the catalog to the scan.

Ask before merging: does the previous release still run against this? Is there a way back?
Up, down and up again must equal the models.

Revision: 0001
After: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GENESIS = "0" * 64
APPEND_ONLY = "history is append-only"

# The history refuses every change and removal, whoever asks the database for it.
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER history_entry_no_{act} BEFORE {act} ON history_entry "
    f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
    for act in ("update", "delete")
)
POSTGRESQL_GUARDS = (
    "CREATE FUNCTION history_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$",
    "CREATE TRIGGER history_entry_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON history_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION history_entry_refuse()",
)


def upgrade() -> None:
    op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_head")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("tick", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tick", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "township",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_township")),
        sa.UniqueConstraint("code", name=op.f("uq_township_code")),
    )
    op.create_table(
        "catalog_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("catalog", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_catalog_version_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_version")),
        sa.UniqueConstraint(
            "township_id", "digest", name=op.f("uq_catalog_version_township_id_digest")
        ),
    )
    with op.batch_alter_table("catalog_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_catalog_version_township_id"), ["township_id"], unique=False
        )

    op.create_table(
        "history_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_history_entry_township_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_history_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_history_entry_hash")),
    )
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_entry_subject"), ["subject"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_history_entry_township_id"), ["township_id"], unique=False
        )

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_person_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_township_id"), ["township_id"], unique=False)

    op.create_table(
        "village",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("office_phones", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["village.id"], name=op.f("fk_village_successor_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_village_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village")),
        sa.UniqueConstraint("code", name=op.f("uq_village_code")),
    )
    with op.batch_alter_table("village", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_village_township_id"), ["township_id"], unique=False)

    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("catalog_id", sa.Integer(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("adaptation", sa.JSON(), nullable=False),
        sa.Column("adopted_by", sa.Integer(), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["adopted_by"], ["person.id"], name=op.f("fk_adoption_adopted_by")),
        sa.ForeignKeyConstraint(
            ["catalog_id"], ["catalog_version.id"], name=op.f("fk_adoption_catalog_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_adoption_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_adoption_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint(
            "township_id",
            "village_id",
            "in_force_from",
            name=op.f("uq_adoption_township_id_village_id_in_force_from"),
        ),
    )
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_township_id"), ["township_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adoption_village_id"), ["village_id"], unique=False)

    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "liaison",
                "supervisor",
                "village_head",
                "screener",
                "approver",
                "overseer",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_appointment_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_appointment_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "village_id",
            "from_on",
            name=op.f("uq_appointment_person_id_role_village_id_from_on"),
        ),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_appointment_township_id"), ["township_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appointment_village_id"), ["village_id"], unique=False)

    op.create_table(
        "board",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("walking_order", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_board_township_id")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_board_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.UniqueConstraint(
            "township_id", "village_id", "name", name=op.f("uq_board_township_id_village_id_name")
        ),
    )
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_township_id"), ["township_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_board_village_id"), ["village_id"], unique=False)

    op.create_table(
        "publisher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "villagers_committee",
                "collective",
                "party_branch",
                "election_committee",
                "township",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_publisher_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_publisher_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publisher")),
        sa.UniqueConstraint(
            "township_id",
            "village_id",
            "kind",
            name=op.f("uq_publisher_township_id_village_id_kind"),
        ),
    )
    with op.batch_alter_table("publisher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publisher_township_id"), ["township_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_publisher_village_id"), ["village_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_sign_in_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_township_id"), ["township_id"], unique=False)

    op.create_table(
        "matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_matter_opened_by")),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publisher.id"], name=op.f("fk_matter_publisher_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_matter_township_id")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_matter_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matter_township_id"), ["township_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_matter_village_id"), ["village_id"], unique=False)

    op.create_table(
        "register_counter",
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publisher.id"], name=op.f("fk_register_counter_publisher_id")
        ),
        sa.PrimaryKeyConstraint("publisher_id", "year", name=op.f("pk_register_counter")),
    )
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column(
            "phase",
            sa.Enum(
                "before",
                "during",
                "after",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("rule_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reckoning", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_applicable_reason", sa.String(), nullable=False),
        sa.Column("not_applicable_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["adoption_id"], ["adoption.id"], name=op.f("fk_duty_adoption_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_duty_matter_id")),
        sa.ForeignKeyConstraint(
            ["not_applicable_by"], ["person.id"], name=op.f("fk_duty_not_applicable_by")
        ),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publisher.id"], name=op.f("fk_duty_publisher_id")
        ),
        sa.ForeignKeyConstraint(["township_id"], ["township.id"], name=op.f("fk_duty_township_id")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_duty_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint(
            "publisher_id",
            "item_code",
            "occasion",
            name=op.f("uq_duty_publisher_id_item_code_occasion"),
        ),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_township_id"), ["township_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_village_id"), ["village_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("digits", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column(
            "phase",
            sa.Enum(
                "before",
                "during",
                "after",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("register_publisher_id", sa.Integer(), nullable=False),
        sa.Column("register_year", sa.Integer(), nullable=True),
        sa.Column("register_number", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_notice_matter_id")),
        sa.ForeignKeyConstraint(
            ["register_publisher_id"],
            ["publisher.id"],
            name=op.f("fk_notice_register_publisher_id"),
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_notice_township_id")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_notice_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("code", name=op.f("uq_notice_code")),
        sa.UniqueConstraint("digits", name=op.f("uq_notice_digits")),
        sa.UniqueConstraint(
            "register_publisher_id",
            "register_year",
            "register_number",
            name=op.f("uq_notice_register_publisher_id_register_year_register_number"),
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_township_id"), ["township_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_village_id"), ["village_id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("change_note", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "examining",
                "confirming",
                "screening",
                "approving",
                "scheduled",
                "published",
                "taken_down",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posting_days", sa.Integer(), nullable=False),
        sa.Column("least_posting_days", sa.Integer(), nullable=False),
        sa.Column("posting_unit", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("endorsed_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_edition_ended_by")),
        sa.ForeignKeyConstraint(
            ["endorsed_by"], ["person.id"], name=op.f("fk_edition_endorsed_by")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_edition_notice_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_edition_saved_by")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_edition_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("notice_id", "number", name=op.f("uq_edition_notice_id_number")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_edition_state_publish_at"), ["state", "publish_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_edition_township_id"), ["township_id"], unique=False)

    op.create_table(
        "notice_duty",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_notice_duty_duty_id")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_duty_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "duty_id", name=op.f("pk_notice_duty")),
    )
    with op.batch_alter_table("notice_duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_duty_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_signature_notice_id")),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publisher.id"], name=op.f("fk_signature_publisher_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "publisher_id", name=op.f("pk_signature")),
    )
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("masked", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_clearance_edition_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_clearance_person_id")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_clearance_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint(
            "edition_id",
            "kind",
            "place",
            "masked",
            name=op.f("uq_clearance_edition_id_kind_place_masked"),
        ),
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearance_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clearance_township_id"), ["township_id"], unique=False)

    op.create_table(
        "edition_content",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_content_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_edition_content_township_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_edition_content")),
    )
    with op.batch_alter_table("edition_content", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_edition_content_township_id"), ["township_id"], unique=False
        )

    op.create_table(
        "edition_editor",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_editor_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_edition_editor_person_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "person_id", name=op.f("pk_edition_editor")),
    )
    op.create_table(
        "edition_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_file_edition_id")
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["person.id"], name=op.f("fk_edition_file_seen_by")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_edition_file_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_file")),
        sa.UniqueConstraint("edition_id", "digest", name=op.f("uq_edition_file_edition_id_digest")),
    )
    with op.batch_alter_table("edition_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_file_digest"), ["digest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_edition_file_township_id"), ["township_id"], unique=False
        )

    op.create_table(
        "filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_filing_edition_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["person.id"], name=op.f("fk_filing_seen_by")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_filing_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
    )
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filing_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_filing_township_id"), ["township_id"], unique=False)

    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("notice_code", sa.String(), nullable=False),
        sa.Column("edition_number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_print_run_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["printed_by"], ["person.id"], name=op.f("fk_print_run_printed_by")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_print_run_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
    )
    with op.batch_alter_table("print_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_print_run_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_print_run_pdf"), ["pdf"], unique=False)
        batch_op.create_index(batch_op.f("ix_print_run_township_id"), ["township_id"], unique=False)

    op.create_table(
        "review_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("review_round", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "submit",
                "examine",
                "confirm",
                "screen",
                "approve",
                "force",
                "send_back",
                "withdraw",
                "endorse",
                "publish",
                "correct",
                "take_down",
                "cancel",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "step",
            sa.Enum(
                "submit",
                "examine",
                "confirm",
                "screen",
                "approve",
                "force",
                "send_back",
                "withdraw",
                "endorse",
                "publish",
                "correct",
                "take_down",
                "cancel",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_review_step_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_step_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_review_step_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_step")),
    )
    with op.batch_alter_table("review_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_step_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_review_step_township_id"), ["township_id"], unique=False
        )

    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("print_run_id", sa.Integer(), nullable=True),
        sa.Column("hung_on", sa.Date(), nullable=False),
        sa.Column("hung_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hung_by", sa.Integer(), nullable=False),
        sa.Column("hung_photo", sa.String(), nullable=True),
        sa.Column("down_on", sa.Date(), nullable=True),
        sa.Column("down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("down_by", sa.Integer(), nullable=True),
        sa.Column("down_photo", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(down_at IS NULL) = (down_on IS NULL)", name=op.f("ck_posting_down_is_one_fact")
        ),
        sa.CheckConstraint(
            "down_on IS NULL OR down_on >= hung_on", name=op.f("ck_posting_down_after_hung")
        ),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_posting_board_id")),
        sa.ForeignKeyConstraint(["down_by"], ["person.id"], name=op.f("fk_posting_down_by")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_posting_edition_id")),
        sa.ForeignKeyConstraint(["hung_by"], ["person.id"], name=op.f("fk_posting_hung_by")),
        sa.ForeignKeyConstraint(
            ["print_run_id"], ["print_run.id"], name=op.f("fk_posting_print_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["township.id"], name=op.f("fk_posting_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_township_id"), ["township_id"], unique=False)

    head = sa.table("chain_head", sa.column("id"), sa.column("number"), sa.column("hash"))
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": GENESIS}])
    postgresql = op.get_bind().dialect.name == "postgresql"
    for guard in POSTGRESQL_GUARDS if postgresql else SQLITE_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_township_id"))
        batch_op.drop_index(batch_op.f("ix_posting_edition_id"))
        batch_op.drop_index(batch_op.f("ix_posting_board_id"))

    op.drop_table("posting")
    with op.batch_alter_table("review_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_step_township_id"))
        batch_op.drop_index(batch_op.f("ix_review_step_edition_id"))

    op.drop_table("review_step")
    with op.batch_alter_table("print_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_print_run_township_id"))
        batch_op.drop_index(batch_op.f("ix_print_run_pdf"))
        batch_op.drop_index(batch_op.f("ix_print_run_edition_id"))

    op.drop_table("print_run")
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing_township_id"))
        batch_op.drop_index(batch_op.f("ix_filing_edition_id"))

    op.drop_table("filing")
    with op.batch_alter_table("edition_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_file_township_id"))
        batch_op.drop_index(batch_op.f("ix_edition_file_digest"))

    op.drop_table("edition_file")
    op.drop_table("edition_editor")
    with op.batch_alter_table("edition_content", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_content_township_id"))

    op.drop_table("edition_content")
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clearance_township_id"))
        batch_op.drop_index(batch_op.f("ix_clearance_edition_id"))

    op.drop_table("clearance")
    op.drop_table("signature")
    with op.batch_alter_table("notice_duty", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_duty_duty_id"))

    op.drop_table("notice_duty")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_township_id"))
        batch_op.drop_index(batch_op.f("ix_edition_state_publish_at"))

    op.drop_table("edition")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_village_id"))
        batch_op.drop_index(batch_op.f("ix_notice_township_id"))
        batch_op.drop_index(batch_op.f("ix_notice_matter_id"))

    op.drop_table("notice")
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_village_id"))
        batch_op.drop_index(batch_op.f("ix_duty_township_id"))
        batch_op.drop_index(batch_op.f("ix_duty_matter_id"))
        batch_op.drop_index(batch_op.f("ix_duty_due_on"))

    op.drop_table("duty")
    op.drop_table("register_counter")
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matter_village_id"))
        batch_op.drop_index(batch_op.f("ix_matter_township_id"))

    op.drop_table("matter")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_township_id"))
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("publisher", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publisher_village_id"))
        batch_op.drop_index(batch_op.f("ix_publisher_township_id"))

    op.drop_table("publisher")
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_village_id"))
        batch_op.drop_index(batch_op.f("ix_board_township_id"))

    op.drop_table("board")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_village_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_township_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_person_id"))

    op.drop_table("appointment")
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_village_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_township_id"))

    op.drop_table("adoption")
    with op.batch_alter_table("village", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_village_township_id"))

    op.drop_table("village")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_township_id"))

    op.drop_table("person")
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_entry_township_id"))
        batch_op.drop_index(batch_op.f("ix_history_entry_subject"))

    op.drop_table("history_entry")
    with op.batch_alter_table("catalog_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_version_township_id"))

    op.drop_table("catalog_version")
    op.drop_table("township")
    op.drop_table("heartbeat")
    op.drop_table("chain_head")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS history_entry_refuse")
