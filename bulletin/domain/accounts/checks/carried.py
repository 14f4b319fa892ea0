"""What a notice begins with against what the last one of its kind ended with."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bulletin.domain.accounts.checks.balances import stock_columns
from bulletin.domain.accounts.checks.differences import amount_words, difference
from bulletin.domain.accounts.ledgers import account_parts
from bulletin.domain.accounts.tables import all_rows, label_column, placed_tables, row_mark
from bulletin.domain.accounts.totals import Accounts, Stated
from bulletin.domain.accounts.words import NOUGHT, Mark, Side, plain_words, unit_of, yuan
from bulletin.domain.errors import Refused
from bulletin.domain.notices.content import Document, Table
from bulletin.domain.notices.draft_checks import DraftCheck

_SUMS = (Mark.TOTAL, Mark.SUBTOTAL)


def carried_differences(document: Document, last: Document, last_title: str) -> list[DraftCheck]:
    """The opening balances that are not the closing ones of the last notice.

    Lists of stocks (债权债务, 资产) are compared row by row, accounts by their one balance. What either
    notice says in two ways is compared with nothing.

    Args:
        last_title: of the last notice, for the sentence.
    """
    rows = list(_rows_that_differ(document, last, f"上一份“{last_title}”里，这一项的期末是"))
    return rows or list(_balance_that_differs(document, last, f"上一份“{last_title}”的结余是"))


def _balance_that_differs(document: Document, last: Document, what: str) -> Iterator[DraftCheck]:
    openings = [sum_ for part in _parts(document) for sum_ in _sure(part, part.openings)]
    ends = {sum_.amount for part in _parts(last) for sum_ in _sure(part, part.closings)}
    if len({sum_.amount for sum_ in openings}) != 1 or len(ends) != 1:
        return
    end = ends.pop()
    opening = next((sum_ for sum_ in openings if not sum_.is_balance), openings[0])
    if opening.amount != end:
        yield _difference(opening, end, what)


def _difference(opening: Stated, end: Decimal, what: str) -> DraftCheck:
    cell = (opening.block, opening.row, opening.column)
    if not opening.is_balance:
        return difference("carried_differs", what, end, opening.amount, cell)
    # No line says it: it follows from the first balance.
    gap = amount_words(abs(opening.amount - end))
    own = amount_words(opening.amount)
    words = f"{what}{amount_words(end)}元，这里从第一笔结余倒算，上期结余是{own}元，差{gap}元。"
    block, row, column = cell
    return DraftCheck(code="carried_differs", words=words, block=block, row=row, column=column)


def _sure(part: Accounts, sums: Sequence[Stated]) -> Sequence[Stated]:
    """What lines state; what follows from balances only where these run down from the first line."""
    stated = [sum_ for sum_ in sums if not sum_.is_balance]
    return stated or (sums if _runs_down(part) else [])


def _runs_down(part: Accounts) -> bool:
    if not part.openings or not part.closings:
        return False
    moved = [sum((e.amount for e in part.entries[side]), NOUGHT) for side in Side]
    return part.openings[0].amount + moved[0] - moved[1] == part.closings[-1].amount


def _parts(document: Document) -> list[Accounts]:
    try:
        return account_parts(document)
    except Refused:  # an amount that can't be read: column_sums.py says so
        return []


def _rows_that_differ(document: Document, last: Document, what: str) -> Iterator[DraftCheck]:
    ends = {(table, label): amount for table, label, amount, _ in _stocks(last, at_end=True)}
    for table, label, opening, cell in _stocks(document, at_end=False):
        end = ends.get((table, label))
        if end is not None and end != opening:
            yield difference("carried_differs", what, end, opening, cell)


_Stock = tuple[str, str, Decimal, tuple[int, int, int]]  # table, row, yuan, cell


def _stocks(document: Document, *, at_end: bool) -> Iterator[_Stock]:
    """What each named row of the tables of stocks had at the beginning, or has at the end."""
    for block, table, words in placed_tables(document):
        columns = stock_columns(table)
        if columns is None:
            continue
        place = columns[at_end]
        unit = unit_of(table.columns[place].title, words)
        labels = [_label(table, row, min(columns)) for row in all_rows(table)]
        for number, row in enumerate(all_rows(table)):
            label, amount = labels[number], yuan(row[place], unit)
            is_entry = row_mark(table, row, 0, len(row)) not in _SUMS
            is_only = labels.count(label) == 1
            if label and is_entry and is_only and row[place].strip() and amount is not None:
                yield plain_words(table.caption), label, amount, (block, number, place)


def _label(table: Table, row: tuple[str, ...], before: int) -> str:
    place = label_column(table, 0, before)
    return "" if place is None else plain_words(row[place])
