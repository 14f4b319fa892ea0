"""Catalogs from Excel, Word and CSV files: which rows are items, and what each cell holds.

Made for catalogs as counties publish them: a title above the table and notes under it, a head of
one or two rows that may come again, merged cells, sections, ticks, numbering that restarts.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bulletin.domain.catalog.rows import CatalogFile, CatalogRow, with_distinct_titles
from bulletin.domain.errors import refuse
from bulletin.readers.catalog.cells import channels_in, is_ditto, listed, tidy
from bulletin.readers.catalog.columns import CatalogColumn, ColumnHeading, TableHead, head_at, plain
from bulletin.readers.catalog.row_cells import (
    by_column,
    chosen,
    further,
    levels,
    name_of,
    places_for,
    understood,
)
from bulletin.readers.catalog.sections import _SECTION, REMARK, section_in
from bulletin.readers.material import MAX_HEAD_ROW
from bulletin.readers.raw_tables import RawTable, raw_tables, side_by_side
from bulletin.readers.unseen import Unseen

MAX_ROWS = 5_000  # items of one file; a county's whole catalog has some hundreds
# Cells of these columns are merged over several rows; what stays blank repeats what stands above.
_MERGED = frozenset(
    {
        CatalogColumn.CATEGORY,
        CatalogColumn.BASIS,
        CatalogColumn.DEADLINE,
        CatalogColumn.PUBLISHER,
        CatalogColumn.CHANNELS,
    }
)
_NUMBER = re.compile(r"[A-Za-z]?[0-9一二三四五六七八九十.（）()、—-]+|专项[0-9]+")
_SUM = re.compile(r"合计|总计|小计|共计|注|备注|说明")
_FORMULA = re.compile(r"=[A-Za-z$(+\-0-9]")


def read_catalog_rows(data: bytes, name: str) -> CatalogFile:
    """The items of a catalog file (.xlsx, .docx, .csv) as they can be understood.

    Raises:
        Refused: one Chinese sentence: not such a file, broken, locked, too long, formulas without
            results, or no table with a column of items.
    """
    reader = _Reader()
    for table in raw_tables(data, name):
        for part in side_by_side(table):
            reader.read(part)
    if reader.head is None or not reader.rows:
        raise refuse(
            "catalog_no_table",
            "没有找到目录表：表头里要有“公开事项”一列，下面要有事项。请检查表头后再导入。",
        )
    return CatalogFile(
        reader.title,
        with_distinct_titles(reader.rows),
        tuple(reader.columns),
        tuple(reader.remarks),
    )


class _Reader:
    """Reads table after table; a table without a head goes on where the one before it stopped."""

    def __init__(self) -> None:
        self.head: TableHead | None = None
        self.title = ""
        self.rows: list[CatalogRow] = []
        self.columns: list[tuple[str, str]] = []
        self.remarks: list[str] = []
        self._above: dict[int, str] = {}
        self._section = ""

    def read(self, table: RawTable) -> None:
        start = self._find_head(table)
        if self.head is None:
            return
        for offset, row in enumerate(table.rows[start:], start):
            place = f"{table.place}第{table.first_row + offset}行"
            self._read_row(row, place, table.unseen.get(offset))

    def _find_head(self, table: RawTable) -> int:
        """Where the items begin; lines above the head are the title and remarks."""
        for index in range(min(len(table.rows), MAX_HEAD_ROW)):
            head = head_at(table.rows, index)
            if head is not None and head.is_usable:
                self._begin(head, table.rows[:index])
                return index + len(head.rows)
        goes_on = self.head is not None and table.width == len(self.head.headings)
        return 0 if goes_on else len(table.rows)

    def _begin(self, head: TableHead, above: Sequence[Sequence[str]]) -> None:
        self.head, self._above, self._section = head, {}, ""
        for heading in head.headings:
            column = (heading.words or "（没有列名）", understood(heading))
            if column not in self.columns:
                self.columns.append(column)
        lines = [line for row in above if (line := tidy(" ".join(filter(None, row))))]
        if lines and (section := section_in(lines[-1], across=False)):
            self._section = section
            lines.pop()
        if lines and not self.title:
            self.title = lines.pop(0)
        self.remarks += lines

    def _read_row(self, row: Sequence[str], place: str, unseen: Unseen | None = None) -> None:
        if unseen is not None:
            self._read_unseen(row, place, unseen)
            return
        if self.head is None or not any(cell.strip() for cell in row) or self._is_head_again(row):
            return
        if (line := self._lone_line(row)) is not None:
            self._read_line(line, across=bool(row[0].strip()))
            return
        _refuse_formulas(row, place)
        if len(self.rows) >= MAX_ROWS:
            raise refuse("catalog_too_long", f"目录超过{MAX_ROWS}项，请拆成几个文件后再导入。")
        item = self._item(row, place)
        if item is not None:
            self.rows.append(item)

    def _read_unseen(self, row: Sequence[str], place: str, unseen: Unseen) -> None:
        """A row of which something is hidden or struck; without its title it waits as a whole."""
        count, above = len(self.rows), dict(self._above)
        headings = self.head.headings if self.head else ()
        title = {n for n, h in enumerate(headings) if h.column is CatalogColumn.TITLE}
        lost = any(
            n in title and cell.strip() and not (n < len(row) and row[n].strip())
            for n, cell in enumerate(unseen.whole)
        )
        withheld = unseen.withheld or lost
        self._read_row(unseen.whole if withheld else row, place)
        if withheld:
            self._above = above  # nothing below repeats what is not seen
        self.rows[count:] = [
            replace(each, unseen=unseen.notes, withheld=withheld) for each in self.rows[count:]
        ]

    def _is_head_again(self, row: Sequence[str]) -> bool:
        cells = [plain(cell) for cell in row]
        return self.head is not None and any(_repeats(cells, own) for own in self.head.rows)

    def _lone_line(self, row: Sequence[str]) -> str | None:
        """A row with one filled cell, and no item: a section or a remark."""
        filled = [place for place, cell in enumerate(row) if cell.strip()]
        headings = self.head.headings if self.head else ()
        if len(filled) != 1 or len(headings) < 2:  # noqa: PLR2004 - of one column all rows are lone
            return None
        line = tidy(row[filled[0]])
        column = headings[filled[0]].column if filled[0] < len(headings) else CatalogColumn.OTHER
        if column is CatalogColumn.TITLE and not (REMARK.match(line) or _SECTION.fullmatch(line)):
            return None
        return line

    def _read_line(self, line: str, *, across: bool) -> None:
        if _NUMBER.fullmatch(line):
            return
        if section := section_in(line, across=across):
            self._section = section
            self._above = {}
        else:
            self.remarks.append(line)

    def _item(self, row: Sequence[str], place: str) -> CatalogRow | None:
        headings = self.head.headings if self.head else ()
        cells = [row[n] if n < len(row) else "" for n in range(len(headings))]
        first = next(filter(str.strip, cells), "")
        if REMARK.match(first) or _SUM.fullmatch(tidy(first)):
            self.remarks.append(tidy(" ".join(cells)))
            return None
        cells, guesses = self._filled_down(headings, cells)
        titles = levels(headings, cells)
        if not titles:
            return None
        by_kind = by_column(headings, cells)
        channels, channel_guesses = channels_in(
            by_kind.get(CatalogColumn.CHANNELS, "") or places_for(by_kind)
        )
        column_guesses = (f"没有列名的一列按“{h.column}”理解。" for h in headings if h.guessed)
        return CatalogRow(
            place=place,
            levels=titles,
            number=tidy(by_kind.get(CatalogColumn.NUMBER, "")),
            category=tidy(by_kind.get(CatalogColumn.CATEGORY, "")) or self._section,
            content=by_kind.get(CatalogColumn.CONTENT, "").strip(),
            elements=listed(by_kind.get(CatalogColumn.CONTENT, "")),
            basis=tidy(by_kind.get(CatalogColumn.BASIS, "")),
            deadline_text=by_kind.get(CatalogColumn.DEADLINE, "").strip(),
            publisher=tidy(by_kind.get(CatalogColumn.PUBLISHER, "")),
            channels=channels,
            audience=chosen(headings, cells, CatalogColumn.AUDIENCE),
            method=chosen(headings, cells, CatalogColumn.METHOD),
            level=chosen(headings, cells, CatalogColumn.LEVEL),
            remark=tidy(by_kind.get(CatalogColumn.REMARK, "")),
            further=dict(further(headings, cells)),
            guesses=(*guesses, *channel_guesses, *dict.fromkeys(column_guesses)),
        )

    def _filled_down(
        self, headings: Sequence[ColumnHeading], cells: list[str]
    ) -> tuple[list[str], list[str]]:
        """Blank cells of merged columns repeat what stands above, which is noted each time."""
        titles = [n for n, h in enumerate(headings) if h.column is CatalogColumn.TITLE]
        leaf = max(titles, key=lambda n: headings[n].depth, default=-1)
        filled, repeated = list(cells), list[str]()
        for place, heading in enumerate(headings):
            merged = heading.column in _MERGED or (
                heading.column is CatalogColumn.TITLE and place != leaf
            )
            repeats = is_ditto(cells[place]) if cells[place].strip() else merged
            if cells[place].strip() and not repeats:
                self._above[place] = cells[place]
            elif repeats and place in self._above:
                filled[place] = self._above[place]
                repeated.append(name_of(heading))
        if leaf >= 0 and not filled[leaf].strip() and len(titles) == 1 and leaf in self._above:
            filled[leaf] = self._above[leaf]
            repeated.append(CatalogColumn.TITLE)
        names = "".join(f"“{name}”" for name in repeated)
        return filled, [f"{names}沿用上面一行。"] if repeated else []


def _repeats(cells: Sequence[str], head: Sequence[str]) -> bool:
    """More than half of a head's names in their places, and no more cells than the head has."""
    same = sum(bool(cell) and cell == name for cell, name in zip(cells, head, strict=False))
    names = sum(map(bool, head))
    return same * 2 > names and sum(map(bool, cells)) <= names


def _refuse_formulas(row: Sequence[str], place: str) -> None:
    if any(_FORMULA.match(cell.strip()) for cell in row):
        raise refuse(
            "catalog_formula",
            f"{place}有没有算出结果的公式。请在 Excel 或 WPS 里全选复制，“选择性粘贴—数值”，保存后再导入。",
        )
