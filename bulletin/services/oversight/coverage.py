"""公开情况: village × item × period as of any day, each cell with its reason."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog, Group
from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.people import Actor
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.lists.cells import CoverageCell, cells_by_place
from bulletin.services.duties.lists.places import Rows, rows_seen
from bulletin.services.site import Site


@dataclass(frozen=True)
class ItemColumn:
    code: str
    title: str
    group: Group


@dataclass(frozen=True)
class CoverageRow:
    """One village (or the township) with all its cells."""

    village_id: int | None
    village: str
    cells: dict[str, tuple[CoverageCell, ...]]  # by the code of the item

    @property
    def counts(self) -> Counter[CoverageState]:
        return Counter(cell.state for cells in self.cells.values() for cell in cells)


@dataclass(frozen=True, kw_only=True)
class CoverageTable:
    first_on: date
    last_on: date
    as_of: date
    items: tuple[ItemColumn, ...]
    rows: tuple[CoverageRow, ...]

    @property
    def counts(self) -> Counter[CoverageState]:
        return sum((row.counts for row in self.rows), Counter())

    @property
    def cells(self) -> list[CoverageCell]:
        """Every cell: village by village, item by item, by due day."""
        return [
            cell
            for row in self.rows
            for item in self.items
            for cell in row.cells.get(item.code, ())
        ]

    @property
    def cells_by_village(self) -> dict[int | None, dict[str, tuple[CoverageCell, ...]]]:
        """The cells of each row, by the code of the item."""
        return {row.village_id: row.cells for row in self.rows}

    @property
    def dated(self) -> frozenset[str]:
        """The codes of the items of which something does not wait for an event."""
        waiting = CoverageState.WAITING
        return frozenset(cell.item_code for cell in self.cells if cell.state is not waiting)

    def waiting_at(self, item_code: str) -> list[str]:
        """The villages where an item waits for its event."""
        return [
            row.village
            for row in self.rows
            if any(c.state is CoverageState.WAITING for c in row.cells.get(item_code, ()))
        ]

    def only(self, states: Collection[CoverageState], item_code: str = "") -> "CoverageTable":
        """The same table with what stands in one of some ways, and of one item ('': of all)."""
        rows = []
        for row in self.rows:
            kept = {
                code: tuple(cell for cell in cells if cell.state in states)
                for code, cells in row.cells.items()
                if item_code in {"", code}
            }
            if any(kept.values()):
                rows.append(replace(row, cells={code: some for code, some in kept.items() if some}))
        used = {code for row in rows for code in row.cells}
        items = tuple(item for item in self.items if item.code in used)
        return replace(self, items=items, rows=tuple(rows))

    def items_of(self, group: Group) -> tuple[ItemColumn, ...]:
        return tuple(item for item in self.items if item.group is group)


def coverage_table(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    first_on: date,
    last_on: date,
    as_of: date | None = None,
    village_id: int | None = None,
    places: Collection[int | None] | None = None,
) -> CoverageTable:
    """What fell due within a span of days, as it stood at the end of a day.

    Args:
        as_of: the day; None for today. What became a fact later does not count.
        village_id: only this village; None for every place that the person may see.
        places: only these of them.
    """
    day = as_of or village_day(now)
    with site.sessions.reading() as session:
        shown = rows_seen(session, actor, day, village_id).only(places)
        return _table(session, site, actor.township_id, shown, (first_on, last_on), day, now)


def _table(
    session: Session,
    site: Site,
    township_id: int,
    shown: Rows,
    span: tuple[date, date],
    day: date,
    now: datetime,
) -> CoverageTable:
    cells = cells_by_place(session, site, township_id, shown, span, day, now)
    rows = tuple(
        CoverageRow(place_id, name, _by_item(cells[place_id]))
        for place_id, name in shown.names.items()
        if place_id in cells
    )
    adoptions = {cell.adoption_id for of_place in cells.values() for cell in of_place}
    return CoverageTable(
        first_on=span[0],
        last_on=span[1],
        as_of=day,
        items=_columns(catalogs_of(session, adoptions).values(), rows),
        rows=rows,
    )


def _by_item(cells: Iterable[CoverageCell]) -> dict[str, tuple[CoverageCell, ...]]:
    by_item: dict[str, list[CoverageCell]] = defaultdict(list)
    for cell in cells:
        by_item[cell.item_code].append(cell)
    return {code: tuple(each) for code, each in by_item.items()}


def _columns(catalogs: Iterable[Catalog], rows: tuple[CoverageRow, ...]) -> tuple[ItemColumn, ...]:
    """The items that have a cell, in the order of the catalog's groups."""
    used = {code for row in rows for code in row.cells}
    shared = {id(catalog): catalog for catalog in catalogs}  # villages share few
    items = (item for catalog in shared.values() for item in catalog.items)
    known = {item.code: ItemColumn(item.code, item.title, item.group) for item in items}
    lost = {code: ItemColumn(code, code, Group(code.split(".")[0])) for code in used - known.keys()}
    order = list(Group)
    columns = [column for code, column in (known | lost).items() if code in used]
    return tuple(sorted(columns, key=lambda column: order.index(column.group)))
