"""Make a bookkeeping program's ledger in a draft into 收支明细, and remember what its columns hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.accounts import ledger_columns
from bulletin.domain.accounts.ledger_columns import LedgerColumn, heads_of
from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import Document, Table
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.finance.new_text import set_document
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may
from bulletin.store.ledger_mappings import LedgerMapping, mapping_for
from bulletin.store.notices import Edition


def read_ledger(
    site: Site, actor: Actor, code: str, block: int, columns: Sequence[str], now: datetime
) -> tuple[str, ...]:
    """Put 收支明细 where the ledger stood.

    Args:
        block: the ledger's place in the text that was saved last, counted from 0.
        columns: what each of its columns holds, values of LedgerColumn.

    Returns:
        The labels of the lines that were left out: 本月合计, 承前页.

    Raises:
        Refused: no table stands there, or the columns don't make a ledger.
    """
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        document = edition_document(edition)
        table = document.blocks[block] if 0 <= block < len(document.blocks) else None
        if not isinstance(table, Table):
            raise refuse("no_table", "这张表已经不在了，请刷新页面再看。")
        named = _named(columns)
        try:
            read = ledger_columns.read_ledger(table, named)
        except ValueError as fault:
            sentence = "每一列选一样，不能重复；要有摘要，还要有收入、支出或者结余。"
            raise refuse("ledger_columns", sentence) from fault
        _remember(session, edition, table, named)
        blocks = list(document.blocks)
        blocks[block] = replace(read.table, caption=table.caption or "收支明细")
        set_document(edition, Document(tuple(blocks)), actor, now)
        return read.left_out


def _named(columns: Sequence[str]) -> list[LedgerColumn]:
    known = {column.value: column for column in LedgerColumn}
    return [known.get(value, LedgerColumn.LEFT_OUT) for value in columns]


def _remember(
    session: Session, edition: Edition, table: Table, columns: Sequence[LedgerColumn]
) -> None:
    notice, heads = edition.notice, heads_of(table)
    pairs = zip(table.columns, columns, strict=True)
    held = [{"head": head.title, "is": column.value} for head, column in pairs]
    found = mapping_for(session, notice.township_id, notice.village_id, heads)
    if found is None:
        session.add(
            LedgerMapping(
                township_id=notice.township_id,
                village_id=notice.village_id,
                heads=heads,
                columns=held,
            )
        )
    else:
        found.columns = held
