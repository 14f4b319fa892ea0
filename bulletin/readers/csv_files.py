"""Plain text, Markdown and CSV, in the encodings that village offices write."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import groupby

from bulletin.domain.errors import refuse
from bulletin.readers.archives import refusing_broken
from bulletin.readers.grids import tables_in
from bulletin.readers.material import CellBudget, FileContent, FileTable, Passage

_ENCODINGS_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("utf-8", "gb18030")  # GB18030 is what Chinese Excel writes; it contains GBK
_DELIMITERS = (",", "\t", ";", "，")
_SAMPLE = 16_384  # characters
_MIN_LINES = 2
_MARKDOWN_RULE = re.compile(r"[\s|:-]+")


def decode(data: bytes) -> str:
    """Text of UTF-8, UTF-16 (with its mark) or GB18030.

    Raises:
        Refused: `file_unknown` when it is none of them.
    """
    marked = (name for mark, name in _ENCODINGS_BY_MARK if data.startswith(mark))
    for encoding in (*marked, *_GUESSES):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("file_unknown", "文字的编码无法识别，请另存为 UTF-8 编码后再上传。")


def read_text(data: bytes) -> FileContent:
    """Text as one passage; lines with tabs or pipes are taken out of it as tables."""
    lines = decode(data).splitlines()
    budget = CellBudget()
    text_lines: list[str] = []
    tables: list[FileTable] = []
    for is_table, group in groupby(lines, key=_is_table_line):
        block = list(group)
        if not is_table or len(block) < _MIN_LINES:
            text_lines.extend(block)
            continue
        grid = [_cells(line) for line in block]
        budget.spend(sum(map(len, grid)))
        tables.extend(tables_in(grid, "", len(text_lines) + 1))
        text_lines.extend("" for _ in block)  # the lines behind keep their numbers
    return FileContent((Passage("正文", "\n".join(text_lines)),), tuple(tables))


def _is_table_line(line: str) -> bool:
    return "\t" in line.strip() or line.strip().startswith("|")


def _cells(line: str) -> tuple[str, ...]:
    if "\t" in line.strip():
        return tuple(line.split("\t"))
    if _MARKDOWN_RULE.fullmatch(line):
        return ()
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def read_csv(data: bytes) -> FileContent:
    """A CSV file, cut by whichever delimiter cuts its first lines most evenly."""
    [(place, grid)] = csv_grid(data)
    return FileContent(tables=tuple(tables_in(grid, place)))


def _evenness(sample: str, delimiter: str) -> float:
    """The share of rows that a delimiter cuts into the same number of cells; 0 when it cuts none.

    Not how often it stands there: Chinese cells are full of commas.
    """
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in rows if any(row))
    cut = {width: count for width, count in widths.items() if width > 1}
    return max(cut.values(), default=0) / max(widths.total(), 1)


def csv_grid(data: bytes) -> list[tuple[str, list[tuple[str, ...]]]]:
    """The cells of a CSV file as one table without a name.

    Raises:
        Refused: `file_unknown`, `file_broken` or `file_too_many_cells`.
    """
    text = decode(data)
    sample = text[:_SAMPLE]
    delimiter = max(_DELIMITERS, key=lambda each: _evenness(sample, each))
    budget = CellBudget()
    grid: list[tuple[str, ...]] = []
    with refusing_broken("表格软件", csv.Error):
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            budget.spend(len(row))
            grid.append(tuple(row))
    return [("", grid)]
