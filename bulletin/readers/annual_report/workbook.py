"""The figures of a report out of a workbook: its tables as they are printed, each cell with its address."""

from collections.abc import Iterator, Sequence

from bulletin.domain.notices.brought.parts import Grid
from bulletin.domain.notices.brought.sheets import column_name
from bulletin.domain.oversight.annual_report.form_rules import Report
from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.readers.annual_report.material import table_of_grid
from bulletin.readers.annual_report.report import report_in
from bulletin.readers.annual_report.rows import is_called
from bulletin.readers.brought.worksheets import Workbook


def read_tables(book: Workbook, layouts: Sequence[Layout]) -> Report:
    """The figures that the sheets of a workbook hold, which has no words."""
    grids = [Grid(rows=tuple(sheet.rows())) for sheet in book.filled]
    return report_in([table_of_grid(grid) for grid in grids], layouts)


def addressed(book: Workbook, where: str, words: str) -> str:
    """Where some words stand that should be a number: 表三!D7; '' where they are not found.

    Args:
        where: the row, as the reader names it: 表三 · 一、本年新收政府信息公开申请数量.
    """
    label = where.partition(" · ")[2].split(" ")[-1]
    return next(_places(book, label, words), "")


def _places(book: Workbook, label: str, words: str) -> Iterator[str]:
    for sheet in book.filled:
        for y, row in enumerate(sheet.rows(), 1):
            texts = [cell.text.strip() for cell in row]
            if any(is_called(text, label) for text in texts) or not label:
                yield from (
                    f"{sheet.name}!{column_name(x)}{y}"
                    for x, text in enumerate(texts, 1)
                    if text == words
                )
