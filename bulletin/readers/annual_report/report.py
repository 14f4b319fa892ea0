"""A published report, with its tables recognised in the form that they have."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bulletin.domain.oversight.annual_report.form_rules import Report
from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.domain.oversight.annual_report.words import plain
from bulletin.readers.annual_report.cells import ReportCells
from bulletin.readers.annual_report.material import Material, read_material
from bulletin.readers.annual_report.parts import parts_of
from bulletin.readers.annual_report.rows import ReportTable, words_in

_TITLE = re.compile(r"^.{0,40}\d{4}\s*年.{0,24}报告\s*$")


def read_report(data: bytes, name: str, layouts: Sequence[Layout]) -> Report:
    """Read a report.

    Args:
        layouts: the forms that there were, the one in force last.

    Raises:
        Refused: as `read_material`.
    """
    return report_in(read_material(data, name), layouts)


def report_in(material: Material, layouts: Sequence[Layout]) -> Report:
    """The report that some lines and tables are."""
    tables = [each for each in material if not isinstance(each, str)]
    lines = [each for each in material if isinstance(each, str)]
    layout = _layout_of(tables, layouts)
    parts = tuple(parts_of(lines, layouts))
    title = _title_in(lines)
    if layout is None:
        return Report(parts=parts, figures={}, layout=None, title=title)
    cells = ReportCells(layout, tables)
    return Report(
        parts=parts,
        figures=cells.figures,
        layout=layout,
        title=title,
        row_words=tuple(cells.row_words),
        odd=tuple(cells.odd()),
    )


def _title_in(lines: Sequence[str]) -> str:
    """The title, which may stand in two lines; '' where there is none."""
    for first, second in pairwise([*lines, ""]):
        for words in (first, first + second):
            title = words.replace("\n", "").lstrip("# ").strip()
            if _TITLE.match(title):
                return title
    return ""


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
