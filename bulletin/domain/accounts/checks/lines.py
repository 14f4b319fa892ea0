"""A column of amounts line by line, and the sums that its lines may be meant to give.

A table has no one way to be added up: 其中 names parts of the line above, 一、 may be the sum of what
stands under it, 上期结余 may count into the total or not. A stated sum that any of these readings gives
is right; only one that none of them gives is a difference.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bulletin.domain.accounts.tables import all_rows, amount_columns, row_mark
from bulletin.domain.accounts.words import MANY, NOUGHT, Mark, mark_of, plain_words, unit_of, yuan
from bulletin.domain.characters import folded
from bulletin.domain.notices.content import Table

_PART = re.compile(r"\(?其中")
_LESS = re.compile(r"减[:：]?(?!少|免|值|收)")
_SERIALS = ("序号", "编号", "号", "项次", "栏次")
_NUMERAL = "[一二三四五六七八九十]"
_LEVELS = (
    re.compile(rf"{_NUMERAL}{{1,3}}[、.]?(?!\S)|{_NUMERAL}{{1,3}}[、.]"),
    re.compile(rf"\({_NUMERAL}{{1,3}}\)"),
    re.compile(r"\d{1,2}(?:[、.](?!\d)|(?!\S))"),
    re.compile(r"\d{1,2}\.\d{1,2}(?![\d.])"),
    re.compile(r"\(\d{1,2}\)|\d{1,2}\)"),
)
UNNUMBERED = len(_LEVELS) + 1


_SUMS = (Mark.TOTAL, Mark.SUBTOTAL)


@dataclass(frozen=True)
class Line:
    """One cell of a column with what its row is."""

    row: int  # counted from 0; the footer comes after the rows
    label: str
    mark: Mark | None  # None: an entry
    level: int  # by its numbering, 一、 is 1; UNNUMBERED without any
    amount: Decimal | None  # yuan; None: blank, or words
    unread: str = ""  # what was typed, where it has digits and is no amount

    @property
    def is_part(self) -> bool:
        """Whether it names a part of the line above: 其中：拨款."""
        return self.mark is Mark.SUBTOTAL and _PART.match(plain_words(self.label)) is not None

    @property
    def is_entry(self) -> bool:
        return self.mark is None and self.amount is not None


@lru_cache(maxsize=64)  # of one draft: several rules look at the same column
def column_lines(table: Table, place: int, words: str) -> tuple[Line, ...]:
    """The lines of one column of amounts, each with what its own label says of it."""
    facts = _row_facts(table, *_label_span(table, place))
    unit = unit_of(table.columns[place].title, words)
    return tuple(
        _line(number, row[place].strip(), facts[number], unit)
        for number, row in enumerate(all_rows(table))
    )


def _line(number: int, cell: str, facts: tuple[str, Mark | None, int], unit: Decimal) -> Line:
    label, mark, level = facts
    amount = yuan(cell, unit) if cell else None
    has_digits = any(map(str.isdigit, folded(cell)))
    if mark in _SUMS and amount == NOUGHT and not has_digits:
        amount = None  # a dash on the line of sums says that nothing is summed up there
    unread = cell if cell and amount is None and has_digits else ""
    return Line(number, label, mark, level, amount, unread)


@lru_cache(maxsize=16)  # the columns of a table share their labels
def _row_facts(table: Table, start: int, end: int) -> list[tuple[str, Mark | None, int]]:
    """Label, mark and level of every row, by its words between two columns."""
    return [_facts(table, row, start, end) for row in all_rows(table)]


def _facts(
    table: Table, row: tuple[str, ...], start: int, end: int
) -> tuple[str, Mark | None, int]:
    texts = [cell for cell in _words_of(table, row, start, end) if cell.strip()]
    level = _level(table, row, (start, end), texts)
    if not texts:  # what stands further left, or right, names it
        start, end = 0, len(row)
    label = next(iter(texts or [cell for cell in _words_of(table, row, 0, end) if cell]), "")
    mark = row_mark(table, row, start, end)
    if mark is None and _PART.match(plain_words(label)):
        mark = Mark.SUBTOTAL
    said = next((cell for cell in row[start:end] if mark and mark_of(cell) is mark), label)
    return said, mark, level


def _label_span(table: Table, place: int) -> tuple[int, int]:
    """The columns that name the rows of an amount: after the amount before it, if words stand between."""
    before = [p for p in amount_columns(table) if p < place]
    start = before[-1] + 1 if before else 0
    worded = [p for p in range(place) if table.columns[p].kind == "text"]
    end = worded[-1] + 1 if worded else place
    return (start, end) if start < end else (0, end)


def _words_of(table: Table, row: Sequence[str], start: int, end: int) -> Iterator[str]:
    for column, cell in zip(table.columns[start:end], row[start:end], strict=True):
        if column.kind == "text" and plain_words(column.title) not in _SERIALS:
            yield cell


def _level(table: Table, row: Sequence[str], span: tuple[int, int], texts: Sequence[str]) -> int:
    """How deep a row stands by its numbering, in its label or under 序号."""
    start, end = span
    serials = [
        cell
        for column, cell in zip(table.columns[start:end], row[start:end], strict=True)
        if plain_words(column.title) in _SERIALS and cell.strip()
    ]
    for words in (*serials, *texts[:1]):
        if (level := level_of(words)) < UNNUMBERED:
            return level
    return UNNUMBERED


@lru_cache(maxsize=MANY)
def level_of(label: str) -> int:
    """1 for 一、 to 5 for (1); UNNUMBERED without a number."""
    words = folded(label).strip()
    matches = (n for n, pattern in enumerate(_LEVELS, 1) if pattern.match(words))
    return next(matches, UNNUMBERED)


def plausible_sums(lines: Sequence[Line]) -> set[Decimal]:
    """What the entries among some lines may come to; empty without an entry."""
    entries = [line for line in lines if line.is_entry]
    if not entries:
        return set()
    sums = {_sum(entries)}
    if len({entry.level for entry in entries}) > 1:
        sums |= {_sum(_top_level(entries)), _sum(_leaves(entries))}
    if any(line.mark is Mark.SUBTOTAL for line in lines):
        sums |= {_sum(_without_parts(lines)), _sum_over_subtotals(lines)}
    if any(_is_less(entry) for entry in entries):
        sums.add(sum(((-1 if _is_less(e) else 1) * (e.amount or NOUGHT) for e in entries), NOUGHT))
    return sums


def carried_over(lines: Sequence[Line]) -> set[Decimal]:
    """What a stated sum may count in besides the entries: 上期结余 before them, 结余 after them."""
    opening = sum((li.amount or NOUGHT for li in lines if li.mark is Mark.OPENING), NOUGHT)
    closing = sum((li.amount or NOUGHT for li in lines if li.mark is Mark.CLOSING), NOUGHT)
    return {NOUGHT, opening, closing}


def _sum(entries: Sequence[Line]) -> Decimal:
    return sum((entry.amount or NOUGHT for entry in entries), NOUGHT)


def _is_less(entry: Line) -> bool:
    """减：已付款 is taken off."""
    return "减" in entry.label and _LESS.match(plain_words(entry.label)) is not None


def _top_level(entries: Sequence[Line]) -> list[Line]:
    top = min(entry.level for entry in entries)
    return [entry for entry in entries if entry.level == top]


def _leaves(entries: Sequence[Line]) -> list[Line]:
    parents = {a.row for a, b in pairwise(entries) if b.level > a.level}
    return [entry for entry in entries if entry.row not in parents]


def _without_parts(lines: Sequence[Line]) -> list[Line]:
    """The entries but for those that go on with the parts which 其中 begins."""
    kept: list[Line] = []
    skipped = -1
    for number, line in enumerate(lines):
        if line.is_part and kept:
            skipped = max(skipped, _end_of_parts(lines, number, kept[-1].amount or NOUGHT))
        elif line.is_entry and number > skipped:
            kept.append(line)
    return kept


def _end_of_parts(lines: Sequence[Line], start: int, whole: Decimal) -> int:
    """The last line of the parts that make up the line above them; `start` when they don't."""
    so_far = lines[start].amount or NOUGHT
    for number in range(start + 1, len(lines)):
        if so_far == whole or not lines[number].is_entry:
            break
        so_far += lines[number].amount or NOUGHT
        if so_far == whole:
            return number
    return start


def _sum_over_subtotals(lines: Sequence[Line]) -> Decimal:
    """The entries, and the 小计 of groups whose entries are not listed."""
    whole = NOUGHT
    waiting = 0
    for line in lines:
        if line.is_entry:
            waiting += 1
            whole += line.amount or NOUGHT
        elif line.mark is Mark.SUBTOTAL and not line.is_part and line.amount is not None:
            whole += NOUGHT if waiting else line.amount
            waiting = 0
    return whole
