"""A catalog file becomes the township's catalog, or a village's own additions and times.

Nothing changes before a person confirms; a confirmed import is kept whole and never rewritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bulletin.domain.catalog.differences import Arrival
from bulletin.domain.catalog.imports import (
    Comparison,
    Place,
    compare,
    earlier_choices,
    imported_json,
    with_import,
)
from bulletin.domain.catalog.items import Catalog
from bulletin.domain.catalog.rows import CatalogFile, RowChoice
from bulletin.domain.catalog.serialization import item_json, read_item
from bulletin.domain.days import village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.readers.catalog.files import read_catalog_rows
from bulletin.services.access import ensure_administrator, village_in
from bulletin.services.catalog.adopt import adopt_in, earliest_day
from bulletin.services.catalog.in_force import latest_adaptation, township_catalog
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.store.catalogs import (
    CatalogImport,
    ProposedImport,
    latest_import,
)
from bulletin.store.places import Township, villages_on

Choices = Mapping[int, RowChoice]  # by the place of the row in the file, from 0
PROPOSALS_STAND = timedelta(days=1)


def compare_with_standard(data: bytes, name: str, standard: Catalog) -> Comparison:
    """What a file would give where nothing was imported yet; for a look without a data folder.

    Raises:
        Refused: the file cannot be read as a catalog; says why.
    """
    return compare(read_catalog_rows(data, name), Place(standard))


def compare_import(
    site: Site, actor: Actor, village_id: int | None, data: bytes, name: str,
    choices: Choices | None = None,
) -> Comparison:  # fmt: skip
    """What an import for a village (None: the township) would bring. Changes nothing.

    Args:
        choices: what a person decided about rows; None: what was decided at the last import.

    Raises:
        Refused: the file cannot be read as a catalog; says why.
    """
    file = read_catalog_rows(data, name)
    with site.sessions.reading() as session:
        return _compared(session, site, actor, village_id, file, choices)


def import_catalog(
    site: Site, actor: Actor, village_id: int | None, data: bytes, name: str,
    from_on: date | None, now: datetime, choices: Choices | None = None,
) -> Comparison:  # fmt: skip
    """Import a file that a person has looked through, all of it or nothing.

    A village's import is adopted from `from_on` (None: as early as can be). The township's becomes
    what villages adopt from; with `from_on` the township and every village adopt it that day.

    Args:
        choices: as for `compare_import`.

    Raises:
        Refused: the file, the day or an item; nothing has changed then.
    """
    ensure_administrator(actor)
    file = read_catalog_rows(data, name)
    with site.sessions.writing() as session:
        if village_id is not None:
            village_in(session, actor, village_id)
        found = _compared(session, site, actor, village_id, file, choices)
        if not found.items:
            raise refuse("nothing_taken", "没有选中任何事项，没有可以导入的。")
        _ensure_clean(session, actor, found)
        _keep(session, actor, village_id, found, name, sha256_hex(data), now)
        if village_id is not None:
            _adopt_own(session, site, actor, village_id, found, from_on, now)
        elif from_on is not None:
            villages = session.scalars(villages_on(actor.township_id, village_day(now)))
            for place in (None, *(village.id for village in villages)):
                adaptation = latest_adaptation(session, actor.township_id, place)
                adopt_in(session, site, actor, place, from_on, adaptation, now)
        session.execute(delete(ProposedImport).where(ProposedImport.person_id == actor.id))
        return found


def _compared(
    session: Session, site: Site, actor: Actor, village_id: int | None, file: CatalogFile,
    choices: Choices | None,
) -> Comparison:  # fmt: skip
    township_id = actor.township_id
    base = site.catalog
    if village_id is not None:
        base = township_catalog(session, site, township_id)
    last = latest_import(session, township_id, village_id)
    place = Place(
        base,
        tuple(read_item(item) for item in last.items) if last else (),
        session.get_one(Township, township_id).code,
        of_village=village_id is not None,
    )
    if choices is None:
        choices = earlier_choices(file, last.rows) if last else {}
    return compare(file, place, choices)


def _ensure_clean(session: Session, actor: Actor, found: Comparison) -> None:
    """A catalog is public: nobody's number stands in it."""
    for imported in found.rows:
        if imported.choice.taken:
            item = imported.item
            words = (item.title, item.deadline_text, *item.elements, *item.further.values())
            ensure_text_is_clean(session, actor, "\n".join(words), imported.row.place)


def _keep(
    session: Session, actor: Actor, village_id: int | None, found: Comparison, name: str,
    digest: str, now: datetime,
) -> None:  # fmt: skip
    session.add(
        CatalogImport(
            township_id=actor.township_id, village_id=village_id, file_name=name, digest=digest,
            rows=[imported_json(imported) for imported in found.rows],
            items=[item_json(item) for item in found.items],
            imported_by=actor.id, imported_at=now,
        )
    )  # fmt: skip
    session.flush()
    record(
        session, actor, "import_catalog", f"catalog {village_id or 'township'}", now,
        digest=digest, rows=len(found.items), new=found.count(Arrival.NEW),
        changed=found.count(Arrival.CHANGED), gone=len(found.gone),
    )  # fmt: skip


def _adopt_own(
    session: Session, site: Site, actor: Actor, village_id: int, found: Comparison,
    from_on: date | None, now: datetime,
) -> None:  # fmt: skip
    base = township_catalog(session, site, actor.township_id)
    before = latest_adaptation(session, actor.township_id, village_id)
    adaptation = with_import(before, found, base)
    day = from_on or earliest_day(session, actor, village_id, now)
    adopt_in(session, site, actor, village_id, day, adaptation, now)


@dataclass(frozen=True)
class Proposal:
    """A file that waits for its person's yes."""

    village_id: int | None
    name: str
    data: bytes


def propose(
    site: Site, actor: Actor, village_id: int | None, data: bytes, name: str, now: datetime
) -> None:
    """Keep a file while its person looks through it; one at a time, for a day.

    Raises:
        Refused: the file cannot be read as a catalog, or names somebody's numbers.
    """
    ensure_administrator(actor)
    found = compare_import(site, actor, village_id, data, name)
    with site.sessions.writing() as session:
        _ensure_clean(session, actor, found)
        session.execute(
            delete(ProposedImport).where(
                (ProposedImport.person_id == actor.id)
                | (ProposedImport.proposed_at < now - PROPOSALS_STAND)
            )
        )
        session.add(
            ProposedImport(
                person_id=actor.id, township_id=actor.township_id, village_id=village_id,
                file_name=name, data=data, proposed_at=now,
            )
        )  # fmt: skip


def proposal(site: Site, actor: Actor) -> Proposal | None:
    """The file that a person is looking through; None when there is none."""
    with site.sessions.reading() as session:
        kept = session.get(ProposedImport, actor.id)
        return Proposal(kept.village_id, kept.file_name, kept.data) if kept else None


def withdraw_proposal(site: Site, actor: Actor) -> None:
    """不导入了: the file is forgotten, and nothing else has changed."""
    with site.sessions.writing() as session:
        session.execute(delete(ProposedImport).where(ProposedImport.person_id == actor.id))
