"""The cells of one row of a catalog, each under its heading."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bulletin.readers.catalog.cells import BRACKETS, is_checked, tidy
from bulletin.readers.catalog.columns import CatalogColumn, ColumnHeading

_PLACES = re.compile(r"[栏网微群屏]|广播|会议|张贴|上墙|公众号")


def name_of(heading: ColumnHeading) -> str:
    """The name of a column, without its brackets."""
    return tidy(BRACKETS.sub("", heading.words)) or heading.column


def understood(heading: ColumnHeading) -> str:
    """What a column was taken for, as a person reads it: 公开时限（猜测）."""
    words = heading.column.value
    if heading.option:
        words = f"{words}：{heading.option}"
    return f"{words}（猜测）" if heading.guessed else words


def levels(headings: Sequence[ColumnHeading], cells: Sequence[str]) -> tuple[str, ...]:
    """The titles of a row from the first level (一级事项) down, each once."""
    titles = [n for n, h in enumerate(headings) if h.column is CatalogColumn.TITLE]
    titles.sort(key=lambda n: headings[n].depth)
    named = [tidy(cells[n]) for n in titles]
    return tuple(dict.fromkeys(name for name in named if name))


def places_for(cells: Mapping[CatalogColumn, str]) -> str:
    """公开方式 is 主动 or 依申请 to a ministry, and 公开栏 or 微信群 to a village."""
    method = cells.get(CatalogColumn.METHOD, "")
    return method if _PLACES.search(method) else ""


def by_column(headings: Sequence[ColumnHeading], cells: Sequence[str]) -> dict[CatalogColumn, str]:
    """The first cell of each kind; the second of a kind is kept among the further ones."""
    first: dict[CatalogColumn, str] = {}
    for heading, cell in zip(headings, cells, strict=True):
        if not heading.option:
            first.setdefault(heading.column, cell)
    return first


def chosen(headings: Sequence[ColumnHeading], cells: Sequence[str], column: CatalogColumn) -> str:
    """What a column says, or the options ticked under it."""
    values = []
    for heading, cell in zip(headings, cells, strict=True):
        if heading.column is not column or not cell.strip():
            continue
        if not heading.option:
            values.append(tidy(cell))
        elif is_checked(cell):
            values.append(heading.option)
        else:
            values.append(f"{heading.option}：{tidy(cell)}")
    return "、".join(values)


def further(headings: Sequence[ColumnHeading], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Cells of no known column, and of a second column of one kind, with the words above them."""
    seen: set[CatalogColumn] = set()
    for heading, cell in zip(headings, cells, strict=True):
        second = heading.column in seen and not heading.option
        is_title = heading.column is CatalogColumn.TITLE
        seen.add(heading.column)
        if cell.strip() and not is_title and (heading.column is CatalogColumn.OTHER or second):
            yield heading.words or "（没有列名）", tidy(cell)
