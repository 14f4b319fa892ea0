"""The tables of the annual report as a workbook: a sheet each, as they are printed, with their figures as numbers."""

import io
from collections.abc import Mapping
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.domain.oversight.annual_report.layout import TableName
from bulletin.domain.oversight.annual_report.printed_tables import PrintedTable
from bulletin.writers.archives import without_moment

_LINE = Side(style="thin")
_RULED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LABEL_WIDTH, _WIDTH = 22, 11  # characters


def write_tables(tables: Mapping[TableName, PrintedTable]) -> bytes:
    """The same tables give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in tables.items():
        _fill(book.create_sheet(name.label), table)
    buffer = io.BytesIO()
    book.save(buffer)
    return without_moment(buffer.getvalue())


def _fill(sheet: Worksheet, table: PrintedTable) -> None:
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(table.rows, 1):
        x = 1
        for printed in row:
            while (y, x) in taken:
                x += 1
            right, bottom = x + printed.across - 1, y + printed.down - 1
            places = {(down, at) for down in range(y, bottom + 1) for at in range(x, right + 1)}
            taken |= places
            for place in places:
                sheet.cell(*place).border = _RULED
            is_number = printed.key is not None and printed.words
            cell = sheet.cell(y, x, Decimal(printed.words) if is_number else printed.words or None)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if len(places) > 1:
                sheet.merge_cells(start_row=y, start_column=x, end_row=bottom, end_column=right)
            x = right + 1
    for x in range(1, table.width + 1):
        is_label = table.rows[-1][0].key is None and x <= table.rows[0][0].across
        sheet.column_dimensions[get_column_letter(x)].width = _LABEL_WIDTH if is_label else _WIDTH
