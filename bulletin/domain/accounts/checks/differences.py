"""How a difference between two amounts is said."""

from decimal import Decimal

from bulletin.domain.accounts.words import yuan_words
from bulletin.domain.notices.draft_checks import DraftCheck

Cell = tuple[int, int, int]  # block, row, column


def amount_words(amount: Decimal) -> str:
    """In yuan to the fen, and further where it goes on: 0.005."""
    return yuan_words(amount) if amount == round(amount, 2) else f"{amount:,f}"


def difference(code: str, what: str, right: Decimal, stated: Decimal, cell: Cell) -> DraftCheck:
    """A stated amount that is not what it should be.

    Args:
        what: the beginning of the sentence, up to the figure that it should be.
    """
    block, row, column = cell
    gap = amount_words(abs(stated - right))
    words = f"{what}{amount_words(right)}元，这里写的是{amount_words(stated)}元，差{gap}元。"
    return DraftCheck(code=code, words=words, block=block, row=row, column=column)


def cell_of(check: DraftCheck) -> Cell | None:
    """The cell that a check is about; None for one about running words."""
    if check.block is None or check.row is None or check.column is None:
        return None
    return check.block, check.row, check.column


def nearest(sums: set[Decimal], stated: Decimal) -> Decimal:
    """The reading that comes closest to what is stated."""
    return min(sums, key=lambda sum_: (abs(sum_ - stated), sum_))
