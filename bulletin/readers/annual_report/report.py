"""A published report, with its tables recognised in the form that they have."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bulletin.domain.oversight.annual_report.form_rules import Report
from bulletin.domain.oversight.annual_report.layout import (
    CellKey,
    Layout,
    ProactiveTable,
    RequestTable,
    ReviewTable,
    TableName,
)
from bulletin.readers.annual_report.material import read_material
from bulletin.readers.annual_report.rows import (
    NoNumberError,
    ReportTable,
    cells_after,
    cells_in,
    columns_of,
    figures_of,
    is_called,
    label_index,
    plain,
    stand_in_order,
    words_in,
)

_HEADING = re.compile(r"^\s*([一二三四五六])\s*[、.．]\s*(.{2,40})$")
_NUMERALS = "一二三四五六"
_PARTS = len(_NUMERALS)
_ENDS = "。.:;"


def read_report(data: bytes, name: str, layouts: Sequence[Layout]) -> Report:
    """Read a report.

    Args:
        layouts: the forms that there were, the one in force last.

    Raises:
        Refused: as `read_material`.
    """
    material = read_material(data, name)
    tables = [each for each in material if not isinstance(each, str)]
    lines = [each for each in material if isinstance(each, str)]
    layout = _layout_of(tables, layouts)
    cells = _Cells()
    if layout is not None:
        for table in layout.proactive:
            cells.read_proactive(tables, table)
        cells.read_requests(tables, layout.requests)
        cells.read_reviews(tables, layout.reviews)
    return Report(
        parts=tuple(_parts(lines, layouts)),
        figures=cells.figures,
        layout=layout,
        row_words=tuple(cells.row_words),
        odd=tuple(cells.odd()),
    )


def _layout_of(tables: Sequence[ReportTable], layouts: Sequence[Layout]) -> Layout | None:
    """The form whose tables these are; of two forms where they are mixed as none was."""
    words = words_in(tables)
    proactive = _best(words, [(each, _proactive_words(each)) for each in layouts])
    requests = _best(words, [(each, _request_words(each)) for each in layouts])
    if proactive is None and requests is None:
        return None
    proactive, requests = proactive or layouts[-1], requests or layouts[-1]
    for layout in layouts:
        if (layout.proactive, layout.requests) == (proactive.proactive, requests.requests):
            return layout
    return replace(requests, name="混合", proactive=proactive.proactive, is_in_force=False)


def _best(words: str, named: list[tuple[Layout, list[str]]]) -> Layout | None:
    """The newest of those of which most words are there; None where none of them is."""
    counted = [
        (sum(label in words for label in labels) / len(labels), layout) for layout, labels in named
    ]
    most = max(share for share, _ in counted)
    return next(layout for share, layout in reversed(counted) if share == most) if most else None


def _proactive_words(layout: Layout) -> list[str]:
    return [words.split("（")[0] for table in layout.proactive for words in table.columns.values()]


def _request_words(layout: Layout) -> list[str]:
    return [plain(row.label.split(" ")[-1]) for row in layout.requests.rows]


class _Cells:
    """The figures of a report, as they are found."""

    def __init__(self) -> None:
        self.figures: dict[CellKey, Decimal | None] = {}
        self.row_words: list[tuple[CellKey, str]] = []
        self._odd: list[tuple[str, str, CellKey]] = []
        self._twice: set[CellKey] = set()

    def read_proactive(self, tables: Sequence[ReportTable], form: ProactiveTable) -> None:
        for table in tables:
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
        if len(head) != len(own) or len(known) != len(places):
            self._unread(where, keys)
        elif self._take([own[place] for place in known], keys, where) and name != names[0]:
            self.row_words.append((keys[0], name))

    def read_requests(self, tables: Sequence[ReportTable], form: RequestTable) -> None:
        names = list(form.columns.values())
        for table in tables:
            head = _last_head(table, names)
            if head < 0 and any(label_index(row, "结果维持") is not None for row in table):
                continue  # table 四, whose heads read like rows
            heads = table[: head + 1]
            found = [
                (y, each, index)
                for y, row in enumerate(table)
                if y > head
                for each in form.rows
                if (index := label_index(row, each.label.split(" ")[-1])) is not None
            ]
            columns = columns_of(heads, names) if _has_places(table) else None
            is_named = stand_in_order(words_in([heads]), names[1:-1])
            for y, each, index in found:
                keys = [CellKey(TableName.REQUESTS, each.key, column) for column in form.columns]
                where = f"{TableName.REQUESTS.label} · {each.label}"
                cells = cells_in(table[y], index, columns) if columns else None
                if columns is None and (is_named or (not heads and self._knows_requests())):
                    cells = cells_after(table[y], index, len(names))
                if cells is None:
                    self._unread(where, keys)
                else:
                    self._take(cells, keys, where)

    def _knows_requests(self) -> bool:
        """Whether some rows are known, so that a table without a head may go on with them."""
        return any(key.table is TableName.REQUESTS for key in self.figures)

    def read_reviews(self, tables: Sequence[ReportTable], form: ReviewTable) -> None:
        names = list(form.columns.values()) * len(form.rows)
        keys = [
            CellKey(TableName.REVIEWS, row, column) for row in form.rows for column in form.columns
        ]
        for table in tables:
            last = max(
                (
                    y
                    for y, row in enumerate(table)
                    if set(map(plain, filter(None, row))) & set(names)
                ),
                default=-1,
            )
            heads = table[: last + 1]
            if last < 0 or not stand_in_order(words_in([heads]), list(form.rows.values())):
                continue
            named = {
                x: plain(cell)
                for row in heads
                for x, cell in enumerate(row)
                if cell and plain(cell) in names
            }
            columns, where = sorted(named), TableName.REVIEWS.label
            in_order = [named[x] for x in columns] == names
            for row in table[last + 1 :]:
                cells = cells_in(row, -1, columns) if in_order else None
                if cells is None:
                    self._unread(where, keys)
                else:
                    self._take(cells, keys, where)

    def odd(self) -> Iterator[tuple[str, str]]:
        """Rows that hold something else than as many numbers as they have columns; none that was read elsewhere."""
        found = ((where, words) for where, words, key in self._odd if key not in self.figures)
        return iter(dict.fromkeys(found))

    def _unread(self, where: str, keys: list[CellKey]) -> None:
        self._odd.append((where, "格数与表头对不上", keys[0]))

    def _take(self, cells: list[str], keys: list[CellKey], where: str) -> bool:
        """The figures of a row; whether it has any. What stands twice with other figures is none."""
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


def _has_places(table: ReportTable) -> bool:
    """Whether its cells stand in columns. Pasted text knows nothing of merged cells, of which table 三 has some."""
    return any(cell is None for row in table for cell in row)


def _last_head(table: ReportTable, names: Sequence[str]) -> int:
    """The last row of the head of table 三, where the kinds of applicants stand; -1 where there is none."""
    rows = [y for y, row in enumerate(table) if label_index(row, names[1]) is not None]
    return rows[-1] if rows else -1


def _parts(lines: Sequence[str], layouts: Sequence[Layout]) -> Iterator[tuple[str, str]]:
    """The six parts, each with its heading and the words until the next; two empty ones where there is none.

    A heading is known by its words, the last time that they stand, since a table of contents comes before; and by its
    number where it has other words.
    """
    places = _places(lines, layouts)
    for number in range(1, _PARTS + 1):
        at = places.get(number)
        if at is None:
            yield "", ""
            continue
        later = [place for other, place in places.items() if other > number]
        yield lines[at].strip(), "\n".join(lines[at + 1 : min(later, default=len(lines))])


def _places(lines: Sequence[str], layouts: Sequence[Layout]) -> dict[int, int]:
    places: dict[int, int] = {}
    for number in range(1, _PARTS + 1):
        titles = {plain(layout.parts[number - 1]) for layout in layouts}
        named = [at for at, line in enumerate(lines) if plain(line).rstrip(_ENDS) in titles]
        if named and named[-1] > max(places.values(), default=-1):
            places[number] = named[-1]
    for number in range(1, _PARTS + 1):
        if number not in places:
            first = max((at for n, at in places.items() if n < number), default=-1)
            last = min((at for n, at in places.items() if n > number), default=len(lines))
            found = (at for at in range(first + 1, last) if _is_numbered(lines[at], number))
            if (at := next(found, None)) is not None:
                places[number] = at
    return places


def _is_numbered(line: str, number: int) -> bool:
    found = _HEADING.match(line)
    return found is not None and found[1] == _NUMERALS[number - 1]
