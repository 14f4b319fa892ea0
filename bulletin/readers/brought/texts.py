"""Plain text and CSV for a draft."""

import re
from itertools import groupby

from bulletin.domain.notices.brought.parts import BroughtLine, FileParts, Grid, Part, plain_rows
from bulletin.readers.brought.worksheets import Worksheet
from bulletin.readers.csv_files import csv_grid, decode
from bulletin.readers.material import CellBudget

_LINE_ENDS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_RULE = re.compile(r"[\s|:-]+")
_MIN_ROWS = 2


def text_parts(data: bytes) -> FileParts:
    """A paragraph for each line; lines with tabs or pipes between their words are a table."""
    lines = _LINE_ENDS.sub("\n", decode(data)).split("\n")
    parts: list[Part] = []
    budget = CellBudget()
    for is_table, group in groupby(lines, key=_is_row):
        block = list(group)
        if is_table and len(block) >= _MIN_ROWS:
            cells = [_cells(line) for line in block if not _RULE.fullmatch(line)]
            budget.spend(sum(map(len, cells)))
            parts.append(Grid(rows=plain_rows(cells), is_plain=True))
        else:
            parts += map(_line, block)
    return FileParts(parts=tuple(parts))


def _line(text: str) -> BroughtLine:
    marked = _HEADING.fullmatch(text.strip())
    if marked:
        return BroughtLine(text=marked[2], level=min(len(marked[1]), 3))
    return BroughtLine(text=text.replace("\t", "　"))


def _is_row(line: str) -> bool:
    words = line.strip()
    return "\t" in words or (words.startswith("|") and words.count("|") > 1)


def _cells(line: str) -> list[str]:
    if "\t" in line.strip():
        return line.rstrip().split("\t")
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def csv_sheet(data: bytes) -> Worksheet:
    """A CSV file as the one sheet that it is."""
    [(_, grid)] = csv_grid(data)
    return Worksheet(name="", words=tuple(grid), is_plain=True)
