"""Wide tables as several that a phone shows in 五号 or larger, each led by what names its rows."""

import re
from collections.abc import Sequence

from bulletin.domain.notices.content import Table, cell_words
from bulletin.sheets.widths import breakable, ems, unbroken_runs

ROOM_EMS = 29.0  # 320 points in 五号 (10.5), with some air: how wide words run is a guess
WORDS_EMS = 6.0  # of a column of words before it is broken over several lines
INSETS_EMS = 1.0  # on both sides of a cell
AFTER_FIGURES_EMS = 0.8  # more, where words follow right after figures
FIGURES, BESIDE_EMS = 1.05, 0.25
_BESIDE = re.compile(r"[0-9A-Za-z](?=[^\x00-\xff])|[^\x00-\xff](?=[0-9A-Za-z])")


def cut_table(table: Table) -> tuple[Table, ...]:
    """A table as wide as a phone; a wider one as several, each led by what names the rows."""
    widths = [_column_ems(table, place) for place in range(len(table.columns))]
    if sum(widths) <= ROOM_EMS:
        return (table,)
    keys = _leading(table, widths)
    room = ROOM_EMS - sum(widths[:keys])
    groups = _even_groups(widths, range(keys, len(widths)), room)
    return tuple(
        _part(table, (*range(keys), *group), f"（{number}/{len(groups)}）")
        for number, group in enumerate(groups, 1)
    )


def _column_ems(table: Table, place: int) -> float:
    """What a column needs at least: figures and names unbroken, words over some lines, its head over two."""
    kind = table.columns[place].kind
    rows = (*table.rows, *([table.footer] if table.footer else []))
    cells = [breakable(cell_words(kind, row[place])) for row in rows]
    title = breakable(table.columns[place].title)
    widest = max(map(_set_ems, cells), default=0.0)
    runs = (run for cell in (title, *cells) for run in unbroken_runs(cell))
    unbroken = max(map(_set_ems, runs), default=0.0)
    words = min(widest, WORDS_EMS) if kind == "text" else widest
    after_figures = place and table.columns[place - 1].kind in ("money", "number")
    need = min(max(words, unbroken, _head_ems(title)), ROOM_EMS / 2)
    return need + INSETS_EMS + (AFTER_FIGURES_EMS if after_figures else 0)


def _set_ems(words: str) -> float:
    """How wide words are set: figures a little wider than guessed, with air beside Chinese ones."""
    return ems(words) * FIGURES + BESIDE_EMS * len(_BESIDE.findall(words))


def _head_ems(title: str) -> float:
    """A head over two lines, its unit unbroken: 月保障金额（元）."""
    stem, bracket, unit = title.partition("（")
    return max(_set_ems(stem), _set_ems(bracket + unit)) if bracket else _set_ems(title) / 2 + 0.5


def _leading(table: Table, widths: Sequence[float]) -> int:
    """How many columns every part begins with: the name of the row, and the number before it."""
    counted = [row[0] for row in table.rows] == [str(n) for n in range(1, len(table.rows) + 1)]
    has_room = sum(widths[:2]) <= ROOM_EMS / 2
    return 2 if counted and has_room else 1


def _even_groups(widths: Sequence[float], places: range, room: float) -> list[list[int]]:
    """As few groups of neighbours as fit into the room, none much wider than the others."""
    groups = _filled(widths, places, room)
    limit = room
    while limit > 1 and len(even := _filled(widths, places, limit)) == len(groups):
        groups, limit = even, limit - 0.5
    return groups


def _filled(widths: Sequence[float], places: range, limit: float) -> list[list[int]]:
    groups: list[list[int]] = []
    for place in places:
        if groups and sum(widths[p] for p in (*groups[-1], place)) <= limit:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _part(table: Table, places: Sequence[int], which: str) -> Table:
    def only(cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(cells[place] for place in places)

    return Table(
        columns=tuple(table.columns[place] for place in places),
        rows=tuple(only(row) for row in table.rows),
        footer=only(table.footer) if table.footer else None,
        caption=f"{table.caption or '表'}{which}",
    )
