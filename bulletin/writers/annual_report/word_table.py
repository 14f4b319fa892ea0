"""A table of the annual report in Word's own markup: cells that span rows and columns, and every rule drawn.

python-docx looks through the whole table for each cell that it merges, which takes seconds for one of 25 rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bulletin.domain.oversight.annual_report.printed_tables import PrintedCell, PrintedTable

_TWIPS_OF_MM = 1440 / 25.4
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

_MARGINS = "".join(
    f'<w:{side} w:w="{twips}" w:type="dxa"/>'
    for side, twips in (("top", 28), ("left", 40), ("bottom", 28), ("right", 40))
)


@dataclass(frozen=True)
class TableLook:
    widths: Sequence[float]  # millimetres of the columns
    font: str
    half_points: int  # size of the words


def word_table(table: PrintedTable, look: TableLook) -> Any:
    """The element of a table; rows of heads are repeated on every page that it reaches."""
    widths = [round(width * _TWIPS_OF_MM) for width in look.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    placed = list(_placed(table, widths))
    rows = "".join(
        _row(cells, look, is_head=y < table.heads, is_last=cells is placed[-1])
        for y, cells in enumerate(placed)
    )
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{_MARGINS}</w:tblCellMar>"
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


@dataclass(frozen=True)
class _Placed:
    cell: PrintedCell
    twips: int
    is_first: bool  # the first row of a cell that spans several


def _placed(table: PrintedTable, widths: Sequence[int]) -> Iterator[list[_Placed]]:
    """Row by row the cells from left to right, those too that go on from a row above."""
    going_on: dict[int, tuple[PrintedCell, int]] = {}  # by column: the cell, and its rows left
    for row in table.rows:
        placed, new, x = [], list(reversed(row)), 0
        while x < table.width:
            cell, left = going_on.pop(x, (None, 0))
            is_first = cell is None
            if cell is None:
                cell = new.pop()
                left = cell.down
            placed.append(_Placed(cell, sum(widths[x : x + cell.across]), is_first))
            if left > 1:
                going_on[x] = cell, left - 1
            x += cell.across
        yield placed


def _row(cells: Sequence[_Placed], look: TableLook, *, is_head: bool, is_last: bool) -> str:
    """A row; all but the last stay on a page with the next one, since a page holds each of the tables."""
    head = "<w:tblHeader/>" if is_head else ""
    keep = "" if is_last else "<w:keepNext/>"
    inside = "".join(_cell(cell, look, keep) for cell in cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{inside}</w:tr>"


def _cell(placed: _Placed, look: TableLook, keep: str) -> str:
    cell = placed.cell
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    if cell.down > 1:
        span += '<w:vMerge w:val="restart"/>' if placed.is_first else "<w:vMerge/>"
    words = _words(cell.words, look) if placed.is_first and cell.words else ""
    looks = f'{keep}<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{placed.twips}" w:type="dxa"/>{span}<w:vAlign w:val="center"/>'
        f"</w:tcPr><w:p><w:pPr>{looks}</w:pPr>{words}</w:p></w:tc>"
    )


def _words(words: str, look: TableLook) -> str:
    fonts = " ".join(f'w:{kind}="{look.font}"' for kind in ("ascii", "hAnsi", "eastAsia"))
    return (
        f'<w:r><w:rPr><w:rFonts {fonts}/><w:sz w:val="{look.half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    )
