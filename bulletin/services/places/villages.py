"""村: the villages of the township, by list and by name."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.catalog.adaptation import read_adaptation
from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption, adoptions_on
from bulletin.store.places import Township, Village, boards_in
from bulletin.store.villages import names_on, predecessors, village_by_name, villages_on


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
    former_names: tuple[str, ...]
    merged: tuple[str, ...]  # the villages that it took over

    @property
    def names(self) -> str:
        """What it may be sought by."""
        return " ".join((self.name, self.code, *self.former_names, *self.merged))


def village_rows(site: Site, actor: Actor, now: datetime) -> list[VillageRow]:
    """The villages that exist today, in the order of their codes."""
    today = village_day(now)
    with site.sessions.reading() as session:
        adoptions = adoptions_on(session, actor.township_id, today)
        boards = Counter(
            board.village_id for board in session.scalars(boards_in(actor.township_id, None, today))
        )
        merged = predecessors(session, actor.township_id)
        names = {id_: session.get_one(Village, id_).name for id_ in merged}
        return [
            _row(
                village,
                adoptions.get(village.id),
                boards[village.id],
                tuple(names[before] for before, now_ in merged.items() if now_ == village.id),
            )
            for village in session.scalars(villages_on(actor.township_id, today))
        ]


def _row(
    village: Village, adoption: Adoption | None, boards: int, merged: tuple[str, ...]
) -> VillageRow:
    return VillageRow(
        id=village.id,
        code=village.code,
        name=village.name,
        phone=village.phone,
        office_phones=village.office_phones,
        disclosure_day=village.disclosure_day,
        boards=boards,
        adopted_from=adoption.in_force_from if adoption else None,
        busy_finances=bool(adoption and read_adaptation(adoption.adaptation).busy_finances),
        former_names=tuple(each.name for each in village.former_names),
        merged=merged,
    )


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
            VillageChoice(village_id, name)
            for village_id, name in names_on(session, actor.township_id, today).items()
            if actor.may_see(village_id)
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
