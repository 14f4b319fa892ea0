"""上期结余 + 收入 − 支出 = 本期结余 within a table: row by row, or running down a ledger."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.accounts.checks.differences import difference
from bulletin.domain.accounts.checks.money_columns import is_money
from bulletin.domain.accounts.tables import all_rows, row_mark
from bulletin.domain.accounts.words import NOUGHT, Holds, Mark, holds, plain_words, unit_of, yuan
from bulletin.domain.notices.content import Table
from bulletin.domain.notices.draft_checks import DraftCheck

_THIS = r"(?:(?:本|当)(?:期|月|季度?|年度?))?"
_WHAT = r"(?:额|金额|数|发生额|资金)?"
_HEADS = (
    (Holds.OPENING, r"(?:(?:期|年|季|月)初|上(?:期|年|季度?|月)(?:末|结))\w{0,6}"),
    (Holds.BALANCE, r"(?:期|年|季|月)末\w{0,6}|剩余(?:金额|资金)?"),
    (Holds.INCOME, rf"{_THIS}(?:增加|新增|增|借方|收到|到账|拨入|收回){_WHAT}"),
    (Holds.SPENDING, rf"{_THIS}(?:减少|减|贷方|偿还|归还|已用|使用|支用|列支|拨出|付出){_WHAT}"),
)
_SUMS = (Mark.TOTAL, Mark.SUBTOTAL)
_PATTERNS = tuple((what, re.compile(words)) for what, words in _HEADS)


@dataclass(frozen=True)
class _BalanceRow:
    number: int
    mark: Mark | None
    opening: Decimal | None
    income: Decimal
    spending: Decimal
    balance: Decimal | None

    @property
    def moved(self) -> Decimal:
        return self.income - self.spending

    @property
    def running_balance(self) -> Decimal | None:
        """Its balance, but for what is none: 结转下年 leaves 0, and 合计 may say what moved in all."""
        says_else = {Mark.CLOSING: NOUGHT, Mark.TOTAL: self.moved}
        return (
            None
            if self.mark in says_else and self.balance == says_else[self.mark]
            else self.balance
        )


def balances(block: int, table: Table, words: str) -> list[DraftCheck]:
    """The balances of a table that don't follow from what stands beside or above them."""
    columns = _columns(table)
    place = columns.get(Holds.BALANCE)
    if place is None or not {Holds.INCOME, Holds.SPENDING} & columns.keys():
        return []
    rows = list(_rows(table, words, columns))
    if Holds.OPENING in columns:
        readings = [_each(rows), _each(rows, signs=(1, -1)), _running(rows)]
    elif {Holds.INCOME, Holds.SPENDING} <= columns.keys():
        readings = _ledger_readings(rows)
        if "借" in table.columns[columns[Holds.INCOME]].title:
            readings.append(_each(rows, signs=(1, -1)))
    else:
        return []
    # Which way the balances run is not said: the way by which most of them come out right.
    wrong, looked_at = min(readings, key=lambda reading: len(reading[0]))
    if len(wrong) > max(1, looked_at // 2):
        return []
    title = table.columns[place].title
    return [
        difference(
            "balance_differs",
            f"“{title}”应当是",
            right,
            stated,
            (block, number, place),
        )
        for number, right, stated in sorted(wrong)
    ]


def _ledger_readings(rows: Sequence[_BalanceRow]) -> list["_Reading"]:
    """Downwards, or upwards where the newest line comes first; without an opening, each row by itself."""
    marks = [row.mark for row in rows if row.mark not in _SUMS]
    readings = [_running(rows)]
    if Mark.OPENING not in marks[:-1]:
        readings.append(_running([row for row in rows[::-1] if row.mark not in _SUMS]))
    if Mark.OPENING not in marks:
        readings.append(_each(rows))
    return readings


_Reading = tuple[list[tuple[int, Decimal, Decimal]], int]  # row, right, stated; rows looked at


def _each(rows: Sequence[_BalanceRow], *, signs: Sequence[int] = (1,)) -> _Reading:
    """Every row an account of its own; of what is owed, 贷方 is what makes it more.

    Sums are looked at where they stand (column_sums.py).
    """
    wrong, looked_at = [], 0
    for row in rows:
        if row.mark is not None or row.balance is None:
            continue
        looked_at += 1
        right = [(row.opening or NOUGHT) + sign * row.moved for sign in signs]
        if row.balance not in right:
            wrong.append((row.number, right[0], row.balance))
    return wrong, looked_at


def _running(rows: Sequence[_BalanceRow]) -> _Reading:
    """A ledger, each balance the one before it and what moved since.

    A balance that was mistyped is one difference: the next one may go on from what it should be.
    """
    wrong: list[tuple[int, Decimal, Decimal]] = []
    so_far: list[Decimal] = []  # what the next balance may go on from
    moved, looked_at = NOUGHT, 0
    for row in rows:
        moved += row.moved if row.mark is None else NOUGHT
        stated = row.running_balance
        if stated is None or (row.mark in _SUMS and not so_far):
            continue
        if not so_far or row.mark is Mark.OPENING:
            so_far, moved = [stated], NOUGHT
            continue
        looked_at += 1
        right = [before + moved for before in so_far]
        moved = NOUGHT
        if stated in right:
            so_far = [stated]
        else:
            wrong.append((row.number, right[-1], stated))
            so_far = [stated, right[-1]]
    return wrong, looked_at


def _rows(table: Table, words: str, columns: dict[Holds, int]) -> Iterator[_BalanceRow]:
    units = {what: unit_of(table.columns[place].title, words) for what, place in columns.items()}
    for number, row in enumerate(all_rows(table)):
        amounts = {
            what: yuan(row[place], units[what]) if row[place].strip() else None
            for what, place in columns.items()
        }
        yield _BalanceRow(
            number=number,
            mark=row_mark(table, row, 0, len(row)),
            opening=amounts.get(Holds.OPENING),
            income=amounts.get(Holds.INCOME) or NOUGHT,
            spending=amounts.get(Holds.SPENDING) or NOUGHT,
            balance=amounts.get(Holds.BALANCE),
        )


def _columns(table: Table) -> dict[Holds, int]:
    """The one column of money for each of what moves and what is left; none where two may be meant."""
    found: dict[Holds, list[int]] = {}
    for place, column in enumerate(table.columns):
        what = holds(column.title) or _holds(column.title)
        if what is not None and is_money(table, place):
            found.setdefault(what, []).append(place)
    return {what: places[0] for what, places in found.items() if len(places) == 1}


def _holds(head: str) -> Holds | None:
    words = plain_words(head).removesuffix("元").removesuffix("万")
    return next((what for what, pattern in _PATTERNS if pattern.fullmatch(words)), None)


def runs_a_balance(table: Table) -> bool:
    """Whether a table is a ledger, each balance of which goes on from the one before."""
    columns = _columns(table).keys()
    return Holds.OPENING not in columns and {Holds.INCOME, Holds.SPENDING, Holds.BALANCE} <= columns


def stock_columns(table: Table) -> tuple[int, int] | None:
    """The columns of what each row had at the beginning and has at the end; None without both."""
    columns = _columns(table)
    if Holds.OPENING not in columns or Holds.BALANCE not in columns:
        return None
    return columns[Holds.OPENING], columns[Holds.BALANCE]
