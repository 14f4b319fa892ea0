"""The yearly look at an adopted catalog: which places are due, and what they follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.adaptation import read_adaptation
from bulletin.domain.catalog.items import Catalog, DisclosureItem
from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.access import NO_VILLAGE_OF_YOURS
from bulletin.services.catalog.in_force import adopted, digest_of, owed_kinds, township_catalog
from bulletin.services.catalog.objection_lines import LineWords, line_words
from bulletin.services.site import Site
from bulletin.store.catalogs import (
    Adoption,
    adoption_moments,
    adoption_on,
    latest_adoption,
)
from bulletin.store.villages import villages_on

REVIEWED_EVERY = timedelta(days=365)


@dataclass(frozen=True)
class UnreviewedCatalog:
    """A place whose catalog nobody looked at for a year."""

    village_id: int | None
    place: str
    since_on: date


def unreviewed_catalogs(site: Site, actor: Actor, now: datetime) -> list[UnreviewedCatalog]:
    """The township and its villages whose yearly look at the catalog is due, the longest due first."""
    today = village_day(now)
    with site.sessions.reading() as session:
        villages = session.scalars(villages_on(actor.township_id, today))
        places: list[tuple[int | None, str]] = [(None, "乡镇"), *((v.id, v.name) for v in villages)]
        looked_at = _looked_at(session, actor.township_id)
    unreviewed = [
        UnreviewedCatalog(place, name, village_day(at))
        for place, name in places
        if (at := looked_at.get(place)) is not None and is_review_due(at, now)
    ]
    return sorted(unreviewed, key=lambda catalog: catalog.since_on)


def _looked_at(session: Session, township_id: int) -> dict[int | None, datetime]:
    """By place when somebody last looked at its catalog.

    When it was set up, or when a person adopted it: where the clock changes a day as the county orders, nobody looks.
    """
    looked_at: dict[int | None, datetime] = {}
    for place, adopted_by, at in session.execute(adoption_moments(township_id)):
        if adopted_by is not None or place not in looked_at:
            looked_at[place] = at
    return looked_at


@dataclass(frozen=True, kw_only=True)
class AdoptedCatalog:
    """The catalog in force for a village or the township, and those that will follow."""

    catalog: Catalog
    objections: Mapping[str, LineWords]  # by the code of the item
    in_force_from: date
    busy_finances: bool
    dropped: tuple[tuple[str, str], ...]  # (title, reason)
    upcoming: tuple[date, ...]
    newer: bool  # the township's catalog has changed since the latest adoption
    review_due: bool  # nobody looked at it for a year

    def items_of(self, group: str) -> tuple[DisclosureItem, ...]:
        return tuple(item for item in self.catalog.items if item.group.value == group)


def is_review_due(looked_at: datetime, now: datetime) -> bool:
    """A catalog is looked through once a year, whether or not anything changes."""
    return now - looked_at > REVIEWED_EVERY


def adopted_catalog(
    site: Site, actor: Actor, village_id: int | None, now: datetime
) -> AdoptedCatalog | None:
    """What a village (None: the township itself) owes today; None before the first adoption."""
    today = village_day(now)
    if not actor.may_see(village_id):
        raise NotFoundError(NO_VILLAGE_OF_YOURS)
    with site.sessions.reading() as session:
        adoption = adoption_on(session, actor.township_id, village_id, today)
        if adoption is None:
            return None
        adaptation = read_adaptation(adoption.adaptation)
        latest = latest_adoption(session, adoption.township_id, village_id) or adoption
        offered = digest_of(township_catalog(session, site, adoption.township_id))
        titles = {item["code"]: item["title"] for item in adoption.catalog.catalog["items"]}
        following = session.scalars(
            select(Adoption.in_force_from)
            .where(Adoption.township_id == adoption.township_id)
            .where(Adoption.village_id == village_id)
            .where(Adoption.in_force_from > today)
            .order_by(Adoption.in_force_from)
        )
        looked_at = _looked_at(session, adoption.township_id)
        owed = adopted(adoption).only(owed_kinds(village_id))
        return AdoptedCatalog(
            catalog=owed,
            objections=line_words(site, owed.items),
            in_force_from=adoption.in_force_from,
            busy_finances=adaptation.busy_finances,
            dropped=tuple(
                (titles.get(code, code), why) for code, why in adaptation.dropped.items()
            ),
            upcoming=tuple(following),
            newer=latest.catalog.digest != offered,
            review_due=is_review_due(looked_at[adoption.village_id], now),
        )
