"""A catalog file becomes the township's catalog, or a village's own additions and times.

A file is read once, when it arrives: its rows are what a person looks through and confirms.
Nothing changes before that; a confirmed import is kept whole and never rewritten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bulletin.domain.catalog.adaptation import Adaptation
from bulletin.domain.catalog.differences import Arrival
from bulletin.domain.catalog.imports import (
    Comparison,
    ImportTarget,
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
from bulletin.services.catalog.adopt import adopt_in, catalog_to_adopt, earliest_day
from bulletin.services.catalog.in_force import latest_adaptation, township_catalog
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.store.catalogs import (
    CatalogImport,
    ProposedImport,
    latest_import,
)
from bulletin.store.places import Township
from bulletin.store.villages import villages_on

Choices = Mapping[int, RowChoice]  # by the place of the row in the file, from 0


@dataclass(frozen=True)
class CatalogUpload:
    """A catalog file as it was read when it arrived."""

    name: str
    digest: str  # SHA-256 of the file
    file: CatalogFile


def read_upload(data: bytes, name: str) -> CatalogUpload:
    """Read a catalog file.

    Raises:
        Refused: it cannot be read as a catalog; says why.
    """
    return CatalogUpload(name, sha256_hex(data), read_catalog_rows(data, name))


def compare_with_standard(upload: CatalogUpload, standard: Catalog) -> Comparison:
    """What a file would give where nothing was imported yet; for a look without a data folder."""
    return compare(upload.file, ImportTarget(standard))


def compare_import(
    site: Site,
    actor: Actor,
    village_id: int | None,
    upload: CatalogUpload,
    choices: Choices | None = None,
) -> Comparison:
    """What an import for a village (None: the township) would bring. Changes nothing.

    Args:
        choices: what a person decided about rows; None: what was decided at the last import.
    """
    with site.sessions.reading() as session:
        return _compared(session, site, actor, village_id, upload.file, choices)


def import_catalog(
    site: Site,
    actor: Actor,
    village_id: int | None,
    upload: CatalogUpload,
    from_on: date | None,
    now: datetime,
    choices: Choices | None = None,
    *,
    then: Callable[[Session, Comparison], None] = lambda _session, _imported: None,
) -> Comparison:
    """Import a file that a person has looked through, all of it or nothing.

    A village's import is adopted from `from_on` (None: as early as can be). The township's becomes
    what villages adopt from; with `from_on` the township and every village adopt it that day.

    Args:
        choices: as for `compare_import`.
        then: what else belongs into the same transaction.

    Raises:
        Refused: the day or an item; nothing has changed then.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        comparison = _compared(session, site, actor, village_id, upload.file, choices)
        if not comparison.items:
            raise refuse("nothing_taken", "没有选中任何事项，没有可以导入的。")
        ensure_clean(session, actor, comparison)
        _save(session, actor, village_id, upload, comparison, now)
        if village_id is not None:
            own = _own_adaptation(session, site, actor, village_id, comparison)
            day = from_on or earliest_day(session, actor, village_id, now)
            adopt_in(session, site, actor, village_id, now, adaptation=own, from_on=day)
        elif from_on is not None:
            _adopt_by_all(session, site, actor, from_on, now)
        session.execute(delete(ProposedImport).where(ProposedImport.person_id == actor.id))
        then(session, comparison)
        return comparison


def _adopt_by_all(session: Session, site: Site, actor: Actor, from_on: date, now: datetime) -> None:
    """The township and every village, each adapted as before."""
    offered = catalog_to_adopt(session, site, actor.township_id)
    villages = session.scalars(villages_on(actor.township_id, village_day(now)))
    for place in (None, *(village.id for village in villages)):
        adopt_in(
            session,
            site,
            actor,
            place,
            now,
            adaptation=latest_adaptation(session, actor.township_id, place),
            from_on=from_on,
            offered=offered,
        )


def _compared(
    session: Session,
    site: Site,
    actor: Actor,
    village_id: int | None,
    file: CatalogFile,
    choices: Choices | None,
) -> Comparison:
    township_id = actor.township_id
    base = site.catalog
    if village_id is not None:
        village_in(session, actor, village_id)
        base = township_catalog(session, site, township_id)
    last = latest_import(session, township_id, village_id)
    place = ImportTarget(
        base=base,
        before=tuple(read_item(item) for item in last.items) if last else (),
        township_code=session.get_one(Township, township_id).code,
        of_village=village_id is not None,
    )
    if choices is None:
        choices = earlier_choices(file, last.rows) if last else {}
    return compare(file, place, choices)


def ensure_clean(session: Session, actor: Actor, comparison: Comparison) -> None:
    """A catalog is public: it holds nobody's numbers."""
    for imported in comparison.rows:
        if imported.choice.taken:
            item = imported.item
            words = (item.title, item.deadline_text, *item.elements, *item.further.values())
            ensure_text_is_clean(session, actor, "\n".join(words), imported.row.place)


def _save(
    session: Session,
    actor: Actor,
    village_id: int | None,
    upload: CatalogUpload,
    comparison: Comparison,
    now: datetime,
) -> None:
    session.add(
        CatalogImport(
            township_id=actor.township_id,
            village_id=village_id,
            file_name=upload.name,
            digest=upload.digest,
            rows=[imported_json(imported) for imported in comparison.rows],
            items=[item_json(item) for item in comparison.items],
            imported_by=actor.id,
            imported_at=now,
        )
    )
    session.flush()
    record(
        session,
        actor,
        "import_catalog",
        f"catalog {village_id or 'township'}",
        now,
        digest=upload.digest,
        rows=len(comparison.items),
        new=comparison.count(Arrival.NEW),
        changed=comparison.count(Arrival.CHANGED),
        gone=len(comparison.gone),
    )


def _own_adaptation(
    session: Session, site: Site, actor: Actor, village_id: int, comparison: Comparison
) -> Adaptation:
    base = township_catalog(session, site, actor.township_id)
    before = latest_adaptation(session, actor.township_id, village_id)
    return with_import(before, comparison, base)
