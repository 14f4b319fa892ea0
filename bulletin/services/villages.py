"""村: the villages of the township, their phones and boards, and the catalog each adopted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from bulletin.domain.adaptation import read_adaptation
from bulletin.domain.catalog import Catalog, DisclosureItem
from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.domain.refusals import NotFoundError
from bulletin.services.adopting import adopted, owed_kinds
from bulletin.services.house import House
from bulletin.services.phones import checked_phone, checked_phones
from bulletin.services.recording import record
from bulletin.services.township import ensure_administrator, village_in
from bulletin.store.catalogs import Adoption, adoption_on
from bulletin.store.places import boards_in, villages_on


@dataclass(frozen=True)
class VillageRow:
    id: int
    code: str
    name: str
    phone: str
    office_phones: str
    boards: int
    adopted_from: date | None
    busy_finances: bool


def village_rows(house: House, actor: Actor, now: datetime) -> list[VillageRow]:
    """The villages that exist today, in the order of their codes."""
    today = village_day(now)
    with house.sessions.reading() as session:
        rows = []
        for village in session.scalars(villages_on(actor.township_id or 0, today)):
            adoption = adoption_on(session, village.township_id, village.id, today)
            boards = session.scalars(boards_in(village.township_id, village.id, today)).all()
            rows.append(
                VillageRow(
                    village.id, village.code, village.name, village.phone, village.office_phones,
                    len(boards), adoption.in_force_from if adoption else None,
                    bool(adoption and read_adaptation(adoption.adaptation).busy_finances),
                )
            )  # fmt: skip
        return rows


def change_phones(
    house: House, actor: Actor, village_id: int, phone: str, office_phones: str, now: datetime
) -> None:
    """The 监督电话 that sheets print, and the other phones that the office publishes."""
    ensure_administrator(actor)
    with house.sessions.writing() as session:
        village = village_in(session, actor, village_id)
        village.phone = checked_phone(phone)
        village.office_phones = checked_phones(office_phones)
        record(session, actor, "change_phones", f"village {village.code}", now)


@dataclass(frozen=True)
class AdoptedCatalog:
    """The catalog in force for a village or the township, and those that will follow."""

    catalog: Catalog
    in_force_from: date
    busy_finances: bool
    dropped: tuple[tuple[str, str], ...]  # (title, reason)
    upcoming: tuple[date, ...]

    def items_of(self, group: str) -> tuple[DisclosureItem, ...]:
        return tuple(item for item in self.catalog.items if item.group.value == group)


def adopted_catalog(
    house: House, actor: Actor, village_id: int | None, now: datetime
) -> AdoptedCatalog | None:
    """What a village (None: the township itself) owes today; None before the first adoption."""
    today = village_day(now)
    if not actor.may_see(village_id):
        raise NotFoundError("没有这个村，或者不在您负责的范围内。")
    with house.sessions.reading() as session:
        adoption = adoption_on(session, actor.township_id or 0, village_id, today)
        if adoption is None:
            return None
        adaptation = read_adaptation(adoption.adaptation)
        titles = {item["code"]: item["title"] for item in adoption.catalog.catalog["items"]}
        following = session.scalars(
            select(Adoption.in_force_from)
            .where(Adoption.township_id == adoption.township_id)
            .where(Adoption.village_id.is_not_distinct_from(village_id))
            .where(Adoption.in_force_from > today)
            .order_by(Adoption.in_force_from)
        )
        return AdoptedCatalog(
            adopted(adoption).only(owed_kinds(village_id)),
            adoption.in_force_from,
            adaptation.busy_finances,
            tuple((titles.get(code, code), why) for code, why in adaptation.dropped.items()),
            tuple(following),
        )
