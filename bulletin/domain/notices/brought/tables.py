"""A grid becomes a table: caption, titles, total line and kinds of columns, as the cells tell them.

The editor has the same rule for what is pasted (static/editor/pasted_columns.js); both are held to
tests/material/tables.json.
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from bulletin.domain.amounts import amount_of
from bulletin.domain.notices.brought.columns import guessed_kind, kept_cell
from bulletin.domain.notices.brought.parts import Cell, Grid, Row, filled
from bulletin.domain.notices.content import Column, Paragraph, Table

TOTAL = re.compile(r"(合\s*计|总\s*计|小\s*计|共\s*计)[:：]?")
UNIT = re.compile(r"[（(]?(金额)?单位[:：]")  # 单位：元, on a line of its own


@dataclass(frozen=True)
class _Cut:
    """A grid whose captions, titles and body are told apart."""

    captions: tuple[str, ...]
    titles: Sequence[Row]
    body: Sequence[Row]
    words: Mapping[Hashable, str]  # of each merged cell, by its root


def table_of(grid: Grid) -> Table | Paragraph | None:
    """The table that a grid makes; a paragraph of captions alone; None when no cell has words."""
    cut = _cut(grid)
    if cut is None:
        return Paragraph("\n".join(grid.captions)) if grid.captions else None
    width = len((*cut.titles, *cut.body)[0])
    titles = [_title(cut, at, grid.is_plain) for at in range(width)]
    body = [tuple(cell.text for cell in row) for row in cut.body]
    total = body.pop() if body and any(map(TOTAL.fullmatch, body[-1])) else None
    kinds = [guessed_kind(title, [row[at] for row in body]) for at, title in enumerate(titles)]

    def kept(row: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(kept_cell, row, kinds))

    return Table(
        columns=tuple(map(Column, titles, kinds)),
        rows=tuple(map(kept, body)),
        footer=kept(total) if total else None,
        caption=" ".join(cut.captions),
    )


def has_merged_body(grid: Grid) -> bool:
    """Whether cells below the titles were merged: their words stand in one of them now."""
    cut = _cut(grid)
    if cut is None:
        return False
    roots = [cell.root for row in cut.body for cell in row]
    return len(set(roots)) < len(roots)


def _cut(grid: Grid) -> _Cut | None:
    rows = _trimmed(grid.rows)
    if not rows:
        return None
    words = {cell.root: cell.text for row in rows for cell in row if cell.text}
    captions, heads = list(grid.captions), grid.heads
    while len(rows) > 1 and _is_caption(rows[0], is_first=not captions):
        captions.append(filled(rows[0])[0].text)
        rows, heads = rows[1:], heads - 1
    depth = _title_depth(rows, heads, is_plain=grid.is_plain)
    return _Cut(tuple(captions), rows[:depth], rows[depth:], words)


def _trimmed(given: Sequence[Row]) -> list[Row]:
    rows = [row for row in given if filled(row)]
    width = max((len(row) for row in rows), default=1)
    while width > 1 and not any(row[width - 1].text for row in rows if len(row) >= width):
        width -= 1
    return [_widened(row, y, width) for y, row in enumerate(rows)]


def _widened(row: Row, y: int, width: int) -> Row:
    more = (Cell("", ("beyond", y, x)) for x in range(len(row), width))
    return (*row[:width], *more)


def _is_caption(row: Row, *, is_first: bool) -> bool:
    """A first row with words at its beginning only, or across it, and the unit below it.

    An empty corner makes no caption.
    """
    words = filled(row)
    if len(row) < 2 or len(words) != 1:  # noqa: PLR2004 - one cell alone is no row of a table
        return False
    begins = words[0] is row[0] or _is_merged(row, words[0])
    return UNIT.match(words[0].text) is not None or (is_first and begins)


def _is_merged(row: Row, cell: Cell) -> bool:
    return sum(each.root == cell.root for each in row) > 1


def _title_depth(rows: Sequence[Row], heads: int, *, is_plain: bool) -> int:
    """How many of the first rows are titles.

    Those that the file calls so, or words without figures, as deep as the cells that are merged in them.
    """
    if 0 < heads < len(rows):
        return heads
    if len(rows) < 2 or not _is_words(rows[0]):  # noqa: PLR2004 - titles and something under them
        return 0
    depth = _merged_depth(rows)
    if depth > 1:
        is_titles = depth < len(rows) and all(map(_is_words, rows[1:depth]))
        return depth if is_titles else 1
    second = is_plain and len(rows) > 2 and _is_second_of_plain_text(rows[0], rows[1])  # noqa: PLR2004
    return 2 if second else 1


def _is_words(row: Row) -> bool:
    return all(amount_of(cell.text) is None for cell in row)


def _merged_depth(rows: Sequence[Row]) -> int:
    """The rows down to which the merged cells of the first row reach.

    A wide one has its own titles below it.
    """
    first = rows[0]
    heights = [sum(row[at].root == cell.root for row in rows) for at, cell in enumerate(first)]
    wide = [at for at, cell in enumerate(first) if _is_merged(first, cell)]
    is_named = all(rows[min(heights[at], len(rows) - 1)][at].text for at in wide)
    return max(2 if wide and is_named else 1, *heights)


def _is_second_of_plain_text(first: Row, second: Row) -> bool:
    """Text alone does not say what is merged.

    Every gap of the first row is filled in the second, and only some of the rest.
    """
    if not _is_words(second):
        return False
    pairs = [(above.text, below.text) for above, below in zip(first, second, strict=True)]
    return (
        any(not above for above, _ in pairs)
        and all(above or below for above, below in pairs)
        and any(not below for _, below in pairs)
    )


def _title(cut: _Cut, at: int, is_plain: bool) -> str:
    """What stands above a title goes before it; a merged title without one below stands once."""
    name = ""
    for y, row in enumerate(cut.titles):
        is_named_below = any(below[at].text for below in cut.titles[y + 1 :])
        covering = _covering_words(cut, y, at, is_plain=is_plain) if is_named_below else ""
        words = row[at].text or covering
        apart = name and words and not is_plain
        if apart and not _is_merged(cut.titles[y - 1], cut.titles[y - 1][at]):
            name += " "
        name += words
    return name


def _covering_words(cut: _Cut, y: int, at: int, *, is_plain: bool) -> str:
    """The words of the merged cell over a place, unless they stand in the row above already.

    In plain text the nearest title at its left.
    """
    cell = cut.titles[y][at]
    if is_plain:
        left = reversed(cut.titles[y][:at])
        return next((each.text for each in left if each.text), "")
    if y > 0 and cut.titles[y - 1][at].root == cell.root:
        return ""
    return cut.words.get(cell.root, "")
