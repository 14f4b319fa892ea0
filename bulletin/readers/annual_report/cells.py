"""The cells of a report: which figure stands where, by the words of rows and heads; nothing is guessed."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from bulletin.domain.oversight.annual_report.layout import (
    CellKey,
    Layout,
    ProactiveTable,
    RequestRow,
    RequestTable,
    TableName,
)
from bulletin.domain.oversight.annual_report.words import plain
from bulletin.readers.annual_report.rows import (
    NoNumberError,
    ReportRow,
    ReportTable,
    cells_after,
    cells_in,
    columns_of,
    figures_of,
    is_called,
    label_index,
    stand_in_order,
    words_in,
)


class ReportCells:
    """The figures of a report in a form, as they are found in its tables."""

    def __init__(self, layout: Layout, tables: Sequence[ReportTable]) -> None:
        self._layout, self._tables = layout, tables
        self.figures: dict[CellKey, Decimal | None] = {}
        self.row_words: list[tuple[CellKey, str]] = []
        self._odd: list[tuple[str, str, CellKey]] = []
        self._twice: set[CellKey] = set()
        for form in layout.proactive:
            self._read_proactive(form)
        self._read_requests()
        self._read_reviews()

    def _read_proactive(self, form: ProactiveTable) -> None:
        for table in self._tables:
            head: list[str] = []
            for row in table:
                own = [cell for cell in row if cell is not None]
                if any(is_called(cell, name) for name in form.columns.values() for cell in own):
                    head = own
                for key, names in form.rows.items():
                    self._read_proactive_row(own, head, form, key, names)

    def _read_proactive_row(
        self,
        own: list[str],
        head: list[str],
        form: ProactiveTable,
        key: str,
        names: tuple[str, ...],
    ) -> None:
        """A row of table 二, whose columns the nearest head above names."""
        name = next((name for name in names if own and is_called(own[0], name)), None)
        if name is None:
            return
        places = [
            next((at for at, cell in enumerate(head) if is_called(cell, column)), None)
            for column in form.columns.values()
        ]
        keys = [CellKey(TableName.PROACTIVE, key, column) for column in form.columns]
        where = f"{TableName.PROACTIVE.label} · {name}"
        known = [place for place in places if place is not None]
        fits = len(head) == len(own) and len(known) == len(places)
        cells = [own[place] for place in known] if fits else None
        if self._take(cells, keys, where) and name != names[0]:
            self.row_words.append((keys[0], name))

    def _read_requests(self) -> None:
        form, of_reviews = self._layout.requests, set(self._layout.reviews.columns.values())
        names = list(form.columns.values())
        for table in self._tables:
            last = _last_row_with(table, set(names[1:-2]))
            if last < 0 <= _last_row_with(table, of_reviews - set(names)):
                continue  # table 四, whose heads read like rows
            heads = table[: last + 1]
            columns = columns_of(heads, names) if _has_places(table) else None
            goes_on = not heads and any(key.table is TableName.REQUESTS for key in self.figures)
            in_order = goes_on or stand_in_order(words_in([heads]), names[1:-1])
            for row in table[last + 1 :]:
                for each, index in _labelled(row, form):
                    cells = cells_in(row, index, columns) if columns else None
                    if columns is None and in_order:
                        cells = cells_after(row, index, len(names))
                    keys = [CellKey(TableName.REQUESTS, each.key, name) for name in form.columns]
                    self._take(cells, keys, f"{TableName.REQUESTS.label} · {each.label}")

    def _read_reviews(self) -> None:
        form = self._layout.reviews
        names = list(form.columns.values()) * len(form.rows)
        keys = [
            CellKey(TableName.REVIEWS, row, column) for row in form.rows for column in form.columns
        ]
        for table in self._tables:
            last = _last_row_with(table, set(names))
            heads = table[: last + 1]
            if not stand_in_order(words_in([heads]), list(form.rows.values())):
                continue
            named = {
                x: plain(cell)
                for row in heads
                for x, cell in enumerate(row)
                if cell and plain(cell) in names
            }
            columns = sorted(named)
            in_order = [named[x] for x in columns] == names
            for row in table[last + 1 :]:
                cells = cells_in(row, -1, columns) if in_order else None
                self._take(cells, keys, TableName.REVIEWS.label)

    def odd(self) -> Iterator[tuple[str, str]]:
        """Rows that hold something else than as many numbers as they have columns; none that was read elsewhere."""
        found = ((where, words) for where, words, key in self._odd if key not in self.figures)
        return iter(dict.fromkeys(found))

    def _take(self, cells: Sequence[str] | None, keys: list[CellKey], where: str) -> bool:
        """The figures of a row; whether it has any. What stands twice with other figures is none.

        Args:
            cells: None where they don't fit their head.
        """
        if cells is None:
            self._odd.append((where, "格数与表头对不上", keys[0]))
            return False
        try:
            found = figures_of(cells)
        except NoNumberError as fault:
            self._odd.append((where, str(fault), keys[0]))
            return False
        for key, figure in zip(keys, found, strict=True):
            if key in self._twice or self.figures.get(key, figure) != figure:
                self._twice.add(key)
                self.figures.pop(key, None)
            else:
                self.figures[key] = figure
        return True


def _labelled(row: ReportRow, form: RequestTable) -> Iterator[tuple[RequestRow, int]]:
    """The row of table 三 that a row is called, and where its label stands."""
    for each in form.rows:
        index = label_index(row, each.label.split(" ")[-1])
        if index is not None:
            yield each, index


def _has_places(table: ReportTable) -> bool:
    """Whether its cells stand in columns. Pasted text knows nothing of merged cells, of which table 三 has some."""
    return any(cell is None for row in table for cell in row)


def _last_row_with(table: ReportTable, names: AbstractSet[str]) -> int:
    """The last row in which one of some heads stands; -1 where there is none."""
    rows = [y for y, row in enumerate(table) if names & set(map(plain, filter(None, row)))]
    return rows[-1] if rows else -1
