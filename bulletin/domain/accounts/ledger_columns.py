"""A ledger as a bookkeeping program heads it, made into 收支明细."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.accounts.tables import all_rows
from bulletin.domain.accounts.words import Mark, mark_of, plain_words, unit_of, yuan
from bulletin.domain.labels import Labelled
from bulletin.domain.notices.content import CellKind, Column, Table

UNREAD_OF_PAGES = re.compile(r"承前页|过次页|转下页|本年累计|累计")


class LedgerColumn(Labelled):
    """What a column of a ledger holds, in the order of the form."""

    DATE = "date", "日期"
    MONTH = "month", "月"
    DAY = "day", "日"
    VOUCHER = "voucher", "凭证号"
    SUMMARY = "summary", "摘要"
    INCOME = "income", "收入（元）"
    SPENDING = "spending", "支出（元）"
    BALANCE = "balance", "结余（元）"
    LEFT_OUT = "left_out", "不要"


_HEADS = (
    (LedgerColumn.DATE, r"(?:记账|凭证|发生|业务|收支)?(?:日期|时间)|年月日|月日"),
    (LedgerColumn.MONTH, r"月份?"),
    (LedgerColumn.DAY, r"日"),
    (LedgerColumn.VOUCHER, r"(?:记账)?凭证(?:号|字号|编号|号数)?|凭证字|字号|票号"),
    (LedgerColumn.SUMMARY, r"摘要|事由|内容|用途|业务内容|收支项目|项目"),
    (LedgerColumn.INCOME, r"(?:本期)?(?:收入|借方|收方|收款)(?:金额|发生额|额)?"),
    (LedgerColumn.SPENDING, r"(?:本期)?(?:支出|贷方|付方|付款)(?:金额|发生额|额)?"),
    (LedgerColumn.BALANCE, r"(?:账面)?(?:余额|结余|结存)(?:金额)?"),
)
_PATTERNS = tuple((what, re.compile(words)) for what, words in _HEADS)
_PROGRAM = re.compile(r"借方|贷方|收方|付方")
_MONEY = (LedgerColumn.INCOME, LedgerColumn.SPENDING, LedgerColumn.BALANCE)
_FORM: tuple[tuple[LedgerColumn, CellKind], ...] = (
    (LedgerColumn.DATE, "date"),
    (LedgerColumn.VOUCHER, "text"),
    (LedgerColumn.SUMMARY, "text"),
    (LedgerColumn.INCOME, "money"),
    (LedgerColumn.SPENDING, "money"),
    (LedgerColumn.BALANCE, "money"),
)
OPENING = "上期结余"


@dataclass(frozen=True)
class ReadLedger:
    table: Table
    left_out: tuple[
        str, ...
    ]  # the labels of the lines that the form does without: 本月合计, 承前页


def guessed_columns(table: Table) -> tuple[LedgerColumn, ...]:
    """What each column holds by its head; the first of two alike, the other is left out."""
    guessed: list[LedgerColumn] = []
    for column in table.columns:
        what = _column(column.title)
        guessed.append(LedgerColumn.LEFT_OUT if what in guessed else what)
    return tuple(guessed)


def _column(head: str) -> LedgerColumn:
    words = plain_words(head).removesuffix("元").removesuffix("万")
    found = (what for what, pattern in _PATTERNS if pattern.fullmatch(words))
    return next(found, LedgerColumn.LEFT_OUT)


def is_of_a_program(table: Table) -> bool:
    """Whether a table looks like the ledger of a program, and not like 收支明细 already."""
    columns = set(guessed_columns(table))
    if LedgerColumn.SUMMARY not in columns or not columns & {
        LedgerColumn.INCOME,
        LedgerColumn.SPENDING,
    }:
        return False
    heads = any(_PROGRAM.search(column.title) for column in table.columns)
    parted = {LedgerColumn.MONTH, LedgerColumn.DAY} <= columns
    return heads or parted or any(_is_of_pages(row) for row in table.rows)


def heads_of(table: Table) -> str:
    """The heads of a ledger in one line, by which its columns are remembered."""
    return "|".join(plain_words(column.title) for column in table.columns)


def read_ledger(table: Table, columns: Sequence[LedgerColumn]) -> ReadLedger:
    """收支明细 out of a ledger: one line an entry, 上期结余 first, the sums of months and pages left out.

    Args:
        columns: what each column of the table holds; 借方 of a cash book is what came in.

    Raises:
        ValueError: there are fewer or more columns than the table has, one is named twice, or words or
            money are missing.
    """
    named = [what for what in columns if what is not LedgerColumn.LEFT_OUT]
    if len(columns) != len(table.columns) or len(set(named)) < len(named):
        raise ValueError("each column of the table once")
    if LedgerColumn.SUMMARY not in named or not set(_MONEY) & set(named):
        raise ValueError("words and money are needed")
    places = {what: place for place, what in enumerate(columns)}
    form = [(what, kind) for what, kind in _FORM if what in places or _is_date(what, places)]
    rows: list[tuple[str, ...]] = []
    left_out: list[str] = []
    for row in all_rows(table):
        label = next((cell for cell in row if cell.strip() and mark_of(cell)), "").strip()
        mark = mark_of(label) if label else None
        if _is_of_pages(row) or mark in (Mark.TOTAL, Mark.SUBTOTAL):
            left_out.append(label or next(cell for cell in row if cell.strip()))
        elif any(map(str.strip, row)):
            rows.append(tuple(_cell(table, row, what, places, mark) for what, _ in form))
    heads = tuple(Column(what.label, kind) for what, kind in form)
    whole = Table(heads, tuple(rows), _footer(form, rows), table.caption)
    return ReadLedger(whole, tuple(left_out))


def _is_of_pages(row: Sequence[str]) -> bool:
    return any(UNREAD_OF_PAGES.fullmatch(plain_words(cell)) for cell in row)


def _is_date(what: LedgerColumn, places: dict[LedgerColumn, int]) -> bool:
    return what is LedgerColumn.DATE and {LedgerColumn.MONTH, LedgerColumn.DAY} <= places.keys()


def _cell(
    table: Table,
    row: Sequence[str],
    what: LedgerColumn,
    places: dict[LedgerColumn, int],
    mark: Mark | None,
) -> str:
    if what is LedgerColumn.DATE and what not in places:
        month, day = (row[places[part]].strip() for part in (LedgerColumn.MONTH, LedgerColumn.DAY))
        return f"{month}月{day}日" if month and day else ""
    cell = row[places[what]].strip()
    if what is LedgerColumn.SUMMARY and mark is Mark.OPENING:
        return OPENING
    if what not in _MONEY or not cell:
        return cell
    amount = yuan(cell, unit_of(table.columns[places[what]].title, table.caption))
    if amount is None:
        return cell
    return format(amount, "f") if amount or what is LedgerColumn.BALANCE else ""


def _footer(
    form: Sequence[tuple[LedgerColumn, CellKind]], rows: Sequence[tuple[str, ...]]
) -> tuple[str, ...]:
    """合计 of what came in and went out, and the last balance."""
    cells = ["合计" if what is LedgerColumn.SUMMARY else "" for what, _ in form]
    summary = cells.index("合计")
    for place, (what, _) in enumerate(form):
        entries = [row[place] for row in rows if row[summary] != OPENING and row[place]]
        amounts = [amount for cell in entries if (amount := yuan(cell)) is not None]
        if what is LedgerColumn.BALANCE and amounts:
            cells[place] = format(amounts[-1], "f")
        elif what in _MONEY and len(amounts) == len(entries):
            cells[place] = format(sum(amounts, Decimal(0)), "f")
    return tuple(cells)
