"""A table as the template sets it: words as they are printed, sides, sums so far, the footer's spans."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, groupby
from typing import Any, Literal

from bulletin.domain.amounts import signed_amount
from bulletin.domain.notices.content import CellKind, Table, cell_words
from bulletin.sheets.widths import breakable, ems

TALL_CELL = 120  # characters above which a row may run on to the next page
MAX_FIGURE_EMS = 16.0  # em: what is longer is a remark in a column of figures, and may be broken
_COUNT = re.compile(r"\d+(?:[.,]\d+)*(?:票|人|户|%)?")
_SIDES: dict[CellKind, str] = {"text": "left", "date": "left", "number": "right", "money": "right"}

_Sort = Literal["ordinal", "mark", "empty", "count", "words"]


def table_data(table: Table) -> dict[str, Any]:
    """What is known of a table before its columns are planned."""
    kinds = [column.kind for column in table.columns]
    rows = [_words(kinds, row) for row in table.rows]
    footer = _words(kinds, table.footer) if table.footer else [""] * len(kinds)
    cells = [[row[place] for row in rows] for place in range(len(kinds))]
    columns = [
        {
            "title": breakable(column.title),
            "broken": column.kind == "text" or _remarks([*cells[place], footer[place]]),
            "align": side,
            "total": footer[place] if column.kind != "text" else "",
        }
        for place, (column, side) in enumerate(
            zip(table.columns, _sides(kinds, cells), strict=True)
        )
    ]
    return {
        "type": "table",
        "carried": _carried(table),
        "caption": breakable(table.caption),
        "columns": columns,
        "rows": rows,
        "footer": _spans(kinds, footer) if table.footer else None,
        "breakable": any(len(cell) > TALL_CELL for row in rows for cell in row),
    }


def _carried(table: Table) -> list[list[str]]:
    """What the sums are after each row; empty when no column is one that is summed up.

    Only columns whose total is the sum of their rows are carried over: a balance is not.
    """
    if not table.footer:
        return []
    sums: list[list[str]] = [[""] * len(table.columns) for _ in table.rows]
    for place, column in enumerate(table.columns):
        total = signed_amount(table.footer[place]) if column.kind == "money" else None
        if total is None:
            continue
        amounts = [signed_amount(row[place]) or Decimal(0) for row in table.rows]
        if total != sum(amounts):
            continue
        for row, so_far in enumerate(accumulate(amounts)):
            sums[row][place] = f"{so_far:,.2f}"
    return sums if sums and any(sums[-1]) else []


def _words(kinds: Sequence[CellKind], row: Sequence[str]) -> list[str]:
    return [breakable(cell_words(kind, cell)) for kind, cell in zip(kinds, row, strict=True)]


def _sides(kinds: Sequence[CellKind], cells: Sequence[list[str]]) -> list[str]:
    """Figures stand right and words left; what counts the rows, a mark or one digit, in the middle.

    Columns side by side that hold the same, as 同意, 反对, 弃权 do, stand alike.
    """
    sides: list[str] = []
    sorts = [_sort(kind, column) for kind, column in zip(kinds, cells, strict=True)]
    for alike, run in groupby(
        zip(kinds, sorts, cells, strict=True), key=lambda column: column[1] in _VOTES
    ):
        columns = list(run)
        own = [_side(kind, sort, column) for kind, sort, column in columns]
        sides += _side_of_votes(columns, own) if alike and len(columns) > 1 else own
    return sides


_VOTES: frozenset[_Sort] = frozenset({"mark", "empty", "count"})


def _sort(kind: CellKind, cells: Sequence[str]) -> _Sort:
    filled = [cell for cell in cells if cell]
    if cells and list(cells) == [str(n) for n in range(1, len(cells) + 1)]:
        return "ordinal"
    if not filled:
        return "empty"
    if kind in ("money", "date"):
        return "words"
    if all(map(_COUNT.fullmatch, filled)):
        return "count"
    return "mark" if kind == "text" and all(len(cell) == 1 for cell in filled) else "words"


def _side(kind: CellKind, sort: _Sort, cells: Sequence[str]) -> str:
    digits = kind == "number" and cells and all(len(cell) <= 1 for cell in cells)
    return "center" if sort in ("ordinal", "mark") or digits else _SIDES[kind]


def _side_of_votes(
    columns: Sequence[tuple[CellKind, _Sort, list[str]]], own: Sequence[str]
) -> list[str]:
    """One side for the counts of a vote: the middle unless some have more digits than others."""
    counts = [cell for _, sort, cells in columns if sort == "count" for cell in cells if cell]
    if not counts:
        marked = any(sort == "mark" for _, sort, _ in columns)
        return ["center"] * len(columns) if marked else list(own)
    side = "center" if len({len(cell) for cell in counts}) == 1 else "right"
    return [
        "center" if sort == "mark" else side if sort == "count" or kind == "number" else before
        for (kind, sort, _), before in zip(columns, own, strict=True)
    ]


def _remarks(cells: list[str]) -> bool:
    return any(ems(cell) > MAX_FIGURE_EMS for cell in cells)


def _spans(kinds: Sequence[CellKind], footer: list[str]) -> list[dict[str, Any]]:
    """合计 takes the empty cells on both its sides; every other cell stays in its column."""
    named = next((n for n, cell in enumerate(footer) if cell), None)
    if named is None or kinds[named] == "money" or any(char.isdigit() for char in footer[named]):
        return [{"text": cell, "span": 1} for cell in footer]
    end = named + 1
    while end < len(footer) and not footer[end] and kinds[end] in ("text", "date"):
        end += 1
    rest = [{"text": cell, "span": 1} for cell in footer[end:]]
    return [{"text": footer[named], "span": end}, *rest]
