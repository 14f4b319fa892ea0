"""How the catalogs of a township call their items, for finding duties by the name of their item."""

from collections import defaultdict
from threading import Lock

from cachetools import LRUCache, cached
from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from bulletin.domain.digests import sha256_hex
from bulletin.domain.search.tokens import plain
from bulletin.services.catalog.in_force import adopted
from bulletin.store.catalogs import Adoption, CatalogVersion


def codes_by_title(session: Session, township_id: int) -> dict[str, frozenset[str]]:
    """The plain titles that each code ever had; villages of a township share few catalogs."""
    of_village = cast(Adoption.adaptation, Text)
    contents = session.execute(
        select(func.min(Adoption.id), CatalogVersion.digest, of_village)
        .join(CatalogVersion, CatalogVersion.id == Adoption.catalog_id)
        .where(Adoption.township_id == township_id)
        .group_by(CatalogVersion.digest, of_village)
        .order_by(CatalogVersion.digest, of_village)
    ).all()
    ids = tuple(adoption_id for adoption_id, *_content in contents)
    return _titles(session, ids, sha256_hex(repr([content[1:] for content in contents]).encode()))


# Neither a version nor an adoption ever changes.
@cached(LRUCache(maxsize=64), key=lambda _session, _ids, contents: contents, lock=Lock())
def _titles(
    session: Session,
    adoption_ids: tuple[int, ...],
    contents: str,  # noqa: ARG001 - by which it is remembered
) -> dict[str, frozenset[str]]:
    titles: dict[str, set[str]] = defaultdict(set)
    for adoption_id in adoption_ids:
        for item in adopted(session.get_one(Adoption, adoption_id)).items:
            titles[item.code].add(plain(item.title))
    return {code: frozenset(called) for code, called in titles.items()}
