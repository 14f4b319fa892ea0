"""Catalogs to look at: the file's, or a village's as it is in force."""

from datetime import date
from pathlib import Path

from bulletin.domain.catalog import Catalog
from bulletin.domain.refusals import NotFoundError
from bulletin.schedules.catalog import load_catalog
from bulletin.services.adopting import catalog_on, owed_kinds
from bulletin.services.house import House
from bulletin.store.places import the_township


def read_catalog_file(path: Path) -> Catalog:
    """A catalog file, checked.

    Raises:
        Misconfigured: with file, line, item and remedy.
    """
    return load_catalog(path)


def catalog_of(house: House, village_id: int | None, day: date) -> Catalog:
    """What a village (None: the township itself) owes on a day."""
    with house.sessions.reading() as session:
        township = the_township(session)
        found = catalog_on(session, township.id, village_id, day) if township else None
        if found is None:
            raise NotFoundError("no catalog is adopted for that place on that day")
        return found[1].only(owed_kinds(village_id))
