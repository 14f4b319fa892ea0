"""Tables of a Word document as grids: which cells are merged, and which rows are called titles."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from bulletin.domain.notices.brought.parts import Cell, Grid
from bulletin.readers.material import CellBudget
from bulletin.readers.word_cells import cell_text, goes_on, grid_gap
from bulletin.readers.word_files import is_fallback, nearest, span_of, text_of
from bulletin.readers.word_shown import has

_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_UPWARDS, _SIDEWAYS = qn("w:vMerge"), qn("w:hMerge")


def rows_of(table: Any) -> list[Any]:
    """Its own rows, not those of tables within it."""
    return [row for row in table.iter(_TR) if nearest(row, _TBL) is table]


def cells_of(row: Any) -> list[Any]:
    return [cell for cell in row.iter(_TC) if nearest(cell, _TR) is row]


def only_lays_out(table: Any) -> bool:
    """A frame around text: one cell, or one column of which a cell holds more than a line."""
    rows = [cells_of(row) for row in rows_of(table)]
    if any(len(cells) != 1 for cells in rows):
        return False
    return len(rows) < 2 or any(_holds_more(cells[0]) for cells in rows)  # noqa: PLR2004 - one cell


def _holds_more(cell: Any) -> bool:
    if any(nearest(each, _TC) is cell for each in cell.iter(_TBL)):
        return True
    own = (p for p in cell.iter(_P) if nearest(p, _TC) is cell and not is_fallback(p))
    return sum(bool(text_of(paragraph).strip()) for paragraph in own) > 1


def has_tables_within(table: Any) -> bool:
    return any(each is not table and not is_fallback(each) for each in table.iter(_TBL))


def grid_of(table: Any, budget: CellBudget) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    heads = 0
    for y, row in enumerate(rows_of(table)):
        cells = tuple(_cells(row, y, rows[-1] if rows else ()))
        budget.spend(len(cells))
        rows.append(cells)
        if heads == y and has(row, "w:trPr", "w:tblHeader"):
            heads += 1
    return Grid(rows=tuple(rows), heads=heads)


def _cells(row: Any, y: int, above: tuple[Cell, ...]) -> Iterator[Cell]:
    x = grid_gap(row, "w:gridBefore")
    yield from (Cell("", (y, "before", at)) for at in range(x))
    left: Cell | None = None
    for cell in cells_of(row):
        first = _first(cell, (y, x), above[x] if x < len(above) else None, left)
        span = span_of(cell)
        yield first
        yield from [Cell("", first.root)] * (span - 1)
        x, left = x + span, first
    yield from (Cell("", (y, "after", at)) for at in range(grid_gap(row, "w:gridAfter")))


def _first(cell: Any, place: tuple[int, int], above: Cell | None, left: Cell | None) -> Cell:
    """A cell, or what it is of the merged one above it or at its left."""
    if goes_on(cell):
        properties = cell.find(qn("w:tcPr"))
        over = above if properties.find(_UPWARDS) is not None else left
        if over is not None:
            return Cell("", over.root)
    return Cell(" ".join(cell_text(cell).split()), place)
