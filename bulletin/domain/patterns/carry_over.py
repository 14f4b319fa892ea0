"""上期结余: what the earlier notice ended with is what the new one begins with."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bulletin.domain.accounts.checks.balances import stock_columns
from bulletin.domain.accounts.ledgers import account_parts
from bulletin.domain.accounts.tables import all_rows, placed_tables
from bulletin.domain.accounts.words import unit_of
from bulletin.domain.errors import Refused
from bulletin.domain.notices.content import Document, Table

_Cell = tuple[int, int, int]  # block, row, column


def carried_over(document: Document) -> Document:
    """The tables of an earlier notice with their closing balances as the opening ones.

    Accounts have one balance, lists of stocks (债权债务, 资产) one in each row. What is said in two ways,
    or can't be read, is carried nowhere.
    """
    cells = dict([*_stocks(document), *_balance(document)])
    blocks = list(document.blocks)
    for (at, row, column), words in cells.items():
        table = blocks[at]
        if isinstance(table, Table):
            blocks[at] = _with_cell(table, row, column, words)
    return Document(tuple(blocks))


def _balance(document: Document) -> Iterator[tuple[_Cell, str]]:
    try:
        parts = account_parts(document)
    except Refused:
        return
    openings = [sum_ for part in parts for sum_ in part.openings if not sum_.is_balance]
    ends = {sum_.amount for part in parts for sum_ in part.closings}
    if len({sum_.amount for sum_ in openings}) != 1 or len(ends) != 1:
        return
    end = ends.pop()
    units = {at: (table, words) for at, table, words in placed_tables(document)}
    for opening in openings:
        table, words = units[opening.block]
        unit = unit_of(table.columns[opening.column].title, words)
        yield (opening.block, opening.row, opening.column), _figure(end / unit)


def _figure(amount: Decimal) -> str:
    return f"{amount:.2f}" if amount == round(amount, 2) else f"{amount.normalize():f}"


def _stocks(document: Document) -> Iterator[tuple[_Cell, str]]:
    for at, table, _words in placed_tables(document):
        columns = stock_columns(table)
        if columns is None:
            continue
        opening, closing = columns
        for number, row in enumerate(all_rows(table)):
            if row[closing].strip():
                yield (at, number, opening), row[closing]


def _with_cell(table: Table, row: int, column: int, words: str) -> Table:
    """The table with other words in one cell; the row of sums has the number of rows."""
    rows = all_rows(table)
    rows[row] = (*rows[row][:column], words, *rows[row][column + 1 :])
    count = len(table.rows)
    return replace(table, rows=tuple(rows[:count]), footer=rows[count] if table.footer else None)
