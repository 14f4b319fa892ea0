"""A web page: its lines, and its tables with what spans several rows and columns."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import ParserError

from bulletin.domain.errors import Refused, refuse
from bulletin.readers.annual_report.rows import ReportTable
from bulletin.readers.csv_files import decode
from bulletin.readers.material import CellBudget

_SILENT = frozenset({"script", "style", "head", "noscript", "template"})
_INLINE = frozenset({"a", "b", "strong", "em", "i", "u", "span", "font", "sub", "sup", "small"})
_MAX_SPAN = 100
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # it names an encoding that the text no longer has


def web_material(data: bytes) -> list[str | ReportTable]:
    """Lines and tables in reading order. A table that only lays out others is passed through.

    Raises:
        Refused: there is nothing in it, or too many cells.
    """
    try:
        root = html.document_fromstring(_DECLARATION.sub("", decode(data), count=1))
    except (ParserError, ValueError) as fault:
        raise _nothing() from fault
    budget, lines = CellBudget(), [""]
    material: list[str | ReportTable] = []

    def end_line() -> None:
        text = " ".join(lines[0].split())
        if text:
            material.append(text)
        lines[0] = ""

    for piece in _pieces(root):
        if piece is None:
            end_line()
        elif isinstance(piece, str):
            lines[0] += piece
        else:
            end_line()
            material.append(_grid(piece, budget))
    end_line()
    if not material:
        raise _nothing()
    return material


def _nothing() -> Refused:
    return refuse("file_broken", "网页里没有可以读的内容。请重新保存后再试。")


def _pieces(element: Any) -> Iterator[Any]:
    """Words, None where a line ends, and tables."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if element.tag == "table" and element.find(".//table") is None:
        yield element
        return
    is_block = element.tag not in _INLINE
    if is_block:
        yield None
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if is_block:
        yield None


def _grid(table: Any, budget: CellBudget) -> ReportTable:
    cells: dict[tuple[int, int], str | None] = {}
    height = width = 0
    for y, row in enumerate(table.iter("tr")):
        x = 0
        for cell in row.iterchildren("td", "th"):
            while (y, x) in cells:
                x += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            budget.spend(across * down)
            for dy in range(down):
                cells |= dict.fromkeys(((y + dy, x + dx) for dx in range(across)), None)
            cells[y, x] = " ".join(" ".join(cell.itertext()).split())
            x += across
        height, width = y + 1, max(width, x)
    return tuple(tuple(cells.get((y, x)) for x in range(width)) for y in range(height))


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1
