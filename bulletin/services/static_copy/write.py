"""Bring a copy up to date: only the parts that something changed, in the order in which links may be followed."""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.open_data.copy_parts import (
    SITE,
    TILES,
    PartFiles,
    in_order,
    is_item,
    is_notice,
)
from bulletin.domain.transparency.tiles import is_settled
from bulletin.services.public_url import name_of
from bulletin.services.site import Site
from bulletin.services.static_copy.changed import changed_keys
from bulletin.services.static_copy.kept_copy import Copied, KeptCopy
from bulletin.services.static_copy.lists import CopyLists
from bulletin.services.static_copy.parts import all_keys, item_keys
from bulletin.services.transparency import checkpoint
from bulletin.store import history
from bulletin.store.copies.place import CopyPlace


class SiteReader(Protocol):
    """Reads the public site as residents do."""

    def expect(self, keys: Collection[str]) -> None:
        """What will be asked for, at least."""

    def parts(self, keys: Sequence[str]) -> Iterable[list[PartFiles]]:
        """Parts by their keys, some at a time; one of which nothing may be read has no files."""

    def static(self, addresses: Iterable[str]) -> dict[str, bytes]:
        """Style sheets and scripts: path → content."""


def site_of_copy(site: Site, address: str) -> Site:
    """The site as it speaks in a copy that is published at an address.

    Raises:
        Refused: the address is no name of its own. Codes are printed in upper case, and folders
            of a web server tell upper case from lower.
    """
    if not name_of(address):
        raise Refused(
            Refusal(
                "no_name_of_its_own", f"{address}: 网址要单独一个域名，像 https://gk.example.cn"
            )
        )
    return replace(site, copied=True, sessions=site.sessions.own())


def write_copy(
    site: Site,
    place: CopyPlace,
    now: datetime,
    *,
    made_by: str,
    reader: SiteReader,
    looks_over: bool = False,
) -> Copied:
    """Make a folder or bucket hold the public site as of now, and nothing older of ours.

    Every file is whole at any moment, a notice goes with its files at once, and no list names what is
    not there yet.

    Args:
        made_by: by which program and settings the pages are made; when it changes all are made anew.
        looks_over: whether all files are there, which else the first run of a day does.

    Raises:
        Refused: it holds something else, which would be published along.
    """
    kept = KeptCopy(place, now)
    with site.sessions.reading() as session:
        tip = history.head(session)  # what is done from here on is for the next run
        is_anew = kept.is_made_otherwise(made_by) or _is_of_another_history(session, kept)
    if is_anew:
        kept.begin_anew()
    if is_anew or looks_over or not kept.was_looked_over_today():
        kept.look_over()
    with site.sessions.reading() as session:
        keys = _keys_of_all(session, kept, now) if is_anew else _keys_to_make(session, kept, now)
    reader.expect(keys)
    notices = {key for key in keys if is_notice(key)}
    linked = _put_notices(kept, reader, notices)
    _put_notices(kept, reader, linked - notices)
    for parts in reader.parts(in_order(keys - notices - {SITE})):
        kept.put_all(parts)
    settled = frozenset() if is_anew else _settled(kept)
    kept.put_all([_site_part(kept, site, reader, settled)])
    return kept.close(made_by, tip.number, tip.hash)


def _settled(kept: KeptCopy) -> frozenset[str]:
    """Tiles of what was done before the last run began: for that alone its manifest vouches."""
    entries = kept.manifest.entry
    return frozenset(
        path
        for path in kept.sound_files(SITE)
        if path.startswith(TILES) and is_settled(path.removeprefix(TILES), entries)
    )


def _is_of_another_history(session: Session, kept: KeptCopy) -> bool:
    """Where the database was put back meanwhile, what was done since the last run is not all that changed."""
    return kept.manifest.head != (history.hash_of(session, kept.manifest.entry) or "")


def _keys_of_all(session: Session, kept: KeptCopy, now: datetime) -> set[str]:
    return set(all_keys(session, village_day(now))) | kept.lists.keys()


def _keys_to_make(session: Session, kept: KeptCopy, now: datetime) -> set[str]:
    """What an act changed since the last run, what says something else by itself by now, and what is unsound."""
    keys = changed_keys(session, kept.manifest.entry, village_day(now))
    keys |= kept.lists.due(now) | kept.unsound()
    return keys | _items_that_came_or_went(session, kept.lists, keys, village_day(now))


def _items_that_came_or_went(
    session: Session, known: CopyLists, keys: AbstractSet[str], today: date
) -> set[str]:
    """With the catalogs of the places that are written again, which may begin to hold on a day."""
    places = [key for key in keys if key[:1] == "V" and not is_item(key)]
    of_today = {item for key in places for item in item_keys(session, key, today)}
    before = {key for key in known.beside(places) if is_item(key)}
    return of_today ^ before


def _put_notices(kept: KeptCopy, reader: SiteReader, keys: set[str]) -> set[str]:
    """Write notices; returns the notices whose pages link to those that changed, and so name them."""
    linked: set[str] = set()
    for parts in reader.parts(in_order(keys)):
        kept.lists.load(part.key for part in parts)
        known = {part.key: kept.lists.part(part.key) for part in parts}
        for part in kept.put_all(parts):
            before = known[part.key]
            linked |= part.notices | (before.notices if before else frozenset())
    return linked


def _site_part(
    kept: KeptCopy, site: Site, reader: SiteReader, settled: frozenset[str]
) -> PartFiles:
    """The front page and whatever belongs to no place: made anew by every run, it tells the day of the copy.

    Args:
        settled: paths of what is in the copy, and right.
    """
    ((part,),) = reader.parts([SITE])
    static = part.static | kept.lists.static()
    tiles = dict(checkpoint.files(site, settled))
    files = part.files | reader.static(sorted(static)) | tiles
    return replace(part, files=files, as_before=settled)
