"""The equations of the finance forms, in every table that has their columns or rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from bulletin.domain.accounts.checks.differences import difference
from bulletin.domain.accounts.checks.lines import Line, column_lines
from bulletin.domain.accounts.checks.money_columns import is_money
from bulletin.domain.accounts.forms import Equation, FinanceForm
from bulletin.domain.accounts.tables import row_mark
from bulletin.domain.accounts.words import MANY, NOUGHT, plain_words, unit_of, yuan
from bulletin.domain.characters import folded
from bulletin.domain.notices.content import Table
from bulletin.domain.notices.draft_checks import DraftCheck

_LEADING = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_NUMBERING = re.compile(r"\s*(?:\(?[一二三四五六七八九十\d]{1,3}(?:[、)]|\.(?!\d)))\s*")
_STEPS = (Decimal("0.01"), Decimal("0.1"), Decimal(1))  # products are rounded to 分, 角 or 元


def equation_differences(
    block: int, table: Table, words: str, forms: Sequence[FinanceForm]
) -> Iterator[DraftCheck]:
    """The cells in which an equation does not come out right.

    An equation that comes out right in no row of several is not the table's own.
    """
    for equation in dict.fromkeys(e for form in forms for e in form.column_equations):
        yield from _over_columns(block, table, words, equation)
    for equation in dict.fromkeys(e for form in forms for e in form.row_equations):
        yield from _over_rows(block, table, words, equation)


def _over_columns(block: int, table: Table, words: str, equation: Equation) -> Iterator[DraftCheck]:
    titles = [_name(column.title) for column in table.columns]
    names = {name: _name(name) for name in equation.names}
    if any(titles.count(name) != 1 for name in names.values()):
        return
    places = {name: titles.index(plain) for name, plain in names.items()}
    right_rows, wrong = 0, []
    for number, row in enumerate(table.rows):
        if (
            row_mark(table, row, 0, len(row)) is not None
            or not row[places[equation.result]].strip()
        ):
            continue
        cells = {name: _amount(table, row, place, words) for name, place in places.items()}
        stated, sums = cells[equation.result], _results(equation, cells)
        if stated is None or not sums:
            continue
        if stated in sums:
            right_rows += 1
            continue
        what = f"{equation.result}＝{equation.words}，应当是"
        cell = (block, number, places[equation.result])
        wrong.append(difference("equation_differs", what, sums[0], stated, cell))
    if right_rows or len(wrong) == 1:
        yield from wrong


@lru_cache(maxsize=MANY)
def _name(title: str) -> str:
    return _NUMBERING.sub("", plain_words(title), count=1)


def _amount(table: Table, row: Sequence[str], place: int, words: str) -> Decimal | None:
    """The figure of a cell: in yuan, of a price or an area as it stands (85元/亩, 3.2亩)."""
    if is_money(table, place):
        return yuan(row[place], unit_of(table.columns[place].title, words))
    leading = _LEADING.match(folded(row[place]).strip())
    return Decimal(leading[0].replace(",", "")) if leading else None


def _results(equation: Equation, cells: Mapping[str, Decimal | None]) -> list[Decimal]:
    """What an equation may give, to the fen first; nothing where a factor is not known."""
    whole, is_product = NOUGHT, False
    for term in equation.terms:
        product = Decimal(1)
        for factor in term.factors:
            amount = cells[factor]
            if amount is None:
                return []
            product *= amount
        is_product = is_product or len(term.factors) > 1
        whole += -product if term.is_taken_off else product
    rounded = [whole.quantize(step, ROUND_HALF_UP) for step in _STEPS] if is_product else []
    return [*rounded, whole] if is_product else [whole]


def _over_rows(block: int, table: Table, words: str, equation: Equation) -> Iterator[DraftCheck]:
    names = {_name(name) for name in equation.names}
    if not names <= {_name(cell) for row in table.rows for cell in row}:
        return
    for place in range(len(table.columns)):
        if not is_money(table, place):
            continue
        lines: dict[str, list[Line]] = {}
        for line in column_lines(table, place, words):
            lines.setdefault(_name(line.label), []).append(line)
        named = {name: lines.get(_name(name), []) for name in equation.names}
        if any(len(found) != 1 for found in named.values()):
            continue
        amounts = {name: found[0].amount for name, found in named.items()}
        stated = amounts[equation.result]
        known = {name: amount or NOUGHT for name, amount in amounts.items()}
        sums = _results(equation, known)
        if stated is not None and stated not in sums:
            what = f"{equation.result}＝{equation.words}，应当是"
            cell = (block, named[equation.result][0].row, place)
            yield difference("equation_differs", what, sums[0], stated, cell)
