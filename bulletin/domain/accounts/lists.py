"""The sums of lists: how many households or people, how much in all, and where most of it went."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bulletin.domain.accounts.figures import MOST_FIGURES, Figure, PlainAccount, largest, money
from bulletin.domain.accounts.tables import (
    amount_columns,
    column_entries,
    has_total,
    label_column,
    tables_with_words,
)
from bulletin.domain.accounts.words import NOUGHT, plain_words, yuan
from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import Document, Table

Rows = Sequence[tuple[tuple[str, ...], Decimal]]
_WHOLE = re.compile(r"合计|小计|总额|总计|实发|应发|发放金额")
_HOUSEHOLD, _PERSON = re.compile(r"户主|农户|户名"), re.compile(r"姓名|人员|受益人|领取人|.对象")
_COUNTED = re.compile(r".*(?:人数|人口|户数|面积)")
_COUNTED_UNITS = (("人", "人"), ("户", "户"), ("面积", "亩"))
_GROUPS = ("种类", "类别", "项目", "用途", "等级", "方式", "组", "社")


def listed_figures(document: Document, *, personal: bool = False) -> PlainAccount | None:
    """How many and how much a list says; of several lists the sum of each. None without one.

    What is listed is added up where it is paid to people, or where the table does so itself: 概算 and
    合同价 under one another have no sum.

    The people of a list are never named: their groups are, where it has some.

    Args:
        personal: it is known to be a list of people, whatever its columns are called.

    Raises:
        Refused: an amount can't be read, a stated sum is another one, or which sum is meant is not clear.
    """
    lists = [
        (table, words, place)
        for table, words in tables_with_words(document)
        if (place := _money(table)) is not None
        and (personal or _person_column(table) is not None or has_total(table, place))
    ]
    if not lists:
        return None
    if len(lists) > MOST_FIGURES:
        raise refuse("several_lists", f"有{len(lists)}张有金额的表，封面放不下。")
    if len(lists) == 1:
        return _of_list(*lists[0], personal=personal)
    sums = []
    for number, (table, words, place) in enumerate(lists, 1):
        entries = column_entries(table, place, words)
        sums.append(money(table.caption or f"表{number}", _sum(entries)))
    return PlainAccount(tuple(sums))


def _money(table: Table) -> int | None:
    """The column that holds what each row is worth in all."""
    places = amount_columns(table)
    if len(places) > 1:
        named = [place for place in places if _WHOLE.search(table.columns[place].title)]
        places = named or ([places[-1]] if _adds_up(table, places) else places)
    if len(places) > 1:
        title = table.caption or table.columns[places[0]].title
        raise refuse("several_amounts", f"“{title}”有几列金额，分不清哪一列是合计。")
    return places[0] if places else None


def _adds_up(table: Table, places: Sequence[int]) -> bool:
    """Whether the last column is the sum of the others."""
    rows = [[yuan(row[place]) or NOUGHT for place in places] for row in table.rows]
    return all(sum(parts, NOUGHT) == whole for *parts, whole in rows)


def _sum(entries: Rows) -> Decimal:
    return sum((amount for _, amount in entries), NOUGHT)


def _of_list(table: Table, words: str, place: int, *, personal: bool) -> PlainAccount:
    entries = column_entries(table, place, words)
    head = plain_words(table.columns[place].title)
    label = "合计金额" if head in ("金额", "合计") else f"{head.removesuffix('合计')}合计"
    figures = (_count(table, entries), *_counted(table, entries), money(label, _sum(entries)))
    grouped = personal or _person_column(table) is not None
    by = _group_column(table, entries) if grouped else label_column(table, 0, place)
    items = () if by is None else largest(_named(entries, by))
    of = plain_words(table.columns[by].title) if by is not None and grouped else "项目"
    heading = f"金额最大的{of}" if items else ""
    return PlainAccount(figures[-MOST_FIGURES:], items, heading, "名单" if grouped else "明细")


def _person_column(table: Table) -> int | None:
    heads = [plain_words(column.title) for column in table.columns]
    found = (p for p, head in enumerate(heads) if _HOUSEHOLD.search(head) or _PERSON.search(head))
    return next(found, None)


def _count(table: Table, entries: Rows) -> Figure:
    """共多少户, 多少人; where somebody stands there twice, how many entries."""
    place = _person_column(table)
    if place is None or len({row[place] for row, _ in entries}) < len(entries):
        return Figure("共", str(len(entries)), "笔" if place is not None else "项")
    is_household = _HOUSEHOLD.search(plain_words(table.columns[place].title))
    return Figure("共", str(len(entries)), "户" if is_household else "人")


def _counted(table: Table, entries: Rows) -> Iterator[Figure]:
    """The sums of what else is counted: 保障人数, 补贴面积."""
    for place, column in enumerate(table.columns):
        head = plain_words(column.title)
        if column.kind == "money" or not _COUNTED.fullmatch(head):
            continue
        counts = [yuan(row[place]) for row, _ in entries]
        known = [count for count in counts if count is not None]
        if len(known) == len(counts):
            unit = next(unit for word, unit in _COUNTED_UNITS if word in head)
            yield Figure(head, f"{sum(known, NOUGHT):,}", unit)


def _group_column(table: Table, entries: Rows) -> int | None:
    """The column by which a list of people falls into groups."""
    heads = {p: plain_words(c.title) for p, c in enumerate(table.columns) if c.kind == "text"}
    people = _person_column(table)
    for word in _GROUPS:
        for place, head in heads.items():
            several = len({row[place] for row, _ in entries}) > 1
            if place != people and head.endswith(word) and several:
                return place
    return None


def _named(entries: Rows, place: int) -> Iterator[tuple[str, Decimal]]:
    return ((row[place].strip(), amount) for row, amount in entries)
