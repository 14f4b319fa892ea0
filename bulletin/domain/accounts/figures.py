"""Figures as a cover says them: a name, a number, a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.accounts.words import NOUGHT, yuan_words
from bulletin.domain.errors import refuse

MOST_FIGURES, MOST_ITEMS = 4, 3


@dataclass(frozen=True)
class Figure:
    label: str  # 上期结余
    words: str  # 64,027.37
    unit: str  # 元, 户


@dataclass(frozen=True)
class PlainAccount:
    """What a cover says of a notice."""

    figures: tuple[Figure, ...]  # up to four, as they are read
    largest: tuple[Figure, ...] = ()  # up to three, the largest first
    largest_of: str = ""  # what they are: 最大的支出
    rows: str = "明细"  # what the sheet behind it lists: 逐笔, 名单


def money(label: str, amount: Decimal) -> Figure:
    """A sum in yuan. Raises Refused when it is none to the fen, as a sum of prices can be."""
    if amount != round(amount, 2):
        raise refuse("not_whole_fen", f"{label}是{amount}元，不是整分。")
    return Figure(label, yuan_words(amount), "元")


def largest(entries: Iterable[tuple[str, Decimal]]) -> tuple[Figure, ...]:
    """The largest of some named amounts, those of one name together; of equal ones the first. What has no name is none."""
    sums: dict[str, Decimal] = {}
    for label, amount in entries:
        sums[label] = sums.get(label, NOUGHT) + amount
    named = [(label, amount) for label, amount in sums.items() if label and amount > 0]
    named.sort(key=lambda entry: -entry[1])
    return tuple(money(label, amount) for label, amount in named[:MOST_ITEMS])
