"""The annual report on paper: the data that its template reads."""

from typing import Any

from bulletin.domain.oversight.annual_report.printed_tables import PrintedTable
from bulletin.domain.oversight.annual_report.written import WrittenReport
from bulletin.sheets.facts import FontChoice
from bulletin.sheets.layout import page_data
from bulletin.sheets.widths import breakable


def report_data(report: WrittenReport, fonts: FontChoice) -> dict[str, Any]:
    return {
        **page_data("a4", fonts, ""),
        "title": report.title,
        "township": report.body,
        "title_lines": report.title_lines,
        "note": report.note,
        "parts": [
            {
                "heading": part.heading,
                "paragraphs": [breakable(words) for words in part.paragraphs],
                "table": None if part.table is None else _table(part.table),
            }
            for part in report.parts
        ],
    }


def _table(table: PrintedTable) -> dict[str, Any]:
    return {
        "width": table.width,
        "heads": table.heads,
        "labels": table.rows[0][0].across if table.rows[-1][0].key is None else 0,
        "rows": [
            [{"words": cell.words, "across": cell.across, "down": cell.down} for cell in row]
            for row in table.rows
        ],
    }
