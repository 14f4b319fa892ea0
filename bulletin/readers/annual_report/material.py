"""The lines and tables of a published report in reading order: Word, PDF, web page or text."""

from collections.abc import Iterator
from pathlib import PurePath

from bulletin.domain.errors import refuse
from bulletin.domain.notices.brought.parts import BroughtLine, Grid
from bulletin.readers.annual_report.pdf import pdf_material
from bulletin.readers.annual_report.rows import ReportTable
from bulletin.readers.annual_report.web import web_material
from bulletin.readers.brought.file import read_brought
from bulletin.readers.brought.worksheets import Workbook

_WEB = frozenset({".html", ".htm", ".xhtml"})
_BEGINS_A_PAGE = (b"<!doctype", b"<html", b"<?xml")

Material = list[str | ReportTable]


def read_material(data: bytes, name: str) -> Material:
    """What a report says: its lines, and its tables.

    Raises:
        Refused: one sentence: unknown, broken, locked, too big, a workbook, a scan without text.
    """
    if data.startswith(b"%PDF-"):
        return pdf_material(data)
    if _is_web_page(data, name):
        return web_material(data)
    found = read_brought(data, name)
    if isinstance(found, Workbook):
        raise refuse(
            "no_report", "年度报告要用 Word（docx）、PDF、网页（html）或文本文件，不用 Excel。"
        )
    return list(_read(found.parts))


def _is_web_page(data: bytes, name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return suffix in _WEB or head.startswith(_BEGINS_A_PAGE)


def _read(parts: tuple[object, ...]) -> Iterator[str | ReportTable]:
    for part in parts:
        if isinstance(part, BroughtLine):
            if part.text.strip():
                yield part.text.strip()
        elif isinstance(part, Grid):
            yield table_of_grid(part)


def table_of_grid(grid: Grid) -> ReportTable:
    """A table in which a cell that another one covers is None."""
    seen: set[object] = set()
    rows = []
    for cells in grid.rows:
        row: list[str | None] = []
        for cell in cells:
            row.append(None if cell.root in seen else cell.text)
            seen.add(cell.root)
        rows.append(tuple(row))
    return tuple(rows)
