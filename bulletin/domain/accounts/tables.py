"""Tables of a notice as accounts are read from them: which column names a row, which rows are sums."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from bulletin.domain.accounts.words import (
    NOUGHT,
    Holds,
    Mark,
    holds,
    mark_of,
    plain_words,
    unit_of,
    yuan,
    yuan_words,
)
from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import Block, Document, Heading, Paragraph, Table

_NO_LABELS = (
    "序号",
    "编号",
    "日期",
    "时间",
    "月日",
    "凭证",
    "备注",
    "经手",
    "审批",
    "证明",
    "领款",
)
_LABELS = ("摘要", "事由", "用途", "项目", "内容", "名称", "科目", "款项", "资金", "来源")


# 其中现金300元 as a remark says nothing of what the row is.
_REMARKS = re.compile(r"备注|说明|经手|审批|证明")


def tables_with_words(document: Document) -> Iterator[tuple[Table, str]]:
    """Every table with its caption, or what stands right above it."""
    return ((table, words) for _, table, words in placed_tables(document))


def placed_tables(document: Document) -> Iterator[tuple[int, Table, str]]:
    """Every table that is filled in, with its place among the blocks, and its caption or what stands right above it."""
    above: Block | None = None
    for place, block in enumerate(document.blocks):
        if isinstance(block, Table) and any(map(str.strip, chain(*all_rows(block)))):
            words = above.text if isinstance(above, Heading | Paragraph) else ""
            yield place, block, f"{block.caption}\n{words}" if block.caption else words
        above = block


def holds_figures(table: Table, place: int) -> bool:
    if table.columns[place].kind == "money":
        return True
    cells = [row[place] for row in table.rows]
    return any(map(str.strip, cells)) and all(yuan(cell) is not None for cell in cells)


_RATE = re.compile(
    r"标准|单价|均价|每|人均|户均|占比|比例|比率|利率|费率|税率|系数|同比|环比|增长|%"
)


def amount_columns(table: Table) -> list[int]:
    return [
        place
        for place, column in enumerate(table.columns)
        if (column.kind == "money" or "金额" in column.title)
        and holds(column.title) not in (Holds.OPENING, Holds.BALANCE)
        and not is_rate(column.title)
        and holds_figures(table, place)
    ]


def is_rate(head: str) -> bool:
    """Whether a column holds what one acre or one day is worth, which has no sum."""
    words = plain_words(head)
    return _RATE.search(words) is not None or "/" in head


def label_column(table: Table, start: int, end: int) -> int | None:
    """The column of words that names the rows of an amount: 摘要, or the nearest one to its left.

    Args:
        start: the columns from here on are looked at first, up to `end`, before all others.
    """
    for places in (range(start, end), range(len(table.columns))):
        heads = {place: plain_words(table.columns[place].title) for place in places}
        worded = [
            place
            for place, head in heads.items()
            if table.columns[place].kind == "text" and not any(word in head for word in _NO_LABELS)
        ]
        named = [place for place in worded if any(word in heads[place] for word in _LABELS)]
        if worded:
            return (named or worded)[-1]
    return None


def all_rows(table: Table) -> list[tuple[str, ...]]:
    return [*table.rows, *([table.footer] if table.footer else [])]


def row_mark(table: Table, row: Sequence[str], start: int, end: int) -> Mark | None:
    """What a row stands for, by its words between two columns; a silent footer is the total."""
    columns = table.columns[start:end]
    cells = (
        cell
        for cell, column in zip(row[start:end], columns, strict=True)
        if column.kind != "money" and not _REMARKS.search(column.title)
    )
    found = next((mark for cell in cells if cell.strip() and (mark := mark_of(cell))), None)
    return Mark.TOTAL if found is None and row is table.footer else found


def amount_at(table: Table, row: Sequence[str], place: int, words: str) -> Decimal:
    """The amount in one cell, in yuan.

    Raises:
        Refused: it is no amount; the sentence names the cell.
    """
    head = table.columns[place].title
    amount = yuan(row[place], unit_of(head, words))
    if amount is None:
        raise refuse("amount_unread", f"“{head}”一列里的“{row[place]}”不是金额，算不出总数。")
    return amount


def column_entries(table: Table, place: int, words: str) -> list[tuple[tuple[str, ...], Decimal]]:
    """The rows of a table that are no sums, each with its amount in one column, in yuan.

    Raises:
        Refused: an amount can't be read, or a stated sum is another one.
    """
    entries: list[tuple[tuple[str, ...], Decimal]] = []
    totals: list[Decimal] = []
    for row in all_rows(table):
        mark = row_mark(table, row, 0, len(row))
        if mark is Mark.SUBTOTAL or not any(map(str.strip, row)):
            continue
        if mark not in (None, Mark.TOTAL):
            label = next(cell for cell in row if mark_of(cell) is mark)
            sentence = f"表里有“{label.strip()}”，但收入、支出、结余不全。"
            raise refuse("account_incomplete", sentence)
        amount = amount_at(table, row, place, words)
        if mark is None:
            entries.append((row, amount))
        elif row[place].strip():
            totals.append(amount)
    whole = sum((amount for _, amount in entries), NOUGHT)
    for total in totals:
        if total != whole:
            head = table.columns[place].title
            sums = f"加起来是{yuan_words(whole)}元，表里的合计是{yuan_words(total)}元"
            raise refuse("account_total_differs", f"“{head}”各行{sums}。")
    return entries


def has_total(table: Table, place: int) -> bool:
    """Whether the table itself adds a column up."""
    return any(
        row[place].strip() and row_mark(table, row, 0, len(row)) is Mark.TOTAL
        for row in all_rows(table)
    )
