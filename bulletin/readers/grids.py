"""Finds the heads of tables in a grid of cells: a sheet, a CSV file, a Word table.

A sheet begins with a banner, may have its titles in two rows, and may hold a second table further
down. Every cell ends up in exactly one table, as a title or in a row.
"""

import re
from collections.abc import Iterator, Sequence

from bulletin.domain.privacy.columns import is_about_people, personal_column
from bulletin.readers.material import MAX_HEAD_ROW, FileTable

TextGrid = Sequence[tuple[str, ...]]

_MIN_TITLES = 2
_MAX_TITLE = 24
_FIGURES = re.compile(r"[0-9０-９]{6}")


def tables_in(grid: TextGrid, place: str, first_row: int = 1) -> Iterator[FileTable]:
    """Cut a grid into tables, each from its head to the next one."""
    heads = _heads(grid)
    edges = [*heads, len(grid)]
    if edges[0] > 0:
        yield FileTable(place, (), tuple(grid[: edges[0]]), first_row)
    for head, end in zip(heads, edges[1:], strict=True):
        rows = tuple(grid[head + 1 : end])
        yield FileTable(place, _titles(grid, head), rows, first_row + head + 1)


def _heads(grid: TextGrid) -> list[int]:
    candidates = [index for index, row in enumerate(grid) if _reads_as_head(row)]
    early = [index for index in candidates if index < MAX_HEAD_ROW]
    first = next((index for index in early if _names_people_or_data(grid[index])), None)
    if first is None:
        return early[:1]
    heads = [first]
    for index in candidates:
        if index > first and (
            _names_people_and_data(grid[index]) or _is_second_row(grid[index], index - heads[-1])
        ):
            heads.append(index)
    return heads


def _is_second_row(row: Sequence[str], distance: int) -> bool:
    """The second row of a head: right below it, its first cell merged into the one above."""
    merged = distance == 1 and not row[0].strip()
    return merged and any(personal_column(cell) is not None for cell in row)


def _reads_as_head(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) >= _MIN_TITLES and all(
        len(cell) <= _MAX_TITLE and not cell.isdecimal() and not _FIGURES.search(cell)
        for cell in filled
    )


def _names_people_or_data(row: Sequence[str]) -> bool:
    return is_about_people(row) or any(personal_column(cell) is not None for cell in row)


def _names_people_and_data(row: Sequence[str]) -> bool:
    return is_about_people(row) and any(personal_column(cell) is not None for cell in row)


def _titles(grid: TextGrid, head: int) -> tuple[str, ...]:
    """Titles of a head; where one is empty, the row of titles above it gives it."""
    row = grid[head]
    above = grid[head - 1] if head and _reads_as_head(grid[head - 1]) else ()
    width = max(len(row), len(above))
    wide_row, wide_above = (_widened(cells, width) for cells in (row, above))
    return tuple(own.strip() or upper for own, upper in zip(wide_row, wide_above, strict=True))


def _widened(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
