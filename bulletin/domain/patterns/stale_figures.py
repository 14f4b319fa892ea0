"""旧数: figures of a draft that still stand as the earlier notice had them.

A place is known by its words, never by its number: a cell by the labels of its row and the head of its
column, a figure in a sentence by the words around it. So a row or block put in above changes nothing,
and a figure that was changed and typed again is found again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bulletin.domain.notices.content import Document, Heading, ListBlock, Paragraph, Table
from bulletin.domain.patterns.figures import (
    PlacedFigure,
    cell_figure,
    figure_value,
    figures_in,
    numbering_columns,
)
from bulletin.domain.patterns.pattern import Pattern

_CLAUSE_END = re.compile(r"[。；！？\n，,;、]")
MAX_LOOKED_AT = (
    50  # reworded places that a figure may come from; among more of one figure it is chance
)
_ALIKE = 0.6  # of a clause's characters: it was reworded, and is the same clause
_GAP = "\0"  # where a figure stands
_TITLE = "title"


@dataclass(frozen=True, kw_only=True)
class StaleFigure:
    """One of them. `block`, `row` and `column` count from 0; the row of sums has the number of rows."""

    key: str  # the place and the figure, in words: what a person confirms
    figure: str  # 24,000.00元
    label: str = ""  # what it is the figure of: 合计 收入
    field: str = ""  # title
    block: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class _Spot:
    """A figure of a document, and by what it is known."""

    figure: str
    place: str  # the clause, or row and column
    number: int  # which figure of its place
    is_cell: bool
    field: str = ""
    block: int | None = None
    row: int | None = None
    column: int | None = None

    @property
    def value(self) -> str:
        return figure_value(self.figure)

    @property
    def key(self) -> str:
        return f"{self.place.replace(_GAP, '＿')}：{self.number}：{self.value}"


def stale_figures(
    title: str, document: Document, pattern: Pattern, confirmed: Iterable[str] = ()
) -> tuple[StaleFigure, ...]:
    """The figures that are still the earlier notice's and that nobody confirmed, in reading order.

    Args:
        confirmed: the keys of figures of which somebody said that they are this period's too.
    """
    spots = list(_spots(title, document, pattern))
    old = _Old(_spots(pattern.title, pattern.document, pattern), {spot.place for spot in spots})
    known = set(confirmed)
    found = []
    for spot in spots:
        earlier = old.matching(spot)
        if earlier is not None and earlier.key not in known:
            found.append(_stale(spot, earlier.key))
    return tuple(found)


def _stale(spot: _Spot, key: str) -> StaleFigure:
    return StaleFigure(
        key=key,
        figure=spot.figure,
        label=spot.place.replace(_GAP, "…").replace("\t", " ").strip(),
        field=spot.field,
        block=spot.block,
        row=spot.row,
        column=spot.column,
    )


class _Old:
    """The figures of the earlier notice, found by place, and where that was reworded by value."""

    def __init__(self, spots: Iterable[_Spot], places: set[str]) -> None:
        self._at: dict[tuple[str, int, str], _Spot] = {}
        self._places: set[str] = set()
        self._reworded: dict[tuple[bool, str, str], list[_Spot]] = {}
        for spot in spots:
            self._at.setdefault((spot.place, spot.number, spot.value), spot)
            self._places.add(spot.place)
            if spot.place not in places:
                self._reworded.setdefault((spot.is_cell, spot.field, spot.value), []).append(spot)

    def matching(self, spot: _Spot) -> _Spot | None:
        """The same figure at the same place; None when the earlier notice had none there."""
        if spot.place in self._places:
            return self._at.get((spot.place, spot.number, spot.value))
        reworded = self._reworded.get((spot.is_cell, spot.field, spot.value), [])[:MAX_LOOKED_AT]
        return next((old for old in reworded if _is_same_place(old, spot)), None)


def _is_same_place(old: _Spot, spot: _Spot) -> bool:
    """Whether the words around a figure are those of the earlier notice, a little changed."""
    if not spot.is_cell:
        return _are_alike(old.place, spot.place)
    old_label, _, old_head = old.place.rpartition("\t")
    label, _, head = spot.place.rpartition("\t")
    if old_label == label:
        return old.column == spot.column or _are_alike(old_head, head)
    return old_head == head and _are_alike(old_label.split(" ")[0], label.split(" ")[0])


def _are_alike(old: str, new: str) -> bool:
    if old == new or not old or not new:
        return old == new
    if old in new or new in old:
        return True
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE


def _spots(title: str, document: Document, pattern: Pattern) -> Iterator[_Spot]:
    yield from _in_text(title, pattern, field=_TITLE)
    for at, block in enumerate(document.blocks):
        match block:
            case Heading(text=text) | Paragraph(text=text):
                yield from _in_text(text, pattern, block=at)
            case ListBlock(items=items):
                for row, item in enumerate(items):
                    yield from _in_text(item, pattern, block=at, row=row)
            case Table():
                yield from _in_text(block.caption, pattern, block=at)
                yield from _in_table(block, pattern, at)


def _in_text(
    text: str,
    pattern: Pattern,
    *,
    field: str = "",
    block: int | None = None,
    row: int | None = None,
) -> Iterator[_Spot]:
    figures = list(figures_in(text, pattern.periods, pattern.old_years))
    for clause, within in _clauses(text, figures):
        for number, figure in enumerate(within):
            yield _Spot(figure.words, clause, number, False, field, block, row)  # noqa: FBT003


def _clauses(
    text: str, figures: Sequence[PlacedFigure]
) -> Iterator[tuple[str, list[PlacedFigure]]]:
    """The clauses that hold figures, with a gap in place of each."""
    gapped, done = "", 0
    for figure in figures:
        gapped += text[done : figure.start] + _GAP
        done = figure.end
    waiting = iter(figures)
    for clause in _CLAUSE_END.split(gapped + text[done:]):
        within = [next(waiting) for _ in range(clause.count(_GAP))]
        if within:
            yield re.sub(r"\s", "", clause), within


def _in_table(table: Table, pattern: Pattern, block: int) -> Iterator[_Spot]:
    skipped = numbering_columns(table)
    rows = [*table.rows, *([table.footer] if table.footer else [])]
    for at, row in enumerate(rows):
        figures = [
            "" if place in skipped else _figure(table, place, cell, pattern)
            for place, cell in enumerate(row)
        ]
        label = _label(table, row, skipped, pattern)
        for place, figure in enumerate(figures):
            if figure:
                where = f"{label}\t{_head(table, place)}"
                yield _Spot(figure, where, 0, True, "", block, at, place)  # noqa: FBT003


def _figure(table: Table, place: int, cell: str, pattern: Pattern) -> str:
    return cell_figure(table.columns[place], cell, pattern.periods, pattern.old_years)


def _label(table: Table, row: Sequence[str], skipped: frozenset[int], pattern: Pattern) -> str:
    """What names a row: its words, with a gap for each figure in them."""
    words = (
        _gapped(cell, pattern)
        for place, cell in enumerate(row)
        if table.columns[place].kind == "text" and place not in skipped
    )
    return " ".join(words).strip(f" {_GAP}")


def _gapped(text: str, pattern: Pattern) -> str:
    gapped, done = "", 0
    for figure in figures_in(text, pattern.periods, pattern.old_years):
        gapped += text[done : figure.start] + _GAP
        done = figure.end
    return re.sub(r"\s", "", gapped + text[done:])


def _head(table: Table, place: int) -> str:
    return re.sub(r"[\s（(].*", "", table.columns[place].title)
