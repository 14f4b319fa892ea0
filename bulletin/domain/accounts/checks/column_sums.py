"""合计 and 小计 against the lines that they add up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bulletin.domain.accounts.checks.balances import runs_a_balance
from bulletin.domain.accounts.checks.differences import Cell, difference, nearest
from bulletin.domain.accounts.checks.lines import (
    Line,
    carried_over,
    column_lines,
    plausible_sums,
)
from bulletin.domain.accounts.checks.money_columns import is_summed
from bulletin.domain.accounts.one_sided import SHORT
from bulletin.domain.accounts.words import NOUGHT, Holds, Mark, Side, holds, plain_words, side_of
from bulletin.domain.notices.content import Table
from bulletin.domain.notices.draft_checks import DraftCheck

_UNCHECKED = re.compile(r"累计|承前页|过次页|转下页")
_TOTAL = re.compile(r"合计|总计|共计|总额")
_SUMS = (Mark.TOTAL, Mark.SUBTOTAL)
_SUM_OF_SIDE = {Mark.INCOME: Side.INCOME, Mark.SPENDING: Side.SPENDING}


@dataclass
class Judged:
    """What was found, and the cells that were looked at."""

    checks: list[DraftCheck] = field(default_factory=list)
    cells: set[Cell] = field(default_factory=set)


def column_sums(block: int, table: Table, words: str) -> Judged:
    """Every sum that a column of money states, against its lines."""
    judged = Judged()
    for place in range(len(table.columns)):
        if is_summed(table, place):
            lines = column_lines(table, place, words)
            around = table.caption or (words if len(words) <= SHORT else "")
            _Column(block, table, place, around, lines, judged).check()
    return judged


@dataclass
class _Column:
    block: int
    table: Table
    place: int
    around: str  # its caption, or a few words above it
    lines: Sequence[Line]
    judged: Judged

    def __post_init__(self) -> None:
        self.title = self.table.columns[self.place].title
        self.holds = holds(self.title)
        self.side = side_of(self.title) or side_of(self.around)
        self.lines = list(map(self._in_own_sense, self.lines))

    def _in_own_sense(self, line: Line) -> Line:
        """支出合计 is the total of a column that has the spending only."""
        side = _SUM_OF_SIDE.get(line.mark) if line.mark else None
        if side is None or self._both_sides():
            return line
        if self.side is not side and not _TOTAL.search(plain_words(line.label)):
            return line
        return replace(line, mark=Mark.TOTAL)

    def _both_sides(self) -> bool:
        own = side_of(self.title)
        marks = {line.mark for line in self.lines}
        return own is None and {Mark.INCOME, Mark.SPENDING} <= marks

    def check(self) -> None:
        if self._both_sides():
            return  # the balance of a whole is no sum: between_tables.py looks at it
        if self.holds is Holds.BALANCE and runs_a_balance(self.table):
            return  # nor is a running balance: balances.py
        stated = [li for li in self.lines if li.mark in _SUMS and li.amount is not None]
        if not any(line.mark is Mark.TOTAL or not line.is_part for line in stated):
            return
        if unread := [line for line in self.lines if line.unread]:
            self.judged.checks += map(self._unread, unread)
            return
        for line in stated:
            self._compare(line)

    def _compare(self, line: Line) -> None:
        stated, likeliest = line.amount or NOUGHT, None
        cell = (self.block, line.row, self.place)
        for sums in self._sums_for(line):
            self.judged.cells.add(cell)
            if stated in sums:
                return
            # Of balances the sum comes after the last one: it is the one that people mean.
            likeliest = sums if likeliest is None or self.holds is Holds.BALANCE else likeliest
        if likeliest is not None:
            right = nearest(likeliest, stated)
            what = f"“{self.title}”一列，“{line.label.strip() or '合计'}”按各行加起来是"
            self.judged.checks.append(difference("sum_differs", what, right, stated, cell))

    def _sums_for(self, line: Line) -> Iterator[set[Decimal]]:
        """The sums that a line may state, those of the likeliest lines first."""
        if self.holds is Holds.BALANCE:  # of several accounts, or as the last one left it
            yield {self.lines[max(line.row - 1, 0)].amount or NOUGHT}
        if line.mark is Mark.TOTAL:
            if self._is_side_of_ledger() and not any(li.is_entry for li in self.lines):
                yield carried_over(self.lines)  # nothing came in, or nothing went out
            yield from filter(None, map(_with_carried, self._spans_of_total(line)))
        elif not line.is_part and not _UNCHECKED.search(plain_words(line.label)):
            yield from filter(None, map(plausible_sums, self._spans_of_subtotal(line)))

    def _is_side_of_ledger(self) -> bool:
        is_side = self.holds in (Holds.INCOME, Holds.SPENDING)
        return is_side and any(line.mark is None for line in self.lines)

    def _spans_of_total(self, line: Line) -> Iterator[Sequence[Line]]:
        at = line.row
        yield self.lines[self._after_last(at, Mark.TOTAL) : at]
        yield self.lines[:at]
        yield self.lines[at + 1 : self._next(at, Mark.TOTAL)]
        yield self.lines

    def _spans_of_subtotal(self, line: Line) -> Iterator[Sequence[Line]]:
        at = line.row
        total = self._after_last(at, Mark.TOTAL)
        yield self.lines[max(self._after_last(at, Mark.SUBTOTAL), total) : at]
        alike = [li.row + 1 for li in self.lines[:at] if _kind(li) == _kind(line)]
        yield self.lines[max([*alike, total]) : at]
        yield self.lines[total:at]
        yield self.lines[at + 1 : min(self._next(at, Mark.SUBTOTAL), self._next(at, Mark.TOTAL))]

    def _after_last(self, at: int, mark: Mark) -> int:
        rows = [li.row + 1 for li in self.lines[:at] if li.mark is mark and not li.is_part]
        return rows[-1] if rows else 0

    def _next(self, at: int, mark: Mark) -> int:
        rows = (li.row for li in self.lines[at + 1 :] if li.mark is mark and not li.is_part)
        return next(rows, len(self.lines))

    def _unread(self, line: Line) -> DraftCheck:
        words = f"“{line.unread}”不是一个金额，“{self.title}”一列加不起来。请只写一个数，别的话写在备注里。"
        return DraftCheck(
            code="amount_unread", words=words, block=self.block, row=line.row, column=self.place
        )


def _with_carried(lines: Sequence[Line]) -> set[Decimal]:
    carried = carried_over(lines)
    return {sum_ + extra for sum_ in plausible_sums(lines) for extra in carried}


def _kind(line: Line) -> str:
    """小计, 月合计, 季度合计: sums of one kind follow one another."""
    return plain_words(line.label)[-2:] if line.mark is Mark.SUBTOTAL else ""
