"""Hashes of complete subtrees of the history are kept, so that its root is told without reading all of it.

The way back forgets them; they are computed from the entries again.

Revision: 0040
After: 0039
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

WIDTH = 256


def upgrade() -> None:
    op.create_table(
        "history_subtree",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("level", "index", name=op.f("pk_history_subtree")),
    )
    rows = list(_rows(op.get_bind()))
    if rows:
        table = sa.table("history_subtree", *map(sa.column, ("level", "index", "hash")))
        op.bulk_insert(table, rows)


def downgrade() -> None:
    op.drop_table("history_subtree")


def _rows(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """What stands complete over the entries so far."""
    hashes = list(_leaves(connection))
    level = 1
    while len(hashes) >= WIDTH:
        starts = range(0, len(hashes) - WIDTH + 1, WIDTH)
        hashes = [_root(hashes[start : start + WIDTH]) for start in starts]
        for index, each in enumerate(hashes):
            yield {"level": level, "index": index, "hash": each.hex()}
        level += 1


def _leaves(connection: sa.Connection) -> Iterator[bytes]:
    entries = connection.execute(sa.text("SELECT hash FROM history_entry ORDER BY number"))
    for (each,) in entries:
        yield hashlib.sha256(b"\x00" + bytes.fromhex(each)).digest()


def _root(hashes: Sequence[bytes]) -> bytes:
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return hashes[0]
