"""What changed in a table: rows told by what names them, columns by their titles, cells one by one."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from bulletin.domain.notices.changes.alignment import Pair, align
from bulletin.domain.notices.changes.words import (
    ChangeMark,
    Runs,
    changed_words,
    is_changed,
    replaced_words,
    same_words,
)
from bulletin.domain.notices.content import CellKind, Column, Table, cell_words

Cells = tuple[str, ...]

LEAST_DISTINCT = 0.9  # of the cells of a column that names its rows: all but a few are different


@dataclass(frozen=True)
class ColumnChange:
    mark: ChangeMark
    title: Runs
    kind: CellKind
    moved: bool = False


@dataclass(frozen=True)
class RowChange:
    """A row in the columns of `TableChange`; its numbers count from 1, None where it is not."""

    mark: ChangeMark
    cells: tuple[Runs, ...]
    was: int | None = None
    now: int | None = None
    moved: bool = False

    @property
    def is_changed(self) -> bool:
        return self.moved or self.mark is not ChangeMark.SAME

    @property
    def count(self) -> int:
        """How many things changed: its cells one by one, a row that came or went once."""
        inside = (
            sum(map(is_changed, self.cells)) if self.mark is ChangeMark.CHANGED else self.is_changed
        )
        return inside + (self.moved and self.mark is ChangeMark.CHANGED)


@dataclass(frozen=True)
class TableChange:
    caption: Runs
    columns: tuple[ColumnChange, ...]
    rows: tuple[RowChange, ...]  # what went stands where it stood
    footer: RowChange | None

    @property
    def changed_rows(self) -> tuple[RowChange, ...]:
        return tuple(row for row in self.rows if row.is_changed)

    @property
    def count(self) -> int:
        heads = sum(column.moved or column.mark is not ChangeMark.SAME for column in self.columns)
        rows = sum(row.count for row in self.changed_rows)
        foot = self.footer.count if self.footer else 0
        return is_changed(self.caption) + heads + rows + foot

    @property
    def is_changed(self) -> bool:
        return self.count > 0


def table_changes(before: Table, after: Table) -> TableChange:
    """Every column and row of both tables once, in the order of the later one."""
    columns = _columns(before, after)
    rows = _Rows(before, after, columns)
    return TableChange(
        caption=changed_words(before.caption, after.caption),
        columns=tuple(_column_change(before, after, pair) for pair in columns),
        rows=tuple(map(rows.change, rows.pairs())),
        footer=_footer(before, after, rows),
    )


def table_likeness(before: Table, after: Table) -> float:
    """0–1: how many of their columns have one title, and how many of their rows are the same."""
    titles = _share([c.title for c in before.columns], [c.title for c in after.columns])
    return max(titles, _share(before.rows, after.rows))


def _share(before: Sequence[Hashable], after: Sequence[Hashable]) -> float:
    most = max(len(before), len(after))
    return len(set(before) & set(after)) / most if most else 1.0


def _columns(before: Table, after: Table) -> tuple[Pair, ...]:
    """By title and kind, by title, then a column of one kind whose cells are mostly the same."""
    old, new = list(enumerate(before.columns)), list(enumerate(after.columns))

    def alike(one: tuple[int, Column], other: tuple[int, Column]) -> float:
        (was, old_column), (now, new_column) = one, other
        cells = (
            {row[was] for row in before.rows if row[was]},
            {row[now] for row in after.rows if row[now]},
        )
        if not any(cells):
            return float(was == now and old_column.kind == new_column.kind)
        return _share(list(cells[0]), list(cells[1]))

    return align(
        old, new, keys=[lambda each: each[1], lambda each: each[1].title or None], likeness=alike
    )


def _column_change(before: Table, after: Table, pair: Pair) -> ColumnChange:
    if pair.after is None:
        gone = before.columns[pair.before or 0]
        return ColumnChange(ChangeMark.REMOVED, replaced_words(gone.title, ""), gone.kind)
    column = after.columns[pair.after]
    if pair.before is None:
        return ColumnChange(ChangeMark.ADDED, replaced_words("", column.title), column.kind)
    title = changed_words(before.columns[pair.before].title, column.title)
    mark = ChangeMark.CHANGED if is_changed(title) else ChangeMark.SAME
    return ColumnChange(mark, title, column.kind, moved=pair.moved)


class _Rows:
    """The rows of two tables whose columns belong together as these pairs say."""

    def __init__(self, before: Table, after: Table, columns: tuple[Pair, ...]) -> None:
        self._before, self._after, self._columns = before, after, columns
        both = [
            (pair.before, pair.after)
            for pair in columns
            if pair.before is not None and pair.after is not None
        ]
        self._shared = [(old, new) for old, new in both if not self._counts(old, new)]
        self._counters = {(old, new) for old, new in both if self._counts(old, new)}

    def _counts(self, old: int, new: int) -> bool:
        """Whether a column only numbers the rows: 1, 2, 3 … before and after says nothing of them."""
        cells = (
            [row[old] for row in self._before.rows],
            [row[new] for row in self._after.rows],
        )
        return all(each == [str(place + 1) for place in range(len(each))] for each in cells)

    def pairs(self) -> tuple[Pair, ...]:
        old = [tuple(row[was] for was, _ in self._shared) for row in self._before.rows]
        new = [tuple(row[now] for _, now in self._shared) for row in self._after.rows]
        naming = self._naming(old, new)
        all_names: list[Callable[[Cells], Hashable | None]] = (
            [lambda cells: tuple(cells[place] for place in naming)] if naming else []
        )
        each_name = [_cell_at(place) for place in naming]
        return align(old, new, keys=[lambda cells: cells, *all_names, *each_name], likeness=_alike)

    def _naming(self, old: list[Cells], new: list[Cells]) -> list[int]:
        """The columns of words or days that are different in almost every row: names, not figures."""
        kinds = [self._after.columns[now].kind for _, now in self._shared]
        return [
            place
            for place, kind in enumerate(kinds)
            if kind in ("text", "date") and all(_is_distinct(rows, place) for rows in (old, new))
        ]

    def change(self, pair: Pair) -> RowChange:
        old = None if pair.before is None else self._before.rows[pair.before]
        new = None if pair.after is None else self._after.rows[pair.after]
        cells = self.cells(old, new)
        was = None if pair.before is None else pair.before + 1
        now = None if pair.after is None else pair.after + 1
        return RowChange(_mark(old, new, cells), cells, was, now, moved=pair.moved)

    def cells(self, old: Cells | None, new: Cells | None) -> tuple[Runs, ...]:
        """The cells of one row before and after, in the columns of both tables."""
        return tuple(self._cell(column, old, new) for column in self._columns)

    def _cell(self, column: Pair, old: Cells | None, new: Cells | None) -> Runs:
        was = _words(self._before, column.before, old)
        now = _words(self._after, column.after, new)
        if (column.before, column.after) in self._counters and None not in (old, new):
            return same_words(now)
        kind = self._after.columns[column.after].kind if column.after is not None else "text"
        return changed_words(was, now) if kind == "text" else replaced_words(was, now)


def _cell_at(place: int) -> Callable[[Cells], Hashable | None]:
    return lambda cells: cells[place] or None


def _is_distinct(rows: list[Cells], place: int) -> bool:
    cells = [row[place] for row in rows]
    return len(set(cells) - {""}) >= LEAST_DISTINCT * len(cells)


def _alike(before: Cells, after: Cells) -> float:
    """How many of the cells that say something are the same."""
    said = max(len(before) - before.count(""), len(after) - after.count(""))
    same = sum(old == new != "" for old, new in zip(before, after, strict=True))
    return same / said if said else 1.0


def _words(table: Table, column: int | None, row: Cells | None) -> str:
    if column is None or row is None:
        return ""
    return cell_words(table.columns[column].kind, row[column])


def _mark(old: Cells | None, new: Cells | None, cells: tuple[Runs, ...]) -> ChangeMark:
    if old is None or new is None:
        return ChangeMark.ADDED if old is None else ChangeMark.REMOVED
    return ChangeMark.CHANGED if any(map(is_changed, cells)) else ChangeMark.SAME


def _footer(before: Table, after: Table, rows: _Rows) -> RowChange | None:
    if before.footer is None and after.footer is None:
        return None
    cells = rows.cells(before.footer, after.footer)
    return RowChange(_mark(before.footer, after.footer, cells), cells)
