"""Tables of a Word document as a reader sees them: what is shown is read, the rest is named.

The privacy check reads the whole file (`word_files`); a catalog is what stands on the page.
"""

import io
from typing import Any

import docx
from docx.opc.exceptions import OpcError

from bulletin.readers.archives import refusing_broken
from bulletin.readers.material import CellBudget
from bulletin.readers.packages import in_usual_spelling
from bulletin.readers.unseen import Grid, GridTable, Unseen, compared
from bulletin.readers.word_cells import grid_of, lines_above, tables_of
from bulletin.readers.word_numbering import Numbering
from bulletin.readers.word_shown import (
    HIDDEN,
    STRUCK,
    drop_deleted,
    drop_runs,
    empty_rows,
    has,
    related,
    show_results_of_fields,
    styles_by_id,
    write_numbers,
)


def word_tables(data: bytes) -> list[GridTable]:
    """The cells of each table of the body, with its place and the number of its first row.

    The lines that stand right above a table (一、党务公开) are rows of one cell, numbered below one.

    Raises:
        Refused: as `read_word`.
    """
    data = in_usual_spelling(data, "Word 或 WPS")
    with refusing_broken("Word 或 WPS", OpcError):
        part = docx.Document(io.BytesIO(data)).part
        body, styles = part.element, related(part, "/styles")
        drop_deleted(body)
        show_results_of_fields(body)
        write_numbers(body, Numbering(related(part, "/numbering"), styles))
        tables = list(tables_of(body))
        whole = [grid_of(table, CellBudget()) for table in tables]
        by_id = styles_by_id(styles)
        drop_runs(body, by_id, HIDDEN)
        empty_rows(body, lambda row: has(row, "w:trPr", "w:hidden"))
        shown = [grid_of(table, CellBudget()) for table in tables]
        drop_runs(body, by_id, STRUCK)
        unstruck = [grid_of(table, CellBudget()) for table in tables]
        grids = zip(tables, whole, shown, unstruck, strict=True)
        return [_table(number, *each) for number, each in enumerate(grids, 1)]


def _table(number: int, table: Any, whole: Grid, shown: Grid, unstruck: Grid) -> GridTable:
    above = [(line,) for line in lines_above(table)]
    unseen: dict[int, Unseen] = {}
    for index, rows in enumerate(zip(whole, shown, unstruck, strict=True), len(above)):
        if found := compared(*rows):
            unseen[index] = found
    return GridTable(f"表{number}", [*above, *unstruck], 1 - len(above), unseen)
