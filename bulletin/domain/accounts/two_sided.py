"""A ledger with a column for each side: what came in, what went out, what was left."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bulletin.domain.accounts.tables import all_rows, amount_at, label_column, row_mark
from bulletin.domain.accounts.totals import Accounts, Entry, Stated
from bulletin.domain.accounts.words import NOUGHT, Holds, Mark, Side
from bulletin.domain.notices.content import Table

_HOLDS = {Side.INCOME: Holds.INCOME, Side.SPENDING: Holds.SPENDING}
_SUMS = {Mark.INCOME: Side.INCOME, Mark.SPENDING: Side.SPENDING}


@dataclass
class LedgerReading:
    """A table with a column for what came in and one for what went out."""

    block: int
    table: Table
    words: str
    columns: dict[Holds, int]
    part: Accounts = field(default_factory=lambda: Accounts(sides=frozenset(Side)))
    balance: Stated | None = None  # of the last entry that has one
    moved: Decimal = NOUGHT  # by the entries so far

    def __post_init__(self) -> None:
        self.label_place = label_column(self.table, 0, min(self.columns.values()))

    def read(self) -> Accounts:
        for number, row in enumerate(all_rows(self.table)):
            mark = row_mark(self.table, row, 0, len(row))
            if mark is None:
                self._entry(number, row)
            elif mark in (Mark.OPENING, Mark.CLOSING):
                self._carried(number, row, mark)
            elif mark is not Mark.SUBTOTAL:
                self._total(number, row, mark)
        if self.balance is not None and not self.part.closings:
            self.part.closings.append(self.balance)
        return self.part

    def _entry(self, number: int, row: Sequence[str]) -> None:
        balance, opening = self._amount(row, Holds.BALANCE), self._amount(row, Holds.OPENING)
        amounts = {side: self._amount(row, _HOLDS[side]) for side in Side}
        if opening is not None:  # one row for each of several accounts
            before = sum((sum_.amount for sum_ in self.part.openings), NOUGHT)
            self.part.openings[:] = [self._stated(number, Holds.OPENING, before + opening)]
            if balance is not None and self.balance is not None:
                balance += self.balance.amount
        for side, amount in amounts.items():
            if amount:
                self.part.entries[side].append(Entry(self._label(row), amount))
        self.moved += (amounts[Side.INCOME] or NOUGHT) - (amounts[Side.SPENDING] or NOUGHT)
        if balance is None:
            return
        if not self.part.openings and Holds.OPENING not in self.columns:
            self.part.openings.append(self._stated(number, Holds.BALANCE, balance - self.moved))
        self.balance = self._stated(number, Holds.BALANCE, balance)

    def _carried(self, number: int, row: Sequence[str], mark: Mark) -> None:
        """上年结转 and 期末结余 stand in the column of balances, else under income and spending."""
        kept = self.part.openings if mark is Mark.OPENING else self.part.closings
        for what in (Holds.BALANCE, Holds.OPENING, Holds.INCOME, Holds.SPENDING):
            amount = self._amount(row, what)
            if amount is not None:
                sum_ = self._stated(number, what, amount)
                kept.append(replace(sum_, is_balance=sum_.is_balance and mark is Mark.CLOSING))
                for side in (side for side in Side if _HOLDS[side] is what):
                    self.part.carried[side] += amount
                return

    def _total(self, number: int, row: Sequence[str], mark: Mark) -> None:
        for side in Side:
            amount = self._amount(row, _HOLDS[side])
            if amount is not None and (mark is Mark.TOTAL or _SUMS.get(mark) is side):
                self.part.stated[side].append(self._stated(number, _HOLDS[side], amount))
        if mark is Mark.TOTAL:
            balance, opening = self._amount(row, Holds.BALANCE), self._amount(row, Holds.OPENING)
            if balance is not None:
                self.part.closings.append(self._stated(number, Holds.BALANCE, balance))
            if opening is not None:
                self.part.openings.append(self._stated(number, Holds.OPENING, opening))

    def _stated(self, number: int, what: Holds, amount: Decimal) -> Stated:
        """An amount with its cell."""
        return Stated(
            amount=amount,
            block=self.block,
            row=number,
            column=self.columns[what],
            is_balance=what is Holds.BALANCE,
        )

    def _label(self, row: Sequence[str]) -> str:
        return "" if self.label_place is None else row[self.label_place].strip()

    def _amount(self, row: Sequence[str], what: Holds) -> Decimal | None:
        place = self.columns.get(what)
        if place is None or not row[place].strip():
            return None
        return amount_at(self.table, row, place, self.words)
