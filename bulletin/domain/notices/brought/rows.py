"""Rows of a table and the lines above and below it: 编制单位：张家村　单位：元, 备注：……, 村主任：　会计：."""

import re
from collections.abc import Sequence

from bulletin.domain.amounts import amount_of
from bulletin.domain.notices.brought.closing import is_closing
from bulletin.domain.notices.brought.parts import Cell, Row, filled
from bulletin.domain.notices.brought.tables import TOTAL, UNIT

_LABELLED = re.compile(r".{1,14}[:：]|[（(]?\d{4}\s*年.*|[（(].*[）)]", re.DOTALL)
_LONG = 15  # characters; a cell at a row's beginning that has more is a remark


def is_head(row: Row) -> bool:
    return len(filled(row)) > 1 and all(amount_of(cell.text) is None for cell in filled(row))


def parted(rows: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Lines above a table, its rows, lines below it; without a table all are lines."""
    said = [row for row in rows if filled(row)]
    width = max((len(_ended(row)) for row in said), default=0)
    first = 0
    while first < len(said) and is_line(said[first]):
        first += 1
    if width < 2 or first == len(said):  # noqa: PLR2004 - one column is no table
        return said, [], []
    if _is_remark(said[first], width):  # a form: every row has a label and what belongs to it
        return [], said, []
    last = len(said)
    while last > first + 1 and _is_remark(said[last - 1], width):
        last -= 1
    return said[:first], said[first:last], said[last:]


def _ended(row: Row) -> Row:
    end = len(row)
    while end and not row[end - 1].text:
        end -= 1
    return row[:end]


def is_line(row: Row) -> bool:
    """A row that says one thing, or labels with their values: 编制单位：张家村　单位：元."""
    words = filled(row)
    return len(words) == 1 or (bool(words) and all(map(_is_labelled, words)))


def _is_labelled(cell: Cell) -> bool:
    return bool(UNIT.match(cell.text) or _LABELLED.match(cell.text))


def _is_remark(row: Row, width: int) -> bool:
    """Below a table: 备注：……, 村主任：　会计：, words across it; no total and no figure."""
    words = filled(row)
    if any(TOTAL.fullmatch(cell.text) or amount_of(cell.text) is not None for cell in words):
        return False
    if is_closing(row_words(row)):
        return True
    if len(words) > 1:
        return all(re.search("[:：]", cell.text) for cell in words[::2])
    across = sum(cell.root == words[0].root for cell in row) >= width
    return across or len(words[0].text) >= _LONG or bool(re.search("[:：]", words[0].text))


def row_words(row: Row) -> str:
    return "　".join(cell.text for cell in filled(row))
