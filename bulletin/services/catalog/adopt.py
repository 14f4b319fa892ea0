"""A village adopts the catalog from a day on and adapts it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.adaptation import (
    Adaptation,
    adaptation_json,
    adopt,
)
from bulletin.domain.catalog.adaptation_request import AdaptationRequest, apply_request
from bulletin.domain.catalog.items import Catalog, DisclosureItem, PublisherKind
from bulletin.domain.catalog.serialization import catalog_json
from bulletin.domain.days import ONE_DAY, day_words, village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_administrator, village_in
from bulletin.services.catalog.in_force import (
    digest_of,
    latest_adaptation,
    owed_kinds,
    township_catalog,
)
from bulletin.services.catalog.objection_lines import line_words
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.catalogs import (
    Adoption,
    CatalogVersion,
    latest_adoption,
)


def adopt_catalog(
    site: Site,
    actor: Actor,
    village_id: int | None,
    in_force_from: date,
    adaptation: Adaptation,
    now: datetime,
) -> None:
    """Adopt the township's catalog of today, adapted, from a day on.

    The day may not lie before an adoption that is already in force: what was judged on time or
    late stays as it was judged.
    """
    with site.sessions.writing() as session:
        adopt_in(
            session, site, actor, village_id, now, adaptation=adaptation, from_on=in_force_from
        )


@dataclass(frozen=True)
class CatalogToAdopt:
    """The township's catalog, and the row that keeps it as it is today."""

    catalog: Catalog
    version: CatalogVersion


def catalog_to_adopt(session: Session, site: Site, township_id: int) -> CatalogToAdopt:
    """Read and kept once for all places that adopt it in one act: at three hundred that is most of the time."""
    catalog = township_catalog(session, site, township_id)
    return CatalogToAdopt(catalog, _saved_version(session, catalog, township_id))


def adopt_in(
    session: Session,
    site: Site,
    actor: Actor,
    village_id: int | None,
    now: datetime,
    *,
    adaptation: Adaptation,
    from_on: date,
    offered: CatalogToAdopt | None = None,
) -> None:
    """As `adopt_catalog`, within the transaction of an act that does more.

    Args:
        offered: the township's catalog of today, for who has many places adopt it.
    """
    ensure_administrator(actor)
    township_id = actor.township_id
    if village_id is not None:
        village_in(session, actor, village_id)
    offered = offered or catalog_to_adopt(session, site, township_id)
    adopt(offered.catalog, adaptation)  # refuses an adaptation that does not fit the catalog
    _ensure_not_in_past(session, actor, village_id, from_on, now)
    version = offered.version
    session.add(
        Adoption(
            township_id=township_id,
            village_id=village_id,
            catalog_id=version.id,
            in_force_from=from_on,
            adaptation=adaptation_json(adaptation),
            adopted_by=actor.id,
            adopted_at=now,
        )
    )
    facts = {"version": version.version, "digest": version.digest, "from_on": from_on.isoformat()}
    record(session, actor, "adopt", f"catalog {village_id or 'township'}", now, **facts)


def _ensure_not_in_past(
    session: Session, actor: Actor, village_id: int | None, from_on: date, now: datetime
) -> None:
    earliest = earliest_day(session, actor, village_id, now)
    if from_on < earliest and latest_adoption(session, actor.township_id, village_id):
        raise refuse(
            "adoption_in_past",
            f"这里已经采用过目录，新的目录最早从{day_words(earliest)}起施行，以前的不改。",
        )


def _saved_version(session: Session, catalog: Catalog, township_id: int) -> CatalogVersion:
    digest = digest_of(catalog)
    saved = session.scalar(
        select(CatalogVersion).where(
            CatalogVersion.township_id == township_id, CatalogVersion.digest == digest
        )
    )
    if saved is None:
        saved = CatalogVersion(
            township_id=township_id,
            version=catalog.version,
            digest=digest,
            catalog=catalog_json(catalog),
        )
        session.add(saved)
        session.flush()
    return saved


@dataclass(frozen=True, kw_only=True)
class AdoptionOffer:
    """What a place can adopt, and what it made of it last time."""

    items: tuple[DisclosureItem, ...]  # of the township's catalog of today, as this place owes them
    for_villages: tuple[DisclosureItem, ...]  # to the township: which it may mark obligatory
    latest: Adaptation
    objections: Mapping[str, str]  # by the code of the item, as the catalog has it
    own_objections: Mapping[str, str]  # as this place has it by its latest adoption


def offer(site: Site, actor: Actor, village_id: int | None) -> AdoptionOffer:
    """The township's catalog of today, for a village or (None) for the township itself."""
    with site.sessions.reading() as session:
        catalog = township_catalog(session, site, actor.township_id)
        of_villages = frozenset(PublisherKind) - owed_kinds(None)
        every_village = () if village_id is not None else catalog.items_for(of_villages)
        items = catalog.items_for(owed_kinds(village_id))
        latest = latest_adaptation(session, actor.township_id, village_id)
        changed = {code: change.objection for code, change in latest.changed.items()}
        own = [replace(i, objection=line) for i in items if (line := changed.get(i.code))]
        return AdoptionOffer(
            items=items,
            for_villages=every_village,
            latest=latest,
            objections=_words(site, items),
            own_objections=_words(site, own),
        )


def _words(site: Site, items: Iterable[DisclosureItem]) -> dict[str, str]:
    return {code: line.words for code, line in line_words(site, items).items()}


def adopt_with_changes(
    site: Site,
    actor: Actor,
    village_id: int | None,
    in_force_from: date,
    request: AdaptationRequest,
    now: datetime,
) -> None:
    """Adopt the township's catalog of today with what is asked now and was added before.

    Raises:
        Refused: as `adopt_catalog`, and times that cannot be read.
    """
    with site.sessions.writing() as session:
        catalog = township_catalog(session, site, actor.township_id)
        before = latest_adaptation(session, actor.township_id, village_id)
        usual = _words(site, catalog.items)
        own = {code: text for code, text in request.objections.items() if text != usual.get(code)}
        adaptation = apply_request(before, catalog, replace(request, objections=own))
        adopt_in(
            session, site, actor, village_id, now, adaptation=adaptation, from_on=in_force_from
        )


def adopt_again(site: Site, actor: Actor, village_id: int | None, now: datetime) -> date:
    """复核过了: the township's catalog of today, adapted as before, from the earliest day.

    Returns:
        The day from which it is in force.
    """
    with site.sessions.writing() as session:
        adaptation = latest_adaptation(session, actor.township_id, village_id)
        day = earliest_day(session, actor, village_id, now)
        adopt_in(session, site, actor, village_id, now, adaptation=adaptation, from_on=day)
        return day


def earliest_day(session: Session, actor: Actor, village_id: int | None, now: datetime) -> date:
    """The first day on which another catalog may come into force."""
    latest = latest_adoption(session, actor.township_id, village_id)
    today = village_day(now)
    return max(latest.in_force_from, today) + ONE_DAY if latest else today
