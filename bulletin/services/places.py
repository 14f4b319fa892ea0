"""Finding places by what people call them."""

from bulletin.domain.refusals import NotFoundError
from bulletin.services.house import House
from bulletin.store.places import the_township, village_by_name


def village_id_of(house: House, name: str | None) -> int | None:
    """The id of a village by its name or code; None when no village is asked for."""
    if name is None:
        return None
    with house.sessions.reading() as session:
        township = the_township(session)
        village = village_by_name(session, township.id, name) if township else None
        if village is None:
            raise NotFoundError(f"no village {name!r} in this township")
        return village.id
