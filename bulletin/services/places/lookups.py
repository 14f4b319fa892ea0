"""Finding places by what people call them."""

from dataclasses import dataclass
from datetime import date

from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.site import House
from bulletin.store.places import village_by_name, villages_on


@dataclass(frozen=True)
class VillageChoice:
    id: int
    name: str


def village_choices(house: House, actor: Actor, today: date) -> list[VillageChoice]:
    """The villages that a person may see and that exist today, for narrowing a list."""
    with house.sessions.reading() as session:
        return [
            VillageChoice(village.id, village.name)
            for village in session.scalars(villages_on(actor.township_id or 0, today))
            if actor.may_see(village.id)
        ]


def village_id_of(house: House, actor: Actor, name: str | None) -> int | None:
    """The id of a village by its name or code; None when no village is asked for."""
    if name is None:
        return None
    with house.sessions.reading() as session:
        village = village_by_name(session, actor.township_id or 0, name)
        if village is None:
            raise NotFoundError(f"no village {name!r} in this township")
        return village.id
