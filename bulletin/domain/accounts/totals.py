"""What came in and what went out, with the sums that are stated of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bulletin.domain.accounts.words import NOUGHT, Side, yuan_words
from bulletin.domain.errors import refuse


@dataclass(frozen=True)
class Entry:
    label: str
    amount: Decimal  # yuan


@dataclass(frozen=True)
class Stated:
    """A sum that a table states, and the cell where it does; as `DraftCheck` counts them."""

    amount: Decimal  # yuan
    block: int
    row: int
    column: int
    is_balance: bool = False  # follows from a column of running balances


@dataclass
class Accounts:
    """What one table, or all of a notice, says of accounts; amounts in yuan."""

    entries: dict[Side, list[Entry]] = field(default_factory=lambda: {side: [] for side in Side})
    stated: dict[Side, list[Stated]] = field(default_factory=lambda: {side: [] for side in Side})
    # What a stated sum may include that is no entry: 上年结转 under the income, 结余 under the spending.
    carried: dict[Side, Decimal] = field(default_factory=lambda: dict.fromkeys(Side, NOUGHT))
    openings: list[Stated] = field(default_factory=list)
    closings: list[Stated] = field(default_factory=list)
    sides: frozenset[Side] = frozenset()  # of which it lists the entries

    def total(self, side: Side) -> Decimal:
        """The sum of a side; where only sums are given, the one that is stated.

        Raises:
            Refused: what is stated is another sum.
        """
        if not self.entries[side] and self.stated[side]:
            # Nothing came in: then the sum says no more than what was carried over.
            known = [sum_.amount for sum_ in self.stated[side]]
            own = [NOUGHT if sum_ == self.carried[side] else sum_ for sum_ in known]
            return _only(own, side.value)
        total = sum((entry.amount for entry in self.entries[side]), NOUGHT)
        for stated in [sum_.amount for sum_ in self.stated[side]]:
            if stated not in (total, total + self.carried[side]):
                raise refuse(
                    "account_total_differs",
                    f"{side.value}各行加起来是{yuan_words(total)}元，表里的合计是{yuan_words(stated)}元。",
                )
        return total

    def knows(self, side: Side) -> bool:
        return side in self.sides or bool(self.stated[side])

    def opening(self) -> Decimal:
        """上期结余. Raises Refused when it is not given, or given differently."""
        return _only([sum_.amount for sum_ in self.openings], "上期结余")

    def closing(self) -> Decimal:
        """结余. Raises Refused when it is not given, or given differently."""
        return _only([sum_.amount for sum_ in self.closings], "结余")


def _only(amounts: Sequence[Decimal], what: str) -> Decimal:
    known = list(dict.fromkeys(amounts))
    if not known:
        raise refuse("account_incomplete", f"表里没有写{what}，写上才有封面。")
    if len(known) > 1:
        words = "、".join(f"{yuan_words(amount)}元" for amount in known)
        raise refuse("account_contradicts", f"表里的{what}写了不同的数：{words}。")
    return known[0]
