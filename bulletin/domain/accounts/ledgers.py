"""Village accounts in the tables of a notice: what came in, what went out, what was left.

Read as villages write them: one ledger with 收入, 支出 and 结余, a table for each side, both sides beside
one another, one column of figures under 一、收入 and 二、支出, or a table of the sums alone.
"""

from collections.abc import Iterable, Mapping, Sequence

from bulletin.domain.accounts.one_sided import ColumnReading
from bulletin.domain.accounts.tables import (
    amount_columns,
    holds_figures,
    placed_tables,
)
from bulletin.domain.accounts.totals import Accounts
from bulletin.domain.accounts.two_sided import LedgerReading
from bulletin.domain.accounts.words import Holds, Side, holds, without_numbering
from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import Document, Table


def read_accounts(document: Document) -> Accounts | None:
    """The accounts that a notice's tables hold; None when they hold none.

    Raises:
        Refused: an amount can't be read, or there are several tables of one kind.
    """
    parts = account_parts(document)
    ledgers = [part for part in parts if part.sides == frozenset(Side)]
    if len(ledgers) > 1:
        raise refuse("several_accounts", f"有{len(ledgers)}张收支表，分不清该用哪一张。")
    listed = ledgers or _one_of_each_side(parts)
    sums = [part for part in parts if not part.sides]
    whole = _joined([*listed, *sums])
    return whole if all(map(whole.knows, Side)) else None


def account_parts(document: Document) -> list[Accounts]:
    """What each table says of accounts, in order; those that say nothing of them are left out.

    Raises:
        Refused: an amount can't be read.
    """
    tables = placed_tables(document)
    parts = (_part(block, table, words) for block, table, words in tables)
    return [part for part in parts if part is not None]


def separate_accounts(document: Document) -> list[tuple[str, Accounts]]:
    """The accounts of several funds, each a ledger with a name of its own above it; empty where one has none.

    Raises:
        Refused: an amount can't be read.
    """
    found = []
    for block, table, words in placed_tables(document):
        part = _part(block, table, words)
        if part is not None and part.sides == frozenset(Side):
            name = without_numbering(words.partition("\n")[0]).strip()
            found.append((name, part))
    names = {name for name, _ in found}
    return found if "" not in names and len(names) == len(found) else []


def _one_of_each_side(parts: Sequence[Accounts]) -> list[Accounts]:
    for side in Side:
        several = [part for part in parts if side in part.sides]
        if len(several) > 1:
            raise refuse(
                "several_accounts", f"有{len(several)}张{side.value}表，分不清该用哪一张。"
            )
    return [part for part in parts if part.sides]


def _joined(parts: Iterable[Accounts]) -> Accounts:
    whole = Accounts()
    for part in parts:
        for side in Side:
            whole.entries[side] += part.entries[side]
            whole.stated[side] += part.stated[side]
            whole.carried[side] += part.carried[side]
        whole.openings += part.openings
        whole.closings += part.closings
        whole.sides |= part.sides
    return whole


def _part(block: int, table: Table, words: str) -> Accounts | None:
    """What one table says of accounts; None when it is none of them."""
    columns: dict[Holds, int] = {}
    for place, column in enumerate(table.columns):
        what = holds(column.title)
        if what is not None and holds_figures(table, place):
            columns.setdefault(what, place)
    if _is_ledger(table, columns):
        return LedgerReading(block, table, words, columns).read()
    part = Accounts()
    for place in amount_columns(table):
        ColumnReading(block, table, words, place, part).read()
    return part if any(map(part.knows, Side)) or part.openings or part.closings else None


def _is_ledger(table: Table, columns: Mapping[Holds, int]) -> bool:
    """Whether one row has both sides: words between them name the rows of a second side."""
    if Holds.INCOME not in columns or Holds.SPENDING not in columns:
        return False
    first, last = sorted((columns[Holds.INCOME], columns[Holds.SPENDING]))
    return all(column.kind != "text" for column in table.columns[first + 1 : last])
