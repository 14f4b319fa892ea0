"""A column 合计 against the columns beside it, in a table that adds its rows up."""

import re
from collections.abc import Iterator, Sequence

from bulletin.domain.accounts.checks.differences import difference
from bulletin.domain.accounts.checks.money_columns import is_money
from bulletin.domain.accounts.tables import row_mark
from bulletin.domain.accounts.words import NOUGHT, Holds, holds, plain_words, unit_of, yuan
from bulletin.domain.notices.content import Table
from bulletin.domain.notices.draft_checks import DraftCheck

_WHOLE = re.compile(
    r"\w{0,4}(?:合计|小计|总计|共计|总额)(?:金额)?|(?:应发|实发|实得)(?:金额|数|额)?|全年(?:金额)?"
)
_BALANCES = (Holds.OPENING, Holds.BALANCE)
MIN_PARTS = 2  # one column beside another is no sum


def row_sums(block: int, table: Table, words: str) -> Iterator[DraftCheck]:
    """The rows whose 合计 is another sum than their parts.

    Which columns are the parts is not said anywhere: those by which most rows come out right. A table
    in which no row comes out right does not add its rows up.
    """
    money = [place for place in range(len(table.columns)) if is_money(table, place)]
    for place in money:
        title = table.columns[place].title
        if _WHOLE.fullmatch(plain_words(title).removesuffix("元").removesuffix("万")):
            yield from _of_column(block, table, words, place, money)


def _of_column(
    block: int, table: Table, words: str, place: int, money: Sequence[int]
) -> Iterator[DraftCheck]:
    others = [p for p in money if p != place and holds(table.columns[p].title) not in _BALANCES]
    left, right = [p for p in others if p < place], [p for p in others if p > place]
    choices = [parts for parts in (left, right, others) if len(parts) >= MIN_PARTS]
    found = [_judged(block, table, words, place, parts) for parts in choices]
    right_rows, wrong = max(found, key=lambda each: each[0], default=(0, []))
    if right_rows > len(wrong) or (right_rows and len(wrong) == 1):
        yield from wrong


def _judged(
    block: int, table: Table, words: str, place: int, parts: Sequence[int]
) -> tuple[int, list[DraftCheck]]:
    """How many rows come out right, and a difference for each that doesn't."""
    units = {p: unit_of(table.columns[p].title, words) for p in (place, *parts)}
    right_rows, wrong = 0, []
    for number, row in enumerate(table.rows):
        if row_mark(table, row, 0, len(row)) is not None:
            continue  # the sums of the columns: column_sums.py
        amounts = {p: yuan(row[p], unit) for p, unit in units.items()}
        stated = amounts[place]
        known = [amount for p in parts if (amount := amounts[p]) is not None]
        if stated is None or len(known) < len(parts) or not row[place].strip():
            continue
        whole = sum(known, NOUGHT)
        if stated == whole:
            right_rows += bool(whole)
        else:
            what = f"这一行各列加起来是“{table.columns[place].title}”"
            cell = (block, number, place)
            wrong.append(difference("sum_differs", what, whole, stated, cell))
    return right_rows, wrong
