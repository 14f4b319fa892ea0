"""公开情况: village × item × period as of any day, each cell with its reason."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Channel, DisclosureItem, Group
from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.duties.coverage import Coverage, Evidence, coverage
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_of_county
from bulletin.services.catalog.in_force import adopted
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption
from bulletin.store.coverage_queries import days_before, duty_facts, hung_facts, public_facts
from bulletin.store.places import townships, villages_on


@dataclass(frozen=True)
class CoverageCell:
    """One duty as of the day that was asked for."""

    duty_id: int
    village_id: int | None
    village: str  # 乡镇 for the township's own
    item_code: str
    label: str  # 2026年第三季度
    matter: str
    due_on: date | None
    state: Coverage
    status: DutyStatus  # punctual or not, whatever hangs
    notice: str  # the code; '' while nothing answers it
    reason: str  # why it is not applicable
    declared_by: str  # '' for the clock


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
    def counts(self) -> Counter[Coverage]:
        return Counter(cell.state for cells in self.cells.values() for cell in cells)


@dataclass(frozen=True)
class CoverageTable:
    first_on: date
    last_on: date
    as_of: date
    items: tuple[ItemColumn, ...]
    rows: tuple[CoverageRow, ...]

    @property
    def counts(self) -> Counter[Coverage]:
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

    def items_of(self, group: Group) -> tuple[ItemColumn, ...]:
        return tuple(item for item in self.items if item.group is group)


def coverage_table(
    site: Site, actor: Actor, now: datetime, *, first_on: date, last_on: date,
    as_of: date | None = None, village_id: int | None = None,
) -> CoverageTable:  # fmt: skip
    """What fell due within a span of days, as it stood at the end of a day.

    Args:
        as_of: the day; None for today. What became a fact later does not count.
        village_id: only this village; None for every place that the person may see.
    """
    day = as_of or village_day(now)
    with site.sessions.reading() as session:
        villages = session.scalars(villages_on(actor.township_id, day))
        places: list[tuple[int | None, str]] = [(None, "乡镇"), *((v.id, v.name) for v in villages)]
        seen = [
            place for place in places if actor.may_see(place[0]) and village_id in {None, place[0]}
        ]
        return _table(session, site, actor.township_id, seen, (first_on, last_on), day)


@dataclass(frozen=True)
class TownshipSum:
    township: str
    code: str
    counts: Counter[Coverage]


def coverage_by_township(
    site: Site, actor: Actor, now: datetime, *, first_on: date, last_on: date,
    as_of: date | None = None,
) -> list[TownshipSum]:  # fmt: skip
    """The sums of every township that this site holds, for a county.

    Raises:
        Refused: the person oversees no county.
    """
    ensure_of_county(actor)
    day = as_of or village_day(now)
    found = []
    with site.sessions.reading() as session:
        for township in townships(session):
            villages = session.scalars(villages_on(township.id, day))
            places: list[tuple[int | None, str]] = [(None, ""), *((v.id, v.name) for v in villages)]
            table = _table(session, site, township.id, places, (first_on, last_on), day)
            found.append(TownshipSum(township.name, township.code, table.counts))
    return found


def _table(
    session: Session, site: Site, township_id: int, places: list[tuple[int | None, str]],
    span: tuple[date, date], day: date,
) -> CoverageTable:  # fmt: skip
    names = dict(places)
    facts = [
        fact
        for fact in session.execute(duty_facts(township_id, *span))
        if fact.village_id in names and _exists(fact, day)
    ]
    items = _items(session, {fact.adoption_id for fact in facts})
    public, codes = _public(session, township_id, span)
    hung = _hung(session, township_id, span)
    moved = dict(session.execute(days_before(township_id, start_of(day + ONE_DAY))).all())
    cells: dict[int | None, dict[str, list[CoverageCell]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        due_on = moved.get(fact.id, fact.due_on)
        if due_on is not None and not span[0] <= due_on <= span[1]:
            continue  # on that day it was due at another time
        item = items.get((fact.adoption_id, fact.item_code))
        evidence = Evidence(
            due_on, tuple(public[fact.id]), tuple(hung[fact.id]), _not_applicable_on(fact),
            needs_board=item is None or Channel.BOARD in item.channels,
        )  # fmt: skip
        state, stands = coverage(evidence, day, soon_days=site.soon_days)
        cells[fact.village_id][fact.item_code].append(
            CoverageCell(
                fact.id, fact.village_id, names[fact.village_id], fact.item_code, fact.label,
                fact.matter or "", due_on, state, stands, codes.get(fact.id, ""),
                fact.not_applicable_reason if state is Coverage.NOT_APPLICABLE else "",
                fact.declared_by or "",
            )
        )  # fmt: skip
    rows = tuple(
        CoverageRow(place, name, {code: tuple(found) for code, found in cells[place].items()})
        for place, name in places
        if cells[place]
    )
    return CoverageTable(*span, day, _columns(items.values(), rows), rows)


def _hung(
    session: Session, township_id: int, span: tuple[date, date]
) -> defaultdict[int, list[tuple[date, date | None]]]:
    """When the paper of each duty went up and came down."""
    found: defaultdict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for duty_id, hung_on, down_on in session.execute(hung_facts(township_id, *span)):
        found[duty_id].append((hung_on, down_on))
    return found


def _exists(fact: Any, day: date) -> bool:
    """A day before its matter began knows nothing of a step; a period is known beforehand."""
    of_matter = fact.occasion.startswith("matter:")
    return not of_matter or village_day(fact.opened_at) <= day


def _not_applicable_on(fact: Any) -> date | None:
    if not fact.not_applicable_reason:
        return None
    return village_day(fact.not_applicable_at) if fact.not_applicable_at else date.min


def _items(session: Session, adoption_ids: Iterable[int]) -> dict[tuple[int, str], DisclosureItem]:
    return {
        (adoption_id, item.code): item
        for adoption_id in sorted(adoption_ids)
        for item in adopted(session.get_one(Adoption, adoption_id)).items
    }


def _public(
    session: Session, township_id: int, span: tuple[date, date]
) -> tuple[dict[int, list[tuple[date, date | None]]], dict[int, str]]:
    """(published, taken down) of each notice, and the code of the first, by duty."""
    found: dict[tuple[int, str], tuple[date, date | None]] = {}
    for duty_id, code, publish_at, ended_at in session.execute(public_facts(township_id, *span)):
        first, _ = found.get((duty_id, code), (village_day(publish_at), None))
        # The newest edition comes last: when it was taken down, so was the notice.
        found[duty_id, code] = first, village_day(ended_at) if ended_at else None
    public: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    codes: dict[int, str] = {}
    for (duty_id, code), days in found.items():
        public[duty_id].append(days)
        codes.setdefault(duty_id, code)
    return public, codes


def _columns(
    items: Iterable[DisclosureItem], rows: tuple[CoverageRow, ...]
) -> tuple[ItemColumn, ...]:
    """The items that have a cell, in the order of the catalog's groups."""
    used = {code for row in rows for code in row.cells}
    known = {item.code: ItemColumn(item.code, item.title, item.group) for item in items}
    lost = {code: ItemColumn(code, code, Group(code.split(".")[0])) for code in used - known.keys()}
    order = list(Group)
    found = [column for code, column in (known | lost).items() if code in used]
    return tuple(sorted(found, key=lambda column: order.index(column.group)))
