"""A table as the template sets it: sides, the words that need most room, the footer's spans."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from bulletin.domain.amounts import amount_of
from bulletin.domain.notices.content import CellKind, Table, cell_words
from bulletin.sheets.widths import breakable, ems, unbroken_runs

CANDIDATES = 3  # words measured per column; width in em is a guess, so not only the longest
TALL_CELL = 120  # characters above which a row may run on to the next page
UPRIGHT_POINTS = 448  # the width of the text on upright A4
MIN_POINTS = 8.5  # smaller type is no longer read at a board
WORDS_EMS = 6.0  # of a column of words before it is broken over several lines
INSETS_EMS = 0.84  # on both sides of a cell
MAX_FIGURE_EMS = 16.0  # em: what is longer is a remark in a column of figures, and may be broken
_FIGURE = re.compile(r"[0-9]")
_SIDES: dict[CellKind, str] = {"text": "left", "date": "left", "number": "right", "money": "right"}


def table_data(table: Table) -> dict[str, Any]:
    """A table as `parts/table.typ` reads it: words as they are printed, and what is known of each column."""
    kinds = [column.kind for column in table.columns]
    rows = [_words(kinds, row) for row in table.rows]
    footer = _words(kinds, table.footer) if table.footer else [""] * len(kinds)
    cells = [[row[place] for row in rows] for place in range(len(kinds))]
    columns = [
        {
            "title": breakable(column.title),
            "broken": column.kind == "text" or _remarks([*cells[place], footer[place]]),
            "align": _side(column.kind, cells[place]),
            "widest": _longest(cells[place]),
            "unbroken": _longest(_runs([breakable(column.title), *cells[place]])),
            "total": footer[place] if column.kind != "text" else "",
        }
        for place, column in enumerate(table.columns)
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
    """What 承前页 says after each row; empty when no column is one that is summed up.

    Only columns whose total is the sum of their rows are carried over: a balance is not.
    """
    if not table.footer:
        return []
    sums: list[list[str]] = [[""] * len(table.columns) for _ in table.rows]
    for place, column in enumerate(table.columns):
        amounts = [amount_of(row[place]) or Decimal(0) for row in table.rows]
        total = amount_of(table.footer[place])
        if column.kind != "money" or total is None or total != sum(amounts):
            continue
        for row, so_far in enumerate(accumulate(amounts)):
            sums[row][place] = f"{so_far:,.2f}"
    return sums if sums and any(sums[-1]) else []


def needs_landscape(data: Mapping[str, Any]) -> bool:
    """Whether the columns of a table, as `table_data` has it, would be set too small on upright paper."""
    width = sum(_width_ems(column) for column in data["columns"])
    return width * MIN_POINTS > UPRIGHT_POINTS


def _width_ems(column: Mapping[str, Any]) -> float:
    """The em that a column needs, its words broken over some lines and its head over two."""
    widest = max(map(ems, (*column["widest"], column["total"])), default=0.0)
    unbroken = max(map(ems, column["unbroken"]), default=0.0)
    cells = max(unbroken, min(widest, WORDS_EMS)) if column["broken"] else widest
    return max(cells, ems(column["title"]) / 2) + INSETS_EMS


def _words(kinds: Sequence[CellKind], row: Sequence[str]) -> list[str]:
    return [breakable(cell_words(kind, cell)) for kind, cell in zip(kinds, row, strict=True)]


def _side(kind: CellKind, cells: list[str]) -> str:
    """Figures stand right and words left; what counts the rows, or is one digit, in the middle."""
    counts = cells == [str(n) for n in range(1, len(cells) + 1)]
    digits = kind == "number" and all(len(cell) <= 1 for cell in cells)
    return "center" if cells and (counts or digits) else _SIDES[kind]


def _remarks(cells: list[str]) -> bool:
    return any(ems(cell) > MAX_FIGURE_EMS for cell in cells)


def _longest(words: list[str]) -> list[str]:
    # Figures of a font may differ in width: 7月20日 is wider than 7月11日. Noughts are the widest.
    alike = {_FIGURE.sub("0", word) for word in words}
    return sorted(alike, key=lambda word: (-ems(word), word))[:CANDIDATES]


def _runs(cells: list[str]) -> list[str]:
    return [run for cell in cells for run in unbroken_runs(cell)]


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
