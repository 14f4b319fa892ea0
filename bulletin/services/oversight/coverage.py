"""公开情况: village × item × period as of any day, each cell with its reason."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog, Group
from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState, Standing, standing_of
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.people import Actor
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.evidence import evidence_books
from bulletin.services.site import Site
from bulletin.store.coverage_queries import duty_facts, in_span, known_by, owed_at
from bulletin.store.places import Village
from bulletin.store.villages import merged_by, villages_on


@dataclass(frozen=True, kw_only=True)
class CoverageCell:
    """One duty as of the day that was asked for."""

    duty_id: int
    village_id: int | None
    village: str  # 乡镇 for the township's own
    item_code: str
    label: str  # 2026年第三季度
    matter: str
    due_on: date | None
    state: CoverageState
    status: DutyStatus  # punctual or not
    web_on: date | None  # since when it can be read online without a gap
    wall_on: date | None  # since when it hangs, or hung, on a board
    remark: str  # the day or the number behind the state: 2026年11月20日上墙
    notice: str  # the code; '' while nothing answers it
    reason: str  # why it is not applicable, or was taken down
    declared_by: str  # who said that it is not applicable; '' for the clock


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
        rows = rows_on(session, actor.township_id, day)
        names = {
            place_id: name
            for place_id, name in rows.names.items()
            if actor.may_see(place_id)
            and village_id in {None, place_id}
            and (places is None or place_id in places)
        }
        span = first_on, last_on
        return _table(session, site, actor.township_id, replace(rows, names=names), span, day, now)


@dataclass(frozen=True)
class Rows:
    """The rows of the matrix on a day: the township and the villages of then."""

    names: Mapping[int | None, str]  # 乡镇 for the township (None)
    row_of: Mapping[int | None, int | None]  # by village: itself, or the one that took over by then

    @property
    def villages(self) -> list[int | None]:
        """Every village whose duties stand in one of the rows."""
        return [village for village, row in self.row_of.items() if row in self.names]

    def row_of_duty(self, village_id: int | None, from_village_id: int | None) -> int | None:
        """In whose row a duty stands: whose it was first, or of who had taken over by then."""
        return self.row_of.get(from_village_id or village_id, village_id)


def rows_on(session: Session, township_id: int, day: date) -> Rows:
    """The township and the villages that exist on a day."""
    names: dict[int | None, str] = {None: "乡镇"}
    villages = session.scalars(villages_on(township_id, day)).all()
    names |= {village.id: village.name_on(day) for village in villages}
    row_of: dict[int | None, int | None] = {place: place for place in names}
    for village in session.scalars(merged_by(township_id, day)):
        heir: Village | None = village
        while heir is not None and heir.id not in names:
            heir = heir.successor
        if heir is not None:
            row_of[village.id] = heir.id
    return Rows(names, row_of)


def _table(
    session: Session,
    site: Site,
    township_id: int,
    shown: Rows,
    span: tuple[date, date],
    day: date,
    now: datetime,
) -> CoverageTable:
    names = shown.names
    which = and_(in_span(township_id, *span), owed_at(township_id, shown.villages), known_by(day))
    duties = session.execute(duty_facts(which)).all()
    books = evidence_books(session, site, [duty.id for duty in duties], day, now)
    catalogs = catalogs_of(session, {duty.adoption_id for duty in duties})
    cells: dict[int | None, dict[str, list[CoverageCell]]] = defaultdict(lambda: defaultdict(list))
    for duty in duties:
        book = books[duty.id]
        due_on = book.due_on(duty)
        row = shown.row_of_duty(duty.village_id, duty.from_village_id)
        if row not in names:
            continue  # on that day it was another village's
        if due_on is not None and not span[0] <= due_on <= span[1]:
            continue  # on that day it was due at another time
        evidence = book.of(duty, catalogs[duty.adoption_id].find(duty.item_code))
        standing = standing_of(evidence, day, soon_days=site.soon_days)
        cell = _cell(duty, names[row], due_on, standing, book.codes.get(duty.id, ""))
        cells[row][duty.item_code].append(cell)
    rows = tuple(
        CoverageRow(place_id, name, {code: tuple(each) for code, each in cells[place_id].items()})
        for place_id, name in names.items()
        if cells[place_id]
    )
    return CoverageTable(
        first_on=span[0],
        last_on=span[1],
        as_of=day,
        items=_columns(catalogs.values(), rows),
        rows=rows,
    )


def _cell(
    duty: Any, village: str, due_on: date | None, standing: Standing, notice: str
) -> CoverageCell:
    return CoverageCell(
        duty_id=duty.id,
        village_id=duty.village_id,
        village=village,
        item_code=duty.item_code,
        label=duty.label,
        matter=duty.matter or "",
        due_on=due_on,
        state=standing.state,
        status=standing.status,
        web_on=standing.web_on,
        wall_on=standing.wall_on,
        remark=standing.remark,
        notice=notice,
        reason=standing.reason,
        declared_by=standing.declared_by,
    )


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
