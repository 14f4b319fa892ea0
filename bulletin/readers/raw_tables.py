"""Tables of a file cell by cell, for importers: no head is looked for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bulletin.domain.characters import ordinary
from bulletin.domain.errors import Refused, refuse
from bulletin.readers.csv_files import csv_grid
from bulletin.readers.file_types import FileType, kind_of
from bulletin.readers.material import MAX_HEAD_ROW
from bulletin.readers.sheet_catalogs import workbook_tables
from bulletin.readers.unseen import GridTable, Unseen
from bulletin.readers.word_catalogs import word_tables

MAX_LINES = 20_000
_GUARD = re.compile(r'\s*="([^"]*)"\s*')

TextLines = list[tuple[str, ...]]


@dataclass(frozen=True)
class RawTable:
    place: str  # 工作表“目录”, 表1; '' for a CSV file
    rows: TextLines
    first_row: int = 1
    unseen: Mapping[int, Unseen] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def side_by_side(table: RawTable) -> list[RawTable]:
    """The two halves of a table that stands twice beside itself to save paper; else the table."""
    for row in table.rows[:MAX_HEAD_ROW]:
        names = ["".join(cell.split()) for cell in row]
        half = len(names) // 2
        if half > 1 and all(names[:half]) and names[:half] == names[half:]:
            return [_part(table, slice(half)), _part(table, slice(half, None))]
    return [table]


def _part(table: RawTable, columns: slice) -> RawTable:
    unseen = {index: replace(row, whole=row.whole[columns]) for index, row in table.unseen.items()}
    return replace(table, rows=[cells[columns] for cells in table.rows], unseen=unseen)


def _from_first(
    reader: Callable[[bytes], list[tuple[str, TextLines]]],
) -> Callable[[bytes], list[GridTable]]:
    return lambda data: [
        GridTable(place, [tuple(map(_unguarded, row)) for row in rows])
        for place, rows in reader(data)
    ]


def _unguarded(cell: str) -> str:
    """A cell without what keeps programs from changing it: ="0101" and '0101 are 0101."""
    if match := _GUARD.fullmatch(cell):
        return match[1]
    return cell[1:] if cell.startswith("'") and not cell.endswith("'") else cell


_READERS: dict[FileType, Callable[[bytes], list[GridTable]]] = {
    FileType.XLSX: workbook_tables,
    FileType.DOCX: word_tables,
    FileType.CSV: _from_first(csv_grid),
    FileType.TEXT: _from_first(csv_grid),
}


def _no_catalog() -> Refused:
    return refuse("catalog_kind", "目录要用 Excel（xlsx）、Word（docx）或 CSV 文件导入。")


def _kind(data: bytes, name: str) -> FileType:
    """The type of a file; an unknown one is refused as no catalog, not as no file for the check."""
    try:
        return kind_of(data, name)
    except Refused as refused:
        if refused.codes == ("file_unknown",):
            raise _no_catalog() from None
        raise


def raw_tables(data: bytes, name: str) -> list[RawTable]:
    """Every table of an Excel, Word or CSV file, radicals out of a PDF as ordinary characters.

    Raises:
        Refused: another kind of file, broken, locked, old, or too long.
    """
    reader = _READERS.get(_kind(data, name))
    if reader is None:
        raise _no_catalog()
    tables = [
        RawTable(
            table.place,
            [tuple(map(ordinary, row)) for row in table.rows],
            table.first_row,
            table.unseen,
        )
        for table in reader(data)
    ]
    if sum(len(table.rows) for table in tables) > MAX_LINES:
        raise refuse(
            "catalog_too_long", f"表格超过{MAX_LINES}行，不像是目录。请只留下目录那张表再导入。"
        )
    return tables
