"""Catalogs to look at: the file's, or a village's as it is in force."""

from datetime import date
from pathlib import Path

from bulletin.domain.catalog.differences import Difference, differences
from bulletin.domain.catalog.items import Catalog, DisclosureItem
from bulletin.domain.catalog.row_to_item import draft_item
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.readers.catalog.files import read_catalog_rows
from bulletin.schedules.catalog import load_catalog
from bulletin.services.catalog.adopt import catalog_on, owed_kinds
from bulletin.services.site import House


def read_catalog_file(path: Path) -> Catalog:
    """A catalog file, checked.

    Raises:
        Misconfigured: with file, line, item and remedy.
    """
    return load_catalog(path)


def items_of_file(path: Path, standard: Catalog) -> tuple[DisclosureItem, ...]:
    """The items of any catalog file: ours (YAML), or a county's (XLSX, DOCX, CSV).

    Raises:
        Misconfigured: a YAML file, with line and remedy.
        Refused: an office file that cannot be read as a catalog.
    """
    if path.suffix.lower() in {".yaml", ".yml"}:
        return load_catalog(path).items
    rows = read_catalog_rows(path.read_bytes(), path.name).rows
    return tuple(draft_item(row, standard).item for row in rows)


def compare_files(before: Path, after: Path, standard: Catalog) -> list[Difference]:
    """What is new, changed and gone between two catalog files of any kind."""
    return differences(items_of_file(before, standard), items_of_file(after, standard))


def catalog_of(house: House, actor: Actor, village_id: int | None, day: date) -> Catalog:
    """What a village of the actor's township (None: the township itself) owes on a day."""
    with house.sessions.reading() as session:
        found = catalog_on(session, actor.township_id or 0, village_id, day)
        if found is None:
            raise NotFoundError("no catalog is adopted for that place on that day")
        return found[1].only(owed_kinds(village_id))
