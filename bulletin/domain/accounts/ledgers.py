"""Village accounts in the tables of a notice: what came in, what went out, what was left.

Read as villages write them: one ledger with 收入, 支出 and 结余, a table for each side, both sides beside
one another, one column of figures under 一、收入 and 二、支出, or a table of the sums alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bulletin.domain.accounts.tables import (
    all_rows,
    amount_at,
    amount_columns,
    holds_figures,
    label_column,
    row_mark,
    tables_with_words,
)
from bulletin.domain.accounts.totals import Accounts, Entry
from bulletin.domain.accounts.words import NOUGHT, Holds, Mark, Side, holds, side_of, yuan
from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import Document, Table

SHORT = 20  # characters: what stands above a table and names it
_HOLDS = {Side.INCOME: Holds.INCOME, Side.SPENDING: Holds.SPENDING}
_SUMS = {Mark.INCOME: Side.INCOME, Mark.SPENDING: Side.SPENDING}
# On which side a stated sum may include what was carried over.
_CARRIED = {Mark.OPENING: Side.INCOME, Mark.CLOSING: Side.SPENDING}


def read_accounts(document: Document) -> Accounts | None:
    """The accounts that a notice's tables hold; None when they hold none.

    Raises:
        Refused: an amount can't be read, or there are several tables of one kind.
    """
    parts = [part for table, words in tables_with_words(document) if (part := _part(table, words))]
    ledgers = [part for part in parts if part.sides == frozenset(Side)]
    if len(ledgers) > 1:
        raise refuse("several_accounts", f"有{len(ledgers)}张收支表，分不清该用哪一张。")
    listed = ledgers or _one_of_each_side(parts)
    sums = [part for part in parts if not part.sides]
    whole = _joined([*listed, *sums])
    return whole if all(map(whole.knows, Side)) else None


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


def _part(table: Table, words: str) -> Accounts | None:
    """What one table says of accounts; None when it is none of them."""
    columns: dict[Holds, int] = {}
    for place, column in enumerate(table.columns):
        what = holds(column.title)
        if what is not None and holds_figures(table, place):
            columns.setdefault(what, place)
    if _is_ledger(table, columns):
        return _Ledger(table, words, columns).read()
    part = Accounts()
    for place in amount_columns(table):
        _Column(table, words, place, part).read()
    return part if any(map(part.knows, Side)) or part.openings or part.closings else None


def _is_ledger(table: Table, columns: Mapping[Holds, int]) -> bool:
    """Whether one row has both sides: words between them name the rows of a second side."""
    if Holds.INCOME not in columns or Holds.SPENDING not in columns:
        return False
    first, last = sorted((columns[Holds.INCOME], columns[Holds.SPENDING]))
    return all(column.kind != "text" for column in table.columns[first + 1 : last])


@dataclass
class _Ledger:
    """A table with a column for what came in and one for what went out."""

    table: Table
    words: str
    columns: dict[Holds, int]
    part: Accounts = field(default_factory=lambda: Accounts(sides=frozenset(Side)))
    balance: Decimal | None = None  # of the last entry that has one
    moved: Decimal = NOUGHT  # by the entries so far

    def __post_init__(self) -> None:
        self.label_place = label_column(self.table, 0, min(self.columns.values()))

    def read(self) -> Accounts:
        for row in all_rows(self.table):
            mark = row_mark(self.table, row, 0, len(row))
            if mark is None:
                self._entry(row)
            elif mark in (Mark.OPENING, Mark.CLOSING):
                self._carried(row, mark)
            elif mark is not Mark.SUBTOTAL:
                self._total(row, mark)
        if self.balance is not None and not self.part.closings:
            self.part.closings.append(self.balance)
        return self.part

    def _entry(self, row: Sequence[str]) -> None:
        balance, opening = self._amount(row, Holds.BALANCE), self._amount(row, Holds.OPENING)
        amounts = {side: self._amount(row, _HOLDS[side]) for side in Side}
        if opening is not None:  # one row for each of several accounts
            self.part.openings[:] = [sum(self.part.openings, opening)]
            balance = None if balance is None else balance + (self.balance or NOUGHT)
        for side, amount in amounts.items():
            if amount:
                self.part.entries[side].append(Entry(self._label(row), amount))
        self.moved += (amounts[Side.INCOME] or NOUGHT) - (amounts[Side.SPENDING] or NOUGHT)
        if balance is not None and not self.part.openings and Holds.OPENING not in self.columns:
            self.part.openings.append(balance - self.moved)
        self.balance = self.balance if balance is None else balance

    def _carried(self, row: Sequence[str], mark: Mark) -> None:
        """上年结转 and 期末结余 stand in the column of balances, else under income and spending."""
        kept = self.part.openings if mark is Mark.OPENING else self.part.closings
        for what in (Holds.BALANCE, Holds.OPENING, Holds.INCOME, Holds.SPENDING):
            amount = self._amount(row, what)
            if amount is not None:
                kept.append(amount)
                for side in (side for side in Side if _HOLDS[side] is what):
                    self.part.carried[side] += amount
                return

    def _total(self, row: Sequence[str], mark: Mark) -> None:
        for side in Side:
            amount = self._amount(row, _HOLDS[side])
            if amount is not None and (mark is Mark.TOTAL or _SUMS.get(mark) is side):
                self.part.stated[side].append(amount)
        if mark is Mark.TOTAL:
            balance, opening = self._amount(row, Holds.BALANCE), self._amount(row, Holds.OPENING)
            self.part.closings += [] if balance is None else [balance]
            self.part.openings += [] if opening is None else [opening]

    def _label(self, row: Sequence[str]) -> str:
        return "" if self.label_place is None else row[self.label_place].strip()

    def _amount(self, row: Sequence[str], what: Holds) -> Decimal | None:
        place = self.columns.get(what)
        if place is None or not row[place].strip():
            return None
        return amount_at(self.table, row, place, self.words)


@dataclass
class _Column:
    """A column of amounts of one side, or of both under 一、收入 and 二、支出."""

    table: Table
    words: str
    place: int
    part: Accounts
    waiting: list[Entry] = field(default_factory=list)  # of which a later sum says the side

    def __post_init__(self) -> None:
        before = [place for place in amount_columns(self.table) if place < self.place]
        self.start = before[-1] + 1 if before else 0  # two sides may stand beside one another
        self.label_place = label_column(self.table, self.start, self.place)

    def read(self) -> None:
        sense = self._sense()
        if sense in self.part.sides:
            raise refuse(
                "several_amounts",
                f"“{self.table.caption or self.table.columns[self.place].title}”有几列金额，分不清该用哪一列。",
            )
        section = sense
        for row in all_rows(self.table):
            mark = row_mark(self.table, row, self.start, self.place)
            amount = self._amount(row, strict=section is not None)
            if mark in _SUMS:
                section = self._sum(_SUMS[mark], amount) if sense is None else sense
            elif amount is None or mark is Mark.SUBTOTAL:
                continue
            elif mark is Mark.TOTAL:
                if sense is not None:
                    self.part.stated[sense].append(amount)
            elif mark in _CARRIED:
                kept = self.part.openings if mark is Mark.OPENING else self.part.closings
                kept.append(amount)
                self.part.carried[_CARRIED[mark]] += amount
            else:
                self._entry(Entry(self._label(row), amount), section)

    def _sense(self) -> Side | None:
        """The side that head, label or caption speak of."""
        caption = self.table.caption or (self.words if len(self.words) <= SHORT else "")
        label = "" if self.label_place is None else self.table.columns[self.label_place].title
        heads = (self.table.columns[self.place].title, label, caption)
        return next((side for words in heads if (side := side_of(words))), None)

    def _sum(self, side: Side, amount: Decimal | None) -> Side:
        """The head or the end of a section; what came before an end belongs to it."""
        if amount is not None:
            self.part.stated[side].append(amount)
        for entry in self.waiting:
            self._entry(entry, side)
        self.waiting = []
        return side

    def _amount(self, row: Sequence[str], *, strict: bool) -> Decimal | None:
        """What the row has; a table of anything else may say what it likes."""
        if not row[self.place].strip():
            return None
        if not strict and yuan(row[self.place]) is None:
            return None
        return amount_at(self.table, row, self.place, self.words)

    def _label(self, row: Sequence[str]) -> str:
        return "" if self.label_place is None else row[self.label_place].strip()

    def _entry(self, entry: Entry, side: Side | None) -> None:
        if side is None:
            self.waiting.append(entry)
            return
        self.part.entries[side].append(entry)
        self.part.sides |= {side}
