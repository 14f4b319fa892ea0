"""Cells of the tables of a Word document, each under the column of the grid where it stands."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from bulletin.readers.material import CellBudget
from bulletin.readers.unseen import Grid
from bulletin.readers.word_files import is_fallback, nearest, span_of, text_of

_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_MAX_LINES_ABOVE, _MAX_LINE_ABOVE = 5, 60  # a longer one is running text
_MAX_SPAN = 63


def tables_of(body: Any) -> Iterator[Any]:
    """Tables that stand for themselves; of a frame of single cells those within it."""
    frames: set[Any] = set()
    for table in body.iter(_TBL):
        outer = nearest(table, _TBL)
        if is_fallback(table) or not (outer is None or outer in frames):
            continue
        within = next((each for each in table.iter(_TBL) if each is not table), None)
        if within is not None and all(len(row.findall(_TC)) == 1 for row in table.findall(_TR)):
            frames.add(table)
        else:
            yield table


def grid_of(table: Any, budget: CellBudget) -> Grid:
    grid: Grid = []
    for row in table.iter(_TR):
        if nearest(row, _TBL) is table:
            cells = tuple(_cells(row))
            budget.spend(len(cells))
            grid.append(cells)
    return grid


def _cells(row: Any) -> Iterator[str]:
    yield from [""] * grid_gap(row, "w:gridBefore")
    for cell in row.iter(_TC):
        if nearest(cell, _TR) is row:
            yield "" if goes_on(cell) else cell_text(cell)
            yield from [""] * (span_of(cell) - 1)
    yield from [""] * grid_gap(row, "w:gridAfter")


def grid_gap(row: Any, tag: str) -> int:
    gap = row.find(f"{qn('w:trPr')}/{qn(tag)}")
    return 0 if gap is None else min(int(gap.get(qn("w:val"), "0")), _MAX_SPAN)


def goes_on(cell: Any) -> bool:
    """Part of the merged cell above it or to its left, which shows the words of both."""
    merges = (cell.find(f"{qn('w:tcPr')}/{qn(tag)}") for tag in ("w:vMerge", "w:hMerge"))
    return any(
        merge is not None and merge.get(qn("w:val"), "continue") == "continue" for merge in merges
    )


def cell_text(cell: Any) -> str:
    """The paragraphs of a cell, line by line; a table within it is a line for each of its rows."""
    lines: list[str] = []
    for element in cell.iter(_P, _TR):
        if is_fallback(element) or nearest(element, _TC) is not cell:
            continue
        if element.tag == _P:
            lines.append(text_of(element))
        else:
            lines.append(" ".join(filter(None, (cell_text(each) for each in _own(element)))))
    return "\n".join(lines)


def _own(row: Any) -> Iterator[Any]:
    return (cell for cell in row.iter(_TC) if nearest(cell, _TR) is row)


def lines_above(table: Any) -> list[str]:
    lines: list[str] = []
    for before in table.itersiblings(preceding=True):
        if before.tag == _TBL or len(lines) == _MAX_LINES_ABOVE:
            break
        line = text_of(before).strip() if before.tag == _P else ""
        if line and len(line) <= _MAX_LINE_ABOVE:
            lines.insert(0, line)
    return lines
