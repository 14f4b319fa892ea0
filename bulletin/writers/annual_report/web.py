"""The annual report as a web page of one file, as sites of counties take it."""

from collections.abc import Iterator
from html import escape

from bulletin.domain.oversight.annual_report.printed_tables import (
    PrintedCell,
    PrintedRow,
    PrintedTable,
    scope_of,
)
from bulletin.domain.oversight.annual_report.written import WrittenReport

_STYLE = """
body { max-width: 60em; margin: 2em auto; padding: 0 1em; font: 1rem/1.8 "FangSong", "仿宋", "Noto Serif SC", serif; color: #000; background: #fff; }
h1, .note { text-align: center; }
h2 { font-size: 1.15em; margin: 1.6em 0 .6em; }
p { text-indent: 2em; margin: 0 0 .4em; }
.note { text-indent: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875em; line-height: 1.4; }
th, td { border: 1px solid #000; padding: .3em .4em; text-align: center; font-weight: normal; }
@media print { body { max-width: none; margin: 0; } .wide { overflow: visible; } }
"""


def write_page(report: WrittenReport) -> bytes:
    """The report in UTF-8, with its styles in it and nothing from elsewhere."""
    return "\n".join(_lines(report)).encode()


def _lines(report: WrittenReport) -> Iterator[str]:
    title = escape(report.title)
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<h1>{title}</h1>"
    if report.note:
        yield f'<p class="note">{escape(report.note)}</p>'
    for part in report.parts:
        yield f"<h2>{escape(part.heading)}</h2>"
        if part.table is not None:
            yield from _table(part.table, part.heading)
        yield from (f"<p>{escape(words)}</p>" for words in part.paragraphs)
    yield "</body>\n</html>\n"


def _table(table: PrintedTable, name: str) -> Iterator[str]:
    # It is scrolled by hand where it is wider than the screen, and by keys as well.
    yield f'<div class="wide" role="region" aria-label="{escape(name)}" tabindex="0"><table>'
    for row in table.rows:
        yield f"<tr>{''.join(_cell(row, cell) for cell in row)}</tr>"
    yield "</table></div>"


def _cell(row: PrintedRow, cell: PrintedCell) -> str:
    scope = scope_of(row, cell)
    tag, named = ("th", f' scope="{scope}"') if scope else ("td", "")
    spans = "".join(
        f' {name}="{count}"'
        for name, count in (("colspan", cell.across), ("rowspan", cell.down))
        if count > 1
    )
    return f"<{tag}{named}{spans}>{escape(cell.words)}</{tag}>"
