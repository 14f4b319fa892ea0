"""The prices of a project: 概算, 合同价, 结算, 已付."""

import re
from decimal import Decimal

from bulletin.domain.accounts.figures import MOST_FIGURES, PlainAccount, largest, money
from bulletin.domain.accounts.tables import (
    amount_columns,
    column_entries,
    has_total,
    label_column,
    tables_with_words,
)
from bulletin.domain.accounts.words import NOUGHT, plain_words, unit_of, yuan
from bulletin.domain.notices.content import Document, Table

MAX_NAME = 10  # characters of what names an amount
_PRICE = re.compile(r"概算|预算|投资|合同|中标|控制价|决算|结算|审定|已付|支付|拨付|未付|尾款|增减")
_BUDGET = re.compile(r"收入|支出|结余")  # rows that are not added to one another
_WEIGHTS = (
    "结算",
    "决算",
    "审定",
    "合同",
    "中标",
    "投资",
    "预算",
    "概算",
)  # by which rows are compared


def project_figures(document: Document) -> PlainAccount | None:
    """The sums of the first table that has two prices or more; None without one.

    Raises:
        Refused: an amount can't be read, or a stated sum is another one.
    """
    for table, words in tables_with_words(document):
        places = [p for p in amount_columns(table) if _PRICE.search(table.columns[p].title)]
        label = label_column(table, 0, places[0]) if places else None
        is_budget = label is not None and any(_BUDGET.search(row[label]) for row in table.rows)
        if len(places) > 1 and not is_budget:
            return _of_table(table, words, places)
    return None


def _of_table(table: Table, words: str, places: list[int]) -> PlainAccount:
    heads = {place: plain_words(table.columns[place].title) for place in places}
    entries = {place: column_entries(table, place, words) for place in places}
    figures = tuple(
        money(head, sum((amount for _, amount in entries[place]), NOUGHT))
        for place, head in list(heads.items())[:MOST_FIGURES]
    )
    weighed = next((p for word in _WEIGHTS for p in places if word in heads[p]), places[0])
    label = label_column(table, 0, places[0])
    rows = ((row[label].strip(), amount) for row, amount in entries[weighed] if label is not None)
    items = largest(rows)
    return PlainAccount(figures, items, f"{heads[weighed]}最大的几项" if items else "")


def agreed_figures(document: Document) -> PlainAccount | None:
    """Amounts that stand beside their name (合同价 | 1012600.00元), up to four; None without one."""
    found = [pair for table, _ in tables_with_words(document) for pair in _pairs(table)]
    figures = tuple(money(name, amount) for name, amount in found[:MOST_FIGURES])
    return PlainAccount(figures) if figures else None


def _pairs(table: Table) -> list[tuple[str, Decimal]]:
    if len(table.columns) != 2:  # noqa: PLR2004 - a name and what it is
        return []
    head = table.columns[1].title
    is_money = 1 in amount_columns(table) and not has_total(table, 1)
    cells = [(plain_words(name), cell) for name, cell in table.rows if is_money or "元" in cell]
    amounts = [(name, yuan(cell, unit_of(head, table.caption))) for name, cell in cells]
    return [(name, sum_) for name, sum_ in amounts if sum_ is not None and len(name) <= MAX_NAME]
