"""村: the villages of the township, by list and by name."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.catalog.adaptation import read_adaptation
from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.site import Site
from bulletin.store.catalogs import adoption_on
from bulletin.store.places import Township, boards_in, village_by_name, villages_on


@dataclass(frozen=True, kw_only=True)
class VillageRow:
    id: int
    code: str
    name: str
    phone: str
    office_phones: str
    disclosure_day: str
    boards: int
    adopted_from: date | None
    busy_finances: bool


def village_rows(site: Site, actor: Actor, now: datetime) -> list[VillageRow]:
    """The villages that exist today, in the order of their codes."""
    today = village_day(now)
    with site.sessions.reading() as session:
        rows = []
        for village in session.scalars(villages_on(actor.township_id, today)):
            adoption = adoption_on(session, village.township_id, village.id, today)
            boards = session.scalars(boards_in(village.township_id, village.id, today)).all()
            rows.append(
                VillageRow(
                    id=village.id,
                    code=village.code,
                    name=village.name,
                    phone=village.phone,
                    office_phones=village.office_phones,
                    disclosure_day=village.disclosure_day,
                    boards=len(boards),
                    adopted_from=adoption.in_force_from if adoption else None,
                    busy_finances=bool(
                        adoption and read_adaptation(adoption.adaptation).busy_finances
                    ),
                )
            )
        return rows


def moves_ends(site: Site, actor: Actor) -> bool:
    """Whether in a person's township what ends on a day off ends on the next work day."""
    with site.sessions.reading() as session:
        return session.get_one(Township, actor.township_id).moves_ends


@dataclass(frozen=True)
class VillageChoice:
    id: int
    name: str


def village_choices(site: Site, actor: Actor, today: date) -> list[VillageChoice]:
    """The villages that a person may see and that exist today, for narrowing a list."""
    with site.sessions.reading() as session:
        return [
            VillageChoice(village.id, village.name)
            for village in session.scalars(villages_on(actor.township_id, today))
            if actor.may_see(village.id)
        ]


def village_id_of(site: Site, actor: Actor, name: str | None) -> int | None:
    """The id of a village by its name or code; None when no village is asked for."""
    if name is None:
        return None
    with site.sessions.reading() as session:
        village = village_by_name(session, actor.township_id, name)
        if village is None:
            raise NotFoundError(f"no village {name!r} in this township")
        return village.id
