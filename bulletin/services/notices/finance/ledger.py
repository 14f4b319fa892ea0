"""The ledgers of bookkeeping programs that stand in a draft, with what their columns hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bulletin.domain.accounts.ledger_columns import (
    LedgerColumn,
    guessed_columns,
    heads_of,
    is_of_a_program,
)
from bulletin.domain.labels import labels_of
from bulletin.domain.notices.content import Document, Table
from bulletin.store.ledger_mappings import mapping_for
from bulletin.store.notices import Edition


@dataclass(frozen=True)
class LedgerHead:
    title: str  # as the file has it
    column: LedgerColumn


@dataclass(frozen=True, kw_only=True)
class LedgerOffer:
    block: int  # counted from 0
    caption: str
    heads: tuple[LedgerHead, ...]
    is_remembered: bool  # the columns were confirmed before, for this village and these heads

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(column.value, word) for column, word in labels_of(LedgerColumn).items()]


def ledger_offers(session: Session, edition: Edition, document: Document) -> Iterator[LedgerOffer]:
    """The tables of a draft that can be made into 收支明细."""
    for block, table in enumerate(document.blocks):
        if not isinstance(table, Table):
            continue
        remembered = remembered_columns(session, edition, table)
        if remembered is None and not is_of_a_program(table):
            continue
        columns = remembered or guessed_columns(table)
        pairs = zip(table.columns, columns, strict=True)
        heads = tuple(LedgerHead(head.title, column) for head, column in pairs)
        yield LedgerOffer(
            block=block,
            caption=table.caption,
            heads=heads,
            is_remembered=remembered is not None,
        )


def remembered_columns(
    session: Session, edition: Edition, table: Table
) -> tuple[LedgerColumn, ...] | None:
    """What the columns of a ledger with these heads were said to hold the last time."""
    notice = edition.notice
    found = mapping_for(session, notice.township_id, notice.village_id, heads_of(table))
    return None if found is None else tuple(LedgerColumn(each["is"]) for each in found.columns)
