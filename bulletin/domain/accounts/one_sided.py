"""One column of amounts: of one side, or of both under 一、收入 and 二、支出."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bulletin.domain.accounts.tables import (
    all_rows,
    amount_at,
    amount_columns,
    label_column,
    row_mark,
)
from bulletin.domain.accounts.totals import Accounts, Entry, Stated
from bulletin.domain.accounts.words import Mark, Side, side_of, yuan
from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import Table

SHORT = 20  # characters: what stands above a table and names it
_SUMS = {Mark.INCOME: Side.INCOME, Mark.SPENDING: Side.SPENDING}
# On which side a stated sum may include what was carried over.
_CARRIED = {Mark.OPENING: Side.INCOME, Mark.CLOSING: Side.SPENDING}


@dataclass
class ColumnReading:
    """A column of amounts of one side, or of both under 一、收入 and 二、支出."""

    block: int
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
        for number, row in enumerate(all_rows(self.table)):
            mark = row_mark(self.table, row, self.start, self.place)
            amount = self._amount(row, strict=section is not None)
            stated = None if amount is None else Stated(amount, self.block, number, self.place)
            if mark in _SUMS:
                section = self._sum(_SUMS[mark], stated) if sense is None else sense
            elif amount is None or stated is None or mark is Mark.SUBTOTAL:
                continue
            elif mark is Mark.TOTAL:
                if sense is not None:
                    self.part.stated[sense].append(stated)
            elif mark in _CARRIED:
                kept = self.part.openings if mark is Mark.OPENING else self.part.closings
                kept.append(stated)
                self.part.carried[_CARRIED[mark]] += amount
            else:
                self._entry(Entry(self._label(row), amount), section)

    def _sense(self) -> Side | None:
        """The side that head, label or caption speak of."""
        caption = self.table.caption or (self.words if len(self.words) <= SHORT else "")
        label = "" if self.label_place is None else self.table.columns[self.label_place].title
        heads = (self.table.columns[self.place].title, label, caption)
        return next((side for words in heads if (side := side_of(words))), None)

    def _sum(self, side: Side, stated: Stated | None) -> Side:
        """The head or the end of a section; what came before an end belongs to it."""
        if stated is not None:
            self.part.stated[side].append(stated)
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
