"""The catalog that a place follows on a day, and what the township offers to adopt."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from threading import Lock
from typing import Any

from cachetools import LRUCache, cached
from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.adaptation import (
    Adaptation,
    adopt,
    marked_obligatory,
    read_adaptation,
)
from bulletin.domain.catalog.imports import merged
from bulletin.domain.catalog.items import Catalog, DisclosureItem, PublisherKind
from bulletin.domain.catalog.serialization import catalog_json, read_catalog, read_item
from bulletin.domain.digests import canonical, sha256_hex
from bulletin.domain.errors import NotFoundError
from bulletin.services.site import Site
from bulletin.store.asked_once import asked_once
from bulletin.store.catalogs import (
    Adoption,
    adoption_on,
    adoptions_on,
    contents_of,
    latest_adoption,
    latest_import,
)
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import chunks
from bulletin.store.places import Township
from bulletin.store.villages import villages_on


def township_catalog(session: Session, site: Site, township_id: int) -> Catalog:
    """What villages adopt from: the standard, with what the township imported and marked."""
    catalog = site.catalog
    if (imported := latest_import(session, township_id, None)) is not None:
        items = [read_item(item) for item in imported.items]
        catalog = merged(catalog, items, f"{catalog.version}+{imported.digest[:8]}")
    marks = latest_adaptation(session, township_id, None).obligatory
    return marked_obligatory(catalog, marks) if marks else catalog


def latest_adaptation(session: Session, township_id: int, village_id: int | None) -> Adaptation:
    """What a village made of the catalog at its latest adoption, whether or not it is in force."""
    latest = latest_adoption(session, township_id, village_id)
    return read_adaptation(latest.adaptation) if latest else Adaptation()


def adopted(adoption: Adoption) -> Catalog:
    """The catalog as a village has it: the snapshot with the village's changes."""
    return _adopted(adoption.catalog.digest, adoption.adaptation, lambda: adoption)


# Villages of a county share few catalogs, and neither a version nor an adoption ever changes.
@cached(
    LRUCache(maxsize=512),
    key=lambda digest, changes, _read: (digest, canonical(changes)),
    lock=Lock(),
)
def _adopted(
    digest: str,  # noqa: ARG001 - by which it is remembered
    changes: dict[str, Any],
    read: Callable[[], Adoption],
) -> Catalog:
    return adopt(read_catalog(read().catalog.catalog), read_adaptation(changes))


def catalogs_of(session: Session, adoption_ids: Iterable[int]) -> dict[int, Catalog]:
    """The catalogs of some adoptions; a snapshot is read from the database only once."""
    catalogs: dict[int, Catalog] = {}
    for some in chunks(sorted(set(adoption_ids))):
        for adoption_id, digest, changes in session.execute(contents_of(some)):
            read = partial(session.get_one, Adoption, adoption_id)
            catalogs[adoption_id] = _adopted(digest, changes, read)
    return catalogs


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


@asked_once
def catalog_on(
    session: Session, township_id: int, village_id: int | None, day: date
) -> tuple[Adoption, Catalog] | None:
    """The adoption in force and its catalog; None when nothing is adopted yet."""
    adoption = adoption_on(session, township_id, village_id, day)
    return None if adoption is None else (adoption, adopted(adoption))


@dataclass(frozen=True)
class InForce:
    """A place and what it has to disclose on a day."""

    village_id: int | None  # None for the township itself
    since_on: date  # since when the place is there
    adoption: Adoption
    catalog: Catalog  # whole: `owed_kinds` says whose items the place owes

    @property
    def subject(self) -> str:
        """The place, as the history names it."""
        if self.village_id is None:
            return f"township {self.adoption.township_id}"
        return f"village {self.village_id}"


def catalogs_on(session: Session, day: date) -> list[InForce]:
    """Every township and village of the site that has a catalog on a day."""
    places = []
    for township_id in session.scalars(select(Township.id)):
        adoptions = adoptions_on(session, township_id, day)
        since: dict[int | None, date] = {None: date.min}
        since |= {
            village.id: village.valid_from
            for village in session.scalars(villages_on(township_id, day))
        }
        places += [
            InForce(village_id, since_on, adoption, adopted(adoption))
            for village_id, since_on in since.items()
            if (adoption := adoptions.get(village_id)) is not None
        ]
    return places


def digest_of(catalog: Catalog) -> str:
    """SHA-256 of the canonical JSON: two catalogs of one digest are the same."""
    return sha256_hex(canonical(catalog_json(catalog)))
