"""Wide tables as several that a phone shows in 小四 or nearly so, each led by what names its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.domain.notices.content import Table
from bulletin.sheets.columns import INSET, LARGEST, spacing
from bulletin.sheets.faces import Faces
from bulletin.sheets.fits import TEXT_WIDTHS
from bulletin.sheets.table_plans import column_needs
from bulletin.sheets.tables import table_data

# Em in 小四: what is a trifle wider when it is set, since a column stands on another side without its
# neighbours, is still 五号 or larger.
ROOM = TEXT_WIDTHS["phone"][0] / LARGEST
WORDS, HEAD_LINES = (
    6.0,
    2,
)  # em of a column of words before it is broken; one of the plans of a table
STEP = 0.5  # em


@dataclass(frozen=True)
class _Columns:
    widths: tuple[float, ...]  # em, with insets
    sides: tuple[str, ...]

    def width(self, places: Sequence[int]) -> float:
        """The em of a table of these columns."""
        air = spacing([self.sides[place] for place in places])
        return sum(self.widths[place] for place in places) + sum(air)


def cut_table(table: Table, faces: Faces) -> tuple[Table, ...]:
    """A table as wide as a phone; a wider one as several, each led by what names the rows."""
    columns = _columns(table, faces)
    if columns.width(range(len(table.columns))) <= ROOM:
        return (table,)
    keys = _leading(table, columns)
    groups = _even_groups(columns, keys)
    if len(groups) <= 1:  # two columns are too wide together: they are set smaller
        return (table,)
    return tuple(
        _part(table, (*keys, *group), f"（{number}/{len(groups)}）")
        for number, group in enumerate(groups, 1)
    )


def _columns(table: Table, faces: Faces) -> _Columns:
    data = table_data(table)
    needs = column_needs(data, faces)
    return _Columns(
        widths=tuple(need.least(WORDS, HEAD_LINES) + 2 * INSET for need in needs),
        sides=tuple(column["align"] for column in data["columns"]),
    )


def _leading(table: Table, columns: _Columns) -> range:
    """The columns that every part begins with: the name of the row, and the number before it."""
    counted = [row[0] for row in table.rows] == [str(n) for n in range(1, len(table.rows) + 1)]
    both = range(min(2, len(table.columns)))
    return both if counted and columns.width(both) <= ROOM / 2 else range(1)


def _even_groups(columns: _Columns, keys: range) -> list[list[int]]:
    """As few groups of neighbours as fit beside the keys, none much wider than the others."""
    groups, limit = _filled(columns, keys, ROOM), ROOM
    while limit > 1 and len(even := _filled(columns, keys, limit)) == len(groups):
        groups, limit = even, limit - STEP
    return groups


def _filled(columns: _Columns, keys: range, limit: float) -> list[list[int]]:
    groups: list[list[int]] = []
    for place in range(len(keys), len(columns.widths)):
        if groups and columns.width((*keys, *groups[-1], place)) <= limit:
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
