"""What the cells of one row of a catalog say, each under its heading."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bulletin.readers.catalog.cells import is_ticked, tidy
from bulletin.readers.catalog.columns import Column, Heading

_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_PLACES = re.compile(r"[栏网微群屏]|广播|会议|张贴|上墙|公众号")


def name_of(heading: Heading) -> str:
    """The name of a column, without what it says in brackets."""
    return tidy(_ASIDE.sub("", heading.words)) or heading.column


def understood(heading: Heading) -> str:
    """What a column was taken for, as a person reads it: 公开时限（猜测）."""
    words = heading.column.value
    if heading.option:
        words = f"{words}：{heading.option}"
    return f"{words}（猜测）" if heading.guessed else words


def levels(headings: Sequence[Heading], cells: Sequence[str]) -> tuple[str, ...]:
    """The titles of a row from the first level (一级事项) down, each once."""
    titles = [n for n, h in enumerate(headings) if h.column is Column.TITLE]
    titles.sort(key=lambda n: headings[n].depth)
    named = [tidy(cells[n]) for n in titles]
    return tuple(dict.fromkeys(name for name in named if name))


def places_for(said: Mapping[Column, str]) -> str:
    """公开方式 is 主动 or 依申请 to a ministry, and 公开栏 or 微信群 to a village."""
    method = said.get(Column.METHOD, "")
    return method if _PLACES.search(method) else ""


def by_column(headings: Sequence[Heading], cells: Sequence[str]) -> dict[Column, str]:
    """The first cell of each kind; the second of a kind is kept among the further ones."""
    found: dict[Column, str] = {}
    for heading, cell in zip(headings, cells, strict=True):
        if not heading.option:
            found.setdefault(heading.column, cell)
    return found


def chosen(headings: Sequence[Heading], cells: Sequence[str], column: Column) -> str:
    """What a column says, or the options ticked under it."""
    said = []
    for heading, cell in zip(headings, cells, strict=True):
        if heading.column is not column or not cell.strip():
            continue
        if not heading.option:
            said.append(tidy(cell))
        elif is_ticked(cell):
            said.append(heading.option)
        else:
            said.append(f"{heading.option}：{tidy(cell)}")
    return "、".join(said)


def further(headings: Sequence[Heading], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Cells of no known column, and of a second column of one kind, with the words above them."""
    seen: set[Column] = set()
    for heading, cell in zip(headings, cells, strict=True):
        second = heading.column in seen and not heading.option
        is_title = heading.column is Column.TITLE
        seen.add(heading.column)
        if cell.strip() and not is_title and (heading.column is Column.OTHER or second):
            yield heading.words or "（没有列名）", tidy(cell)
