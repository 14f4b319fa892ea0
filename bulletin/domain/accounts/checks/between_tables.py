"""What several tables say of the same accounts: 本期收入 against the income table, and the balance of all."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from bulletin.domain.accounts.checks.differences import Cell, difference, nearest
from bulletin.domain.accounts.checks.lines import Line, level_of, plausible_sums
from bulletin.domain.accounts.totals import Accounts, Entry, Stated
from bulletin.domain.accounts.words import NOUGHT, Side
from bulletin.domain.notices.draft_checks import DraftCheck


def between_tables(parts: Sequence[Accounts], judged: set[Cell]) -> Iterator[DraftCheck]:
    """The sums and balances that no table can judge alone.

    Args:
        parts: what each table says of accounts.
        judged: the cells that were compared with the lines of their own column.
    """
    lists = [part for part in parts if part.sides]
    for part in parts:
        whole = [part] if part.sides == frozenset(Side) else [] if part.sides else lists
        for side in Side:
            stated = [sum_ for sum_ in part.stated[side] if _cell(sum_) not in judged]
            if any(other.entries[side] for other in whole):
                sums = _listed(part, side) if whole == [part] else totals(whole, side)
                yield from _against(stated, sums, side)
    yield from _equations(parts, lists)


def totals(parts: Sequence[Accounts], side: Side) -> set[Decimal]:
    """What a side may come to: of all parts, of each, as its lines give it or as it is stated."""
    each = [_of_part(part, side) for part in parts if part.knows(side)]
    every = {amount for amounts in each for amount in amounts}
    if len(each) > 1:
        every.add(sum((amounts[0] for amounts in each), NOUGHT))
    return every


def _listed(part: Accounts, side: Side) -> set[Decimal]:
    """What the lines of one table come to, with what was carried over and without."""
    carried = (NOUGHT, part.carried[side])
    return {sum_ + extra for sum_ in _line_sums(part, side) for extra in carried}


def _line_sums(part: Accounts, side: Side) -> set[Decimal]:
    entries = part.entries[side]
    return plausible_sums([_line(row, entry) for row, entry in enumerate(entries)])


def _of_part(part: Accounts, side: Side) -> list[Decimal]:
    """The likeliest first."""
    sums = _line_sums(part, side)
    own = [sum((entry.amount for entry in part.entries[side]), NOUGHT)]
    stated = [sum_.amount for sum_ in part.stated[side]]
    return [
        amount + extra
        for amount in (*own, *sums, *stated)
        for extra in (NOUGHT, part.carried[side], -part.carried[side])
    ]


def _line(row: int, entry: Entry) -> Line:
    return Line(row, entry.label, None, level_of(entry.label), entry.amount)


def _against(stated: Sequence[Stated], sums: set[Decimal], side: Side) -> Iterator[DraftCheck]:
    """One row may state a sum for several periods or of a plan beside it: one of them has to be right."""
    for _, of_row in groupby(stated, key=lambda sum_: (sum_.block, sum_.row)):
        row = list(of_row)
        if len(row) == 1 and row[0].amount not in sums:
            right = nearest(sums, row[0].amount)
            what = f"{side.value}逐笔加起来是"
            yield difference("sum_differs", what, right, row[0].amount, _cell(row[0]))


def _equations(parts: Sequence[Accounts], lists: Sequence[Accounts]) -> Iterator[DraftCheck]:
    """上期结余 + 收入 − 支出 = 本期结余, for each table that has all four, else for all tables together."""
    alone = [part for part in parts if _is_whole(part)]
    for part in alone:
        yield from _equation(part, [part, *(lists if not part.sides else [])])
    rest = [part for part in parts if part not in alone]
    if alone or any(sum(side in part.sides for part in lists) > 1 for side in Side):
        return  # several accounts: which of them belong together is not said
    whole = Accounts(
        openings=[sum_ for part in rest for sum_ in part.openings],
        closings=[sum_ for part in rest for sum_ in part.closings],
    )
    yield from _equation(whole, rest)


def _is_whole(part: Accounts) -> bool:
    return bool(part.openings and part.closings) and all(map(part.knows, Side))


def _equation(part: Accounts, parts: Sequence[Accounts]) -> Iterator[DraftCheck]:
    if not _one_column_a_table(part.openings) or not _one_column_a_table(part.closings):
        return  # one column a period or a plan: which of them is meant is not said
    yield from _two_openings(part.openings)
    stated = [sum_ for sum_ in part.openings if not sum_.is_balance]
    openings = {sum_.amount for sum_ in stated or part.openings}
    income, spending = _moved(parts, Side.INCOME), _moved(parts, Side.SPENDING)
    if not openings or not income or not spending:
        return
    lefts = {before + came - went for before in openings for came in income for went in spending}
    for closing in part.closings:
        if closing.amount in lefts or closing.is_balance:
            continue
        right = nearest(lefts, closing.amount)
        what = "上期结余加收入减支出，结余应当是"
        yield difference("balance_differs", what, right, closing.amount, _cell(closing))


def _one_column_a_table(sums: Sequence[Stated]) -> bool:
    places = {(sum_.block, sum_.column) for sum_ in sums}
    return len(places) == len({block for block, _ in places})


def _two_openings(openings: Sequence[Stated]) -> Iterator[DraftCheck]:
    """上期结余 as two lines state it; what follows from balances is no statement."""
    stated = [sum_ for sum_ in openings if not sum_.is_balance]
    for other in stated[1:]:
        if other.amount != stated[0].amount:
            what = "上期结余另一处写的是"
            yield difference("balance_differs", what, stated[0].amount, other.amount, _cell(other))


def _moved(parts: Sequence[Accounts], side: Side) -> set[Decimal]:
    """What came in or went out: by its lines, or as it is stated where no line says so."""
    moved: set[Decimal] = set()
    for part in parts:
        lines = _line_sums(part, side)
        carried = part.carried[side]
        moved |= lines
        for stated in (sum_.amount for sum_ in part.stated[side]):
            if stated not in lines and stated - carried not in lines:
                moved |= {stated, stated - carried}
        if side in part.sides and not part.entries[side]:
            moved.add(NOUGHT)
    return moved


def _cell(stated: Stated) -> Cell:
    return stated.block, stated.row, stated.column
