"""A worksheet as it is shown, from a new workbook or an old one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bulletin.domain.errors import refuse
from bulletin.domain.notices.brought.parts import (
    MAX_PICTURES,
    BroughtPicture,
    Cell,
    FileParts,
    Row,
    filled,
)
from bulletin.domain.notices.brought.sheets import (
    CellRange,
    column_name,
    sheet_parts,
    tables_of,
    used_range,
    within,
)
from bulletin.readers.brought.sentences import sample

Merged = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0
_MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class SheetPicture:
    """A picture and the cell that it is fastened to, from 0."""

    row: int
    column: int
    picture: BroughtPicture


@dataclass(frozen=True, kw_only=True)
class Worksheet:
    """Words of the cells by row, from the first row and column on; what is hidden, from 0."""

    name: str
    words: tuple[tuple[str, ...], ...]
    merged: tuple[Merged, ...] = ()
    is_hidden: bool = False
    is_plain: bool = False  # of plain text, which does not say what is merged
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: Mapping[tuple[int, int], str] | None = None  # words that were struck, by place
    doubts: Mapping[tuple[int, int], str] | None = None  # a sentence, by place
    pictures: tuple[SheetPicture, ...] = ()
    more: tuple[str, ...] = ()  # sentences for what else is on it

    def rows(self, *, also_hidden: bool = False) -> list[Row]:
        """The cells, each with the merged one that it belongs to; hidden ones are empty."""
        roots: dict[tuple[int, int], tuple[int, int]] = {}
        width = max(map(len, self.words), default=0)
        for top, left, bottom, right in self.merged:
            for y in range(top, min(bottom, len(self.words) - 1) + 1):
                roots.update({(y, x): (top, left) for x in range(left, min(right + 1, width))})
        return [
            tuple(
                Cell(
                    " ".join(text.split()) if also_hidden or self._is_shown(y, x) else "",
                    roots.get((y, x), (y, x)),
                )
                for x, text in enumerate(row)
            )
            for y, row in enumerate(self.words)
        ]

    @property
    def is_blank(self) -> bool:
        return not self.pictures and not any(map(any, self.words))

    def pictures_in(
        self, cells: CellRange | None, *, also_hidden: bool
    ) -> tuple[list[BroughtPicture], str]:
        """The pictures of a range as one reads them, and a sentence for those that stay behind."""
        placed = sorted(self.pictures, key=lambda each: (each.row, each.column))
        shown = [
            each.picture
            for each in placed
            if _lies_in((each.row, each.column), cells)
            and (also_hidden or self._is_shown(each.row, each.column))
        ][:MAX_PICTURES]
        left = len(placed) - len(shown)
        return shown, f"这张工作表里还有{left}张图片没有带来，请看一看。" if left else ""

    def _is_shown(self, y: int, x: int) -> bool:
        return y not in self.hidden_rows and x not in self.hidden_columns

    def remarks(self, cells: CellRange | None, *, also_hidden: bool) -> list[str]:
        """A sentence for what of a range is hidden, struck or not sure."""
        said = []
        if not also_hidden:
            said += self._hidden_words(cells)
        struck = [words for place, words in (self.struck or {}).items() if _lies_in(place, cells)]
        if struck:
            said.append(f"划掉的字没有带来：“{sample(struck)}”。")
        return [*said, *self._doubtful(cells)]

    def holds_hidden(self, cells: CellRange | None) -> bool:
        return bool(self._hidden_words(cells))

    def _hidden_words(self, cells: CellRange | None) -> list[str]:
        said = []
        rows = [y for y in sorted(self.hidden_rows) if self._has_words((y, None), cells)]
        columns = [x for x in sorted(self.hidden_columns) if self._has_words((None, x), cells)]
        if rows:
            named = _listed([str(y + 1) for y in rows])
            said.append(f"隐藏的（或被筛选掉的）第{named}行没有带来，要不要请看一看。")
        if columns:
            named = _listed([column_name(x + 1) for x in columns])
            said.append(f"隐藏的{named}列没有带来，要不要请看一看。")
        return said

    def _has_words(self, line: tuple[int | None, int | None], cells: CellRange | None) -> bool:
        y, x = line
        places = (
            [(y, at) for at in range(len(self.words[y]))]
            if y is not None and y < len(self.words)
            else [
                (at, x or 0) for at, row in enumerate(self.words) if x is not None and x < len(row)
            ]
        )
        return any(self.words[at][to].strip() and _lies_in((at, to), cells) for at, to in places)

    def _doubtful(self, cells: CellRange | None) -> list[str]:
        by_sentence: dict[str, list[str]] = {}
        for (y, x), sentence in (self.doubts or {}).items():
            if _lies_in((y, x), cells):
                by_sentence.setdefault(sentence, []).append(f"{column_name(x + 1)}{y + 1}")
        return [f"{_listed(places)}{sentence}" for sentence, places in by_sentence.items()]


def _lies_in(place: tuple[int, int], cells: CellRange | None) -> bool:
    y, x = place[0] + 1, place[1] + 1
    return cells is None or (
        cells.first_row <= y <= cells.last_row and cells.first_column <= x <= cells.last_column
    )


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f"等{len(every)}处" if len(every) > _MOST_NAMED else ""
    return "、".join(every[:_MOST_NAMED]) + more


def chosen_rows(sheet: Worksheet, cells: CellRange | None, *, also_hidden: bool) -> list[Row]:
    return within(sheet.rows(also_hidden=also_hidden), cells)


@dataclass(frozen=True, kw_only=True)
class SheetChoice:
    """Something of a workbook that can be brought: a whole sheet, or one of the tables in it."""

    sheet: str
    cells: str  # A3:F30
    title: str = ""
    rows: int  # with words
    columns: int
    is_whole: bool


@dataclass(frozen=True)
class Workbook:
    sheets: tuple[Worksheet, ...]
    remarks: tuple[str, ...] = ()

    @cached_property
    def filled(self) -> list[Worksheet]:
        """The sheets that are shown and hold words, or pictures alone."""
        return [
            each
            for each in self.sheets
            if not each.is_hidden and (each.pictures or used_range(each.rows()))
        ]

    def sheet(self, name: str) -> Worksheet | None:
        return next((each for each in self.sheets if each.name == name), None)

    def choices(self) -> list[SheetChoice]:
        """Each sheet as a whole, and each of its tables where it holds several."""
        return [choice for sheet in self.filled for choice in _choices(sheet)]

    def parts(self, sheet: Worksheet, cells: CellRange | None, *, also_hidden: bool) -> FileParts:
        """The lines and tables of a sheet or of a range of it.

        Raises:
            Refused: `cells_empty`, nothing stands there.
        """
        rows = chosen_rows(sheet, cells, also_hidden=also_hidden)
        pictures, left = sheet.pictures_in(cells, also_hidden=also_hidden)
        parts = (*sheet_parts(rows, is_plain=sheet.is_plain), *pictures)
        if not parts:
            raise refuse("cells_empty", "选的这一块里没有字，请换一张工作表或者换一个范围。")
        omitted = [*self.remarks, *sheet.more, *sheet.remarks(cells, also_hidden=also_hidden)]
        omitted += (left, _other_sheets(self.sheets, sheet))
        return FileParts(parts=parts, omitted=tuple(filter(None, omitted)))


def _choices(sheet: Worksheet) -> Iterator[SheetChoice]:
    rows = sheet.rows()
    used = used_range(rows)
    if used is None:
        title = f"{len(sheet.pictures)}张图片"
        yield SheetChoice(sheet=sheet.name, cells="", title=title, rows=0, columns=0, is_whole=True)
        return
    tables = tables_of(rows)
    yield SheetChoice(
        sheet=sheet.name,
        cells=str(used),
        title=tables[0].title if len(tables) == 1 else "",
        rows=sum(bool(filled(row)) for row in rows),
        columns=used.last_column - used.first_column + 1,
        is_whole=True,
    )
    for table in tables if len(tables) > 1 else ():
        yield SheetChoice(
            sheet=sheet.name,
            cells=str(table.cells),
            title=table.title,
            rows=table.rows + 1,
            columns=table.columns,
            is_whole=False,
        )


def _other_sheets(sheets: Iterable[Worksheet], chosen: Worksheet) -> str:
    """The sheets that were not chosen, hidden ones by name."""
    others = [each for each in sheets if each is not chosen and not each.is_blank]
    shown = [f"“{each.name}”" for each in others if not each.is_hidden]
    hidden = [f"“{each.name}”" for each in others if each.is_hidden]
    said = f"别的工作表{_listed(shown)}没有带来。" if shown else ""
    return said + (f"隐藏的工作表{_listed(hidden)}没有带来，要不要请看一看。" if hidden else "")
