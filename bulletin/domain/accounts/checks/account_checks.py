"""Everything in a notice about money that does not add up, each with its place and both figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.accounts.checks.balances import balances
from bulletin.domain.accounts.checks.between_tables import between_tables, totals
from bulletin.domain.accounts.checks.carried import carried_differences
from bulletin.domain.accounts.checks.column_sums import Judged, column_sums
from bulletin.domain.accounts.checks.differences import cell_of
from bulletin.domain.accounts.checks.equations import equation_differences
from bulletin.domain.accounts.checks.in_words import capitals, said_in_words
from bulletin.domain.accounts.checks.lines import Line, column_lines, plausible_sums
from bulletin.domain.accounts.checks.money_columns import is_summed
from bulletin.domain.accounts.checks.row_sums import row_sums
from bulletin.domain.accounts.forms import FinanceForm
from bulletin.domain.accounts.ledgers import account_parts
from bulletin.domain.accounts.tables import placed_tables
from bulletin.domain.accounts.totals import Accounts
from bulletin.domain.accounts.words import Side
from bulletin.domain.errors import Refused
from bulletin.domain.notices.content import Document
from bulletin.domain.notices.draft_checks import DraftCheck

DIFFERENCES = frozenset(
    {
        "sum_differs",
        "balance_differs",
        "equation_differs",
        "carried_differs",
        "capital_differs",
        "amount_unread",
    }
)  # the codes of `account_checks`: each goes on with a written explanation


@dataclass(frozen=True)
class LastNotice:
    """The last public notice of the same item."""

    title: str
    document: Document


def account_checks(
    document: Document, forms: Sequence[FinanceForm] = (), last: LastNotice | None = None
) -> tuple[DraftCheck, ...]:
    """The differences in a notice, in the order of the text; one a cell, each of those in running words.

    Args:
        forms: whose equations hold in tables that have their columns or rows.
        last: what the opening balances are carried over from.
    """
    by_place: dict[object, DraftCheck] = {}
    for check in _checks(document, forms, last):
        by_place.setdefault(cell_of(check) or (check.block, check.words), check)
    return tuple(sorted(by_place.values(), key=_order))


def _order(check: DraftCheck) -> tuple[int, int, int]:
    return tuple(-1 if n is None else n for n in (check.block, check.row, check.column))  # type: ignore[return-value]


def _checks(
    document: Document, forms: Sequence[FinanceForm], last: LastNotice | None
) -> Iterator[DraftCheck]:
    judged = Judged()
    for block, table, words in placed_tables(document):
        of_table = column_sums(block, table, words)
        yield from of_table.checks
        judged.cells |= of_table.cells
        yield from row_sums(block, table, words)
        yield from balances(block, table, words)
        yield from equation_differences(block, table, words, forms)
    parts = _parts(document)
    yield from between_tables(parts, judged.cells)
    if last is not None:
        yield from carried_differences(document, last.document, last.title)
    yield from said_in_words(document, _named_sums(document, parts))
    yield from capitals(document)


def _parts(document: Document) -> list[Accounts]:
    try:
        return account_parts(document)
    except Refused:  # an amount that can't be read, of which column_sums.py says where it matters
        return []


def _named_sums(document: Document, parts: Sequence[Accounts]) -> dict[str, set[Decimal]]:
    """What the tables give for the sums that a text may name; none where two accounts stand there."""
    sums = {"合计": _list_totals(document)}
    if sum(part.sides == frozenset(Side) for part in parts) <= 1:
        sums |= {side.value: totals(parts, side) for side in Side}
        sums["上期结余"] = {stated.amount for part in parts for stated in part.openings}
        sums["结余"] = {stated.amount for part in parts for stated in part.closings}
    return sums


def _list_totals(document: Document) -> set[Decimal]:
    """What the one table that is added up comes to; empty where there are several."""
    by_table = [
        [
            column_lines(table, place, words)
            for place in range(len(table.columns))
            if is_summed(table, place)
        ]
        for _, table, words in placed_tables(document)
    ]
    tables = [columns for columns in by_table if columns]
    if len(tables) != 1:
        return set()
    return {amount for lines in tables[0] for amount in _amounts(lines)}


def _amounts(lines: Iterable[Line]) -> Iterator[Decimal]:
    lines = list(lines)
    yield from plausible_sums(lines)
    yield from (
        line.amount
        for line in lines
        if line.amount is not None and (line.mark is not None or line.is_part or len(lines) == 1)
    )
