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
    ReportRow,
    ReportTable,
    figures_after,
    label_index,
    plain,
    stand_in_order,
    words_in,
)

_HEADING = re.compile(r"^\s*([一二三四五六])、\s*(.{2,40})$")
_PARTS = "一二三四五六"


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
        title=next((line for line in lines if "报告" in line), ""),
        parts=tuple(_parts(lines)),
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
        for row in _rows(tables):
            for key, names in form.rows.items():
                for name in names:
                    index = label_index(row, name)
                    if index is None:
                        continue
                    where = f"{TableName.PROACTIVE.label} · {name}"
                    keys = [CellKey(TableName.PROACTIVE, key, column) for column in form.columns]
                    own = tuple(cell for cell in row[index:] if cell is not None)
                    if self._take(own, 0, keys, where) and name != names[0]:
                        self.row_words.append((keys[0], name))
                    break

    def read_requests(self, tables: Sequence[ReportTable], form: RequestTable) -> None:
        names = list(form.columns.values())
        for table in tables:
            named = stand_in_order(words_in([table[:4]]), names[1:-1])
            for row in table:
                for each in form.rows:
                    leaf = each.label.split(" ")[-1]
                    index = label_index(row, leaf)
                    if index is None or not (named or self._follows(TableName.REQUESTS)):
                        continue
                    keys = [
                        CellKey(TableName.REQUESTS, each.key, column) for column in form.columns
                    ]
                    self._take(row, index, keys, f"{TableName.REQUESTS.label} · {each.label}")

    def _follows(self, table: TableName) -> bool:
        """Whether some rows of a table are known, so that one without a head may go on with it."""
        return any(key.table is table for key in self.figures)

    def read_reviews(self, tables: Sequence[ReportTable], form: ReviewTable) -> None:
        first = next(iter(form.columns.values()))
        keys = [
            CellKey(TableName.REVIEWS, row, column) for row in form.rows for column in form.columns
        ]
        for table in tables:
            heads = [y for y, row in enumerate(table) if label_index(row, first) is not None]
            for row in table[heads[-1] + 1 :] if heads else ():
                self._take(row, -1, keys, TableName.REVIEWS.label)

    def odd(self) -> Iterator[tuple[str, str]]:
        """Rows that hold something else than numbers. A head that reads like a row is none of them."""
        return ((where, words) for where, words, key in self._odd if key not in self.figures)

    def _take(self, row: ReportRow, index: int, keys: list[CellKey], where: str) -> bool:
        """The figures of a row; whether it has any. What stands twice with other figures is none."""
        try:
            found = figures_after(row, index, len(keys))
        except NoNumberError as fault:
            self._odd.append((where, str(fault), keys[0]))
            return False
        if found is None:
            return False
        for key, figure in zip(keys, found, strict=True):
            if key in self._twice or self.figures.get(key, figure) != figure:
                self._twice.add(key)
                self.figures.pop(key, None)
            else:
                self.figures[key] = figure
        return True


def _rows(tables: Sequence[ReportTable]) -> Iterator[ReportRow]:
    return (row for table in tables for row in table)


def _parts(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The six parts: each with its heading, and the words until the next."""
    heading, words = "", list[str]()
    number = 0
    for line in lines:
        found = _HEADING.match(line)
        if found and number < len(_PARTS) and found[1] == _PARTS[number]:
            if number:
                yield heading, "\n".join(words)
            number += 1
            heading, words = line.strip(), []
        else:
            words.append(line)
    if number:
        yield heading, "\n".join(words)
