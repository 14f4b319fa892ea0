"""What was sent to a chat is a sending to an outlet, as what was sent elsewhere; a slip is withdrawn there.

A chat that nobody registered becomes an outlet to which nothing is owed. The way back keeps what went to such chats as
it was before; a slip of another outlet is forgotten with its record.

Revision: 0042
After: 0041
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_CHATS = """
    SELECT chat_share.*, edition.village_id, person.name AS person_name
    FROM chat_share JOIN edition ON edition.id = chat_share.edition_id JOIN person ON person.id = chat_share."by"
    ORDER BY chat_share.id
"""
_columns = "id township_id edition_id outlet_id sent_at link recorded_at person_id person_name withdrawn_at"
SENDING = sa.table("sending", *map(sa.column, _columns.split()))
OUTLET = sa.table(
    "outlet",
    *map(
        sa.column,
        ["id", "township_id", "village_id", "name", "kind", "until_on"],
    ),
    sa.column("from_on", sa.Date()),
)
CHAT_SHARE = sa.table(
    "chat_share",
    *map(sa.column, ["id", "township_id", "edition_id", "chat", "at", "by", "withdrawn_at"]),
)


def upgrade() -> None:
    with op.batch_alter_table("sending") as sendings:
        sendings.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    _let_days_be_empty(may_be=True)
    connection = op.get_bind()
    for share in connection.execute(sa.text(_CHATS)).mappings().all():
        _carry_over(connection, share)
    op.drop_table("chat_share")


def _carry_over(connection: sa.Connection, share: sa.RowMapping) -> None:
    outlet_id = _outlet(connection, share)
    there = sa.select(SENDING.c.id).where(
        SENDING.c.outlet_id == outlet_id,
        SENDING.c.edition_id == share["edition_id"],
        SENDING.c.withdrawn_at.is_(None),
    )
    if share["withdrawn_at"] is None and connection.scalar(there.limit(1)) is not None:
        return  # it was recorded in both ways
    kept = {
        name: share[name] for name in ("township_id", "edition_id", "person_name", "withdrawn_at")
    }
    row = {"outlet_id": outlet_id, "sent_at": share["at"], "link": "", "recorded_at": share["at"]}
    connection.execute(sa.insert(SENDING).values(**kept, **row, person_id=share["by"]))


def _outlet(connection: sa.Connection, share: sa.RowMapping) -> int:
    """The chat among the outlets of its place."""
    named = sa.select(OUTLET.c.id).where(
        OUTLET.c.township_id == share["township_id"],
        OUTLET.c.village_id.is_not_distinct_from(share["village_id"]),
        OUTLET.c.kind == "chat",
        OUTLET.c.name == share["chat"],
    )
    found = connection.scalar(named.order_by(OUTLET.c.until_on.is_not(None), OUTLET.c.id).limit(1))
    if found is not None:
        return int(found)
    place = {name: share[name] for name in ("township_id", "village_id")}
    day = date.fromisoformat(str(share["at"])[:10])
    new = sa.insert(OUTLET).values(**place, name=share["chat"], kind="chat", from_on=day)
    connection.execute(new)
    return int(connection.scalar(named) or 0)


def downgrade() -> None:
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
    _return_chats()
    op.execute("DELETE FROM sending WHERE withdrawn_at IS NOT NULL")
    op.execute("DELETE FROM sending WHERE outlet_id IN (SELECT id FROM outlet WHERE days IS NULL)")
    op.execute("DELETE FROM outlet WHERE days IS NULL")
    _let_days_be_empty(may_be=False)
    with op.batch_alter_table("sending") as sendings:
        sendings.drop_column("withdrawn_at")


def _return_chats() -> None:
    op.execute(
        """
        INSERT INTO chat_share (township_id, edition_id, chat, at, "by", withdrawn_at)
        SELECT sending.township_id, sending.edition_id, outlet.name, sending.sent_at, sending.person_id,
            sending.withdrawn_at
        FROM sending JOIN outlet ON outlet.id = sending.outlet_id
        WHERE outlet.days IS NULL AND sending.person_id IS NOT NULL
        ORDER BY sending.id
        """
    )


def _let_days_be_empty(*, may_be: bool) -> None:
    """SQLite copies the table as it finds it and finds no CHECK: its own is written anew."""
    with op.batch_alter_table("outlet") as outlets:
        outlets.alter_column("days", existing_type=sa.Integer(), nullable=may_be)
        if op.get_bind().dialect.name == "sqlite":
            kinds = ("website", "media", "chat", "broadcast")
            one_of = sa.column("kind").in_(sa.literal_column(f"'{kind}'") for kind in kinds)
            outlets.create_check_constraint(op.f("ck_outlet_kind"), one_of)
