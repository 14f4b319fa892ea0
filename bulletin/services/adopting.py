"""A village adopts the catalog from a day on and adapts it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.adaptation import Adaptation, adaptation_json, adopt, read_adaptation
from bulletin.domain.catalog import (
    Catalog,
    DisclosureItem,
    PublisherKind,
    catalog_json,
    read_catalog,
    read_item,
)
from bulletin.domain.catalog_imports import merged
from bulletin.domain.codes import sha256_hex
from bulletin.domain.content import canonical
from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.domain.refusals import NotFoundError, refuse
from bulletin.services.house import House
from bulletin.services.recording import record
from bulletin.services.township import ensure_administrator, village_in
from bulletin.store.catalogs import (
    Adoption,
    CatalogVersion,
    adoption_on,
    latest_adoption,
    latest_import,
)
from bulletin.store.duties import Duty


def adopt_catalog(
    house: House, actor: Actor, village_id: int | None, in_force_from: date,
    adaptation: Adaptation, now: datetime,
) -> None:  # fmt: skip
    """Adopt the township's catalog of today, adapted, from a day on.

    The day may not lie before an adoption that is already in force: what was judged on time or
    late stays as it was judged.
    """
    with house.sessions.writing() as session:
        adopt_in(session, house, actor, village_id, in_force_from, adaptation, now)


def adopt_in(
    session: Session, house: House, actor: Actor, village_id: int | None, in_force_from: date,
    adaptation: Adaptation, now: datetime,
) -> None:  # fmt: skip
    """As `adopt_catalog`, within the transaction of an act that does more."""
    ensure_administrator(actor)
    township_id = actor.township_id or 0
    if village_id is not None:
        village_in(session, actor, village_id)
    catalog = township_catalog(session, house, township_id)
    adopt(catalog, adaptation)  # refuses an adaptation that the catalog does not bear
    latest = latest_adoption(session, township_id, village_id)
    if latest is not None and in_force_from <= max(latest.in_force_from, village_day(now)):
        raise refuse(
            "adoption_in_past", "这个村已经采用过目录，新的目录要从明天或更晚的日子起施行。"
        )
    version = _kept_version(session, catalog, township_id)
    session.add(
        Adoption(
            township_id=township_id, village_id=village_id, catalog_id=version.id,
            in_force_from=in_force_from, adaptation=adaptation_json(adaptation),
            adopted_by=actor.id, adopted_at=now,
        )
    )  # fmt: skip
    record(
        session, actor, "adopt", f"catalog {village_id or 'township'}", now,
        version=version.version, digest=version.digest, from_on=in_force_from.isoformat(),
    )  # fmt: skip


def township_catalog(session: Session, house: House, township_id: int) -> Catalog:
    """What villages adopt from: the standard, with what the township imported."""
    imported = latest_import(session, township_id, None)
    if imported is None:
        return house.catalog
    items = [read_item(item) for item in imported.items]
    return merged(house.catalog, items, f"{house.catalog.version}+{imported.digest[:8]}")


def _kept_version(session: Session, catalog: Catalog, township_id: int) -> CatalogVersion:
    said = catalog_json(catalog)
    digest = sha256_hex(canonical(said))
    kept = session.scalar(
        select(CatalogVersion).where(
            CatalogVersion.township_id == township_id, CatalogVersion.digest == digest
        )
    )
    if kept is None:
        kept = CatalogVersion(
            township_id=township_id, version=catalog.version, digest=digest, catalog=said
        )
        session.add(kept)
        session.flush()
    return kept


def adopted(adoption: Adoption) -> Catalog:
    """The catalog as a village has it: the snapshot with the village's changes."""
    return adopt(read_catalog(adoption.catalog.catalog), read_adaptation(adoption.adaptation))


def owed_item(session: Session, duty: Duty) -> tuple[Adoption, DisclosureItem]:
    """The item of a duty under the catalog that it follows."""
    adoption = session.get_one(Adoption, duty.adoption_id)
    item = adopted(adoption).find(duty.item_code)
    if item is None:
        raise NotFoundError("目录里已经没有这一项。")
    return adoption, item


def owed_kinds(village_id: int | None) -> frozenset[PublisherKind]:
    """A township owes its own items, a village all the others."""
    township = frozenset({PublisherKind.TOWNSHIP})
    return township if village_id is None else frozenset(PublisherKind) - township


def catalog_on(
    session: Session, township_id: int, village_id: int | None, day: date
) -> tuple[Adoption, Catalog] | None:
    """The adoption in force and its catalog; None when nothing is adopted yet."""
    adoption = adoption_on(session, township_id, village_id, day)
    return None if adoption is None else (adoption, adopted(adoption))


def offered_items(house: House, actor: Actor, village_id: int | None) -> tuple[DisclosureItem, ...]:
    """The items of the township's catalog of today that a village (None: the township) owes."""
    with house.sessions.reading() as session:
        catalog = township_catalog(session, house, actor.township_id or 0)
        return catalog.items_for(owed_kinds(village_id))
