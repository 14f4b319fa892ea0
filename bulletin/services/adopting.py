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
)
from bulletin.domain.codes import sha256_hex
from bulletin.domain.content import canonical
from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.domain.refusals import refuse
from bulletin.services.house import House
from bulletin.services.recording import record
from bulletin.services.township import ensure_administrator, village_in
from bulletin.store.catalogs import Adoption, CatalogVersion, adoption_on


def adopt_catalog(
    house: House, actor: Actor, village_id: int | None, in_force_from: date,
    adaptation: Adaptation, now: datetime,
) -> None:  # fmt: skip
    """Adopt today's standard catalog, adapted, from a day on.

    The day may not lie before an adoption that is already in force: what was judged on time or
    late stays as it was judged.
    """
    ensure_administrator(actor)
    township_id = actor.township_id or 0
    with house.sessions.writing() as session:
        if village_id is not None:
            village_in(session, actor, village_id)
        adopt(house.catalog, adaptation)  # refuses an adaptation that the catalog does not bear
        latest = session.scalar(
            select(Adoption)
            .where(Adoption.township_id == township_id)
            .where(Adoption.village_id.is_not_distinct_from(village_id))
            .order_by(Adoption.in_force_from.desc())
            .limit(1)
        )
        if latest is not None and in_force_from <= max(latest.in_force_from, village_day(now)):
            raise refuse(
                "adoption_in_past",
                "这个村已经采用过目录，新的目录要从明天或更晚的日子起施行。",
            )
        version = _kept_version(session, house.catalog, township_id)
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


def standard_items(house: House, village_id: int | None) -> tuple[DisclosureItem, ...]:
    """The items of today's standard catalog that a village (None: the township) owes."""
    return house.catalog.items_for(owed_kinds(village_id))
