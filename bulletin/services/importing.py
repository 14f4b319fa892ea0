"""A catalog file becomes the township's catalog, or a village's own additions and times.

Nothing changes before a person confirms; a confirmed import is kept whole and never rewritten.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.adaptation import Adaptation, read_adaptation
from bulletin.domain.catalog import Catalog, DisclosureItem, item_json, read_item
from bulletin.domain.catalog_imports import Arrival, Comparison, compare, with_import
from bulletin.domain.catalog_rows import CatalogFile, row_json
from bulletin.domain.codes import sha256_hex
from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.people import Actor
from bulletin.intake.catalog_files import read_catalog_rows
from bulletin.services.adopting import adopt_in, township_catalog
from bulletin.services.house import House
from bulletin.services.recording import record
from bulletin.services.screening import ensure_text_is_clean
from bulletin.services.township import ensure_administrator, village_in
from bulletin.store.catalogs import CatalogImport, latest_adoption, latest_import
from bulletin.store.places import Township, villages_on


def compare_with_standard(data: bytes, name: str, standard: Catalog) -> Comparison:
    """What a file would give where nothing was imported yet; for a look without a data folder.

    Raises:
        Refused: the file cannot be read as a catalog; says why.
    """
    return compare(read_catalog_rows(data, name), standard, ())


def compare_import(
    house: House, actor: Actor, village_id: int | None, data: bytes, name: str
) -> Comparison:
    """What an import for a village (None: the township) would bring. Changes nothing.

    Raises:
        Refused: the file cannot be read as a catalog; says why.
    """
    file = read_catalog_rows(data, name)
    with house.sessions.reading() as session:
        return _compared(session, house, actor, village_id, file)


def import_catalog(
    house: House, actor: Actor, village_id: int | None, data: bytes, name: str,
    from_on: date | None, now: datetime,
) -> Comparison:  # fmt: skip
    """Import a file that a person has looked through, all of it or nothing.

    A village's import is adopted from `from_on` (None: as early as can be). The township's becomes
    what villages adopt from; with `from_on` the township and every village adopt it that day.

    Raises:
        Refused: the file, the day or an item; nothing has changed then.
    """
    ensure_administrator(actor)
    file = read_catalog_rows(data, name)
    today = village_day(now)
    with house.sessions.writing() as session:
        if village_id is not None:
            village_in(session, actor, village_id)
        found = _compared(session, house, actor, village_id, file)
        for imported in found.rows:
            _ensure_clean(session, actor, imported.row.place, imported.item)
        session.add(
            CatalogImport(
                township_id=actor.township_id, village_id=village_id, file_name=name,
                digest=sha256_hex(data), rows=[row_json(row) for row in file.rows],
                items=[item_json(item) for item in found.items],
                imported_by=actor.id, imported_at=now,
            )
        )  # fmt: skip
        session.flush()
        record(
            session, actor, "import_catalog", f"catalog {village_id or 'township'}", now,
            digest=sha256_hex(data), rows=len(found.rows), new=found.count(Arrival.NEW),
            changed=found.count(Arrival.CHANGED), gone=len(found.gone),
        )  # fmt: skip
        if village_id is not None:
            _adopt_own(session, house, actor, village_id, found, from_on, now)
        elif from_on is not None:
            villages = session.scalars(villages_on(actor.township_id or 0, today))
            for place in (None, *(village.id for village in villages)):
                adaptation = _adaptation(session, actor, place)
                adopt_in(session, house, actor, place, from_on, adaptation, now)
        return found


def _compared(
    session: Session, house: House, actor: Actor, village_id: int | None, file: CatalogFile
) -> Comparison:
    township_id = actor.township_id or 0
    base = house.catalog
    if village_id is not None:
        base = township_catalog(session, house, township_id)
    last = latest_import(session, township_id, village_id)
    before = [read_item(item) for item in last.items] if last else []
    return compare(file, base, before, session.get_one(Township, township_id).code)


def _ensure_clean(session: Session, actor: Actor, place: str, item: DisclosureItem) -> None:
    """A catalog is public: nobody's number stands in it."""
    words = "\n".join((item.title, item.deadline_text, *item.elements, *item.further.values()))
    ensure_text_is_clean(session, actor, words, place)


def _adaptation(session: Session, actor: Actor, village_id: int | None) -> Adaptation:
    latest = latest_adoption(session, actor.township_id or 0, village_id)
    return read_adaptation(latest.adaptation) if latest else Adaptation()


def _adopt_own(
    session: Session, house: House, actor: Actor, village_id: int, found: Comparison,
    from_on: date | None, now: datetime,
) -> None:  # fmt: skip
    base = township_catalog(session, house, actor.township_id or 0)
    adaptation = with_import(_adaptation(session, actor, village_id), found, base)
    latest = latest_adoption(session, actor.township_id or 0, village_id)
    earliest = village_day(now)
    if latest is not None:
        earliest = max(latest.in_force_from, earliest) + ONE_DAY
    adopt_in(session, house, actor, village_id, from_on or earliest, adaptation, now)
