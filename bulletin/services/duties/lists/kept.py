"""What was counted among years of duties and papers: it holds until somebody in their township acts, or a moment comes.

A county has hundreds of thousands of them, and a desk, a month, a matrix and a front page count the same ones all day.
"""

from collections.abc import Callable, Hashable, Mapping, Sized
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from cachetools import LRUCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.services.changes import next_change
from bulletin.services.one_at_a_time import OneAtATime
from bulletin.services.site import Site
from bulletin.store import history
from bulletin.store.acted_places import Place, places_acted_on, places_coming_out

MAX_KEPT = 250_000  # lines of all counts together, some hundred bytes each
BESIDE = 100  # lines that an answer weighs more: its question names hundreds of villages

Counts = TypeVar("Counts", bound=Sized)
OfPlace = TypeVar("OfPlace")


@dataclass(frozen=True)
class _Kept:
    counts: Any
    lines: int
    stamp: int  # of the township's history when they were counted
    since: datetime
    fresh_until: datetime  # the next moment at which something comes out by itself, or midnight

    def holds(self, now: datetime) -> bool:
        return self.since <= now < self.fresh_until

    def is_of_the_day(self, now: datetime) -> bool:
        """Whether all that may have changed by itself since is what came out."""
        return village_day(self.since) == village_day(now)


_kept: WeakKeyDictionary[Engine, LRUCache[Hashable, _Kept]] = WeakKeyDictionary()
_lock = Lock()
_counting = OneAtATime()


def kept_counts(
    session: Session,
    site: Site,
    township_id: int,
    question: Hashable,
    now: datetime,
    count: Callable[[], Counts],
) -> Counts:
    """What was counted before, or is counted now. Whoever gets it changes nothing in it.

    Args:
        township_id: whose duties they are, and nobody else's.
        question: what tells these counts from others of the township.
        count: asks the database, for these duties as they stand now in this session, or in one that began after it.
    """

    def made(stamp: int) -> _Kept:
        counts = count()
        return _Kept(counts, len(counts), stamp, now, next_change(session, now))

    known: Counts = _kept_or_made(session, site, (township_id, question), now, made)
    return known


def kept_by_place(
    session: Session,
    site: Site,
    township_id: int,
    question: Hashable,
    now: datetime,
    count: Callable[[frozenset[Place] | None], Mapping[Place, OfPlace]],
    row_of: Mapping[Place, Place] | None = None,
    *,
    concerned: frozenset[Place] = frozenset(),
    outlives_day: bool = False,
) -> Mapping[Place, OfPlace]:
    """The same by place: where somebody acted since, and only there, it is counted anew.

    Args:
        count: counts for some places, or for all of them (None); what it tells of others is passed over.
        row_of: in whose row the duties of a place are counted, where that is another's.
        concerned: the rows that an act in any place may change.
        outlives_day: what is counted says nothing of its day, so that midnight changes none of it.
    """
    key = township_id, question

    def made(stamp: int) -> _Kept:
        before = _of_before(site, key)
        changed = _changed_places(session, township_id, before, now, outlives_day=outlives_day)
        if before is None or changed is None:
            counts = count(None)
        else:
            rows = concerned.union((row_of or {}).get(place, place) for place in changed)
            others = {place: of for place, of in before.counts.items() if place not in rows}
            anew = count(rows) if rows else {}
            counts = others | {place: of for place, of in anew.items() if place in rows}
        until = next_change(session, now)
        until = min(until, before.fresh_until) if before and before.holds(now) else until
        return _Kept(counts, _lines(counts), stamp, now, until)

    known: Mapping[Place, OfPlace] = _kept_or_made(session, site, key, now, made)
    return known


def _kept_or_made(
    session: Session,
    site: Site,
    key: tuple[int, Hashable],
    now: datetime,
    made: Callable[[int], _Kept],
) -> Any:
    """The counts of a question of a township; who asks while somebody counts waits for it."""
    # Read first: what is written while it counts, raises the number for the next who asks.
    stamp = history.last_number_at(session, key[0])
    if (kept := _that_holds(site, key, stamp, now)) is None:
        with _counting.taking((site.sessions.engine, key)):
            if (kept := _that_holds(site, key, stamp, now)) is None:
                kept = made(stamp)
                _keep(site, key, kept)
    return kept.counts


def _lines(counts: Any) -> int:
    if isinstance(counts, Mapping):
        return sum(map(_lines, counts.values()))
    return len(counts) if isinstance(counts, Sized) else 1


def _changed_places(
    session: Session, township_id: int, kept: _Kept | None, now: datetime, *, outlives_day: bool
) -> frozenset[Place] | None:
    """Where somebody acted, or something came out, since it was counted; None: it may be anywhere."""
    if kept is None or now < kept.since:
        return None
    if not outlives_day and not kept.is_of_the_day(now):
        return None
    acted = places_acted_on(session, township_id, after=kept.stamp)
    if acted is None or kept.holds(now):
        return acted
    return acted | places_coming_out(session, township_id, after=kept.since, until=now)


def _that_holds(site: Site, key: Hashable, stamp: int, now: datetime) -> _Kept | None:
    kept = _of_before(site, key)
    return kept if kept and kept.stamp == stamp and kept.holds(now) else None


def _of_before(site: Site, key: Hashable) -> _Kept | None:
    """What was counted before."""
    with _lock:
        return _of_site(site).get(key)


def _keep(site: Site, key: Hashable, new: _Kept) -> None:
    with _lock, suppress(ValueError):  # more than all that is kept: counted anew each time
        _of_site(site)[key] = new


def _of_site(site: Site) -> LRUCache[Hashable, _Kept]:
    empty: LRUCache[Hashable, _Kept] = LRUCache(
        MAX_KEPT, getsizeof=lambda each: each.lines + BESIDE
    )
    return _kept.setdefault(site.sessions.engine, empty)
