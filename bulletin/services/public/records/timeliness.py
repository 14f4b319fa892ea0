"""Which places disclose on time: the desk's figures, as everybody may read them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from cachetools import LRUCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.errors import NotFoundError
from bulletin.services.access import NO_LIST
from bulletin.services.duties.lists.places import rows_on
from bulletin.services.duties.lists.sums import Sums, sums_by_place
from bulletin.services.public.changes import next_change
from bulletin.services.public.page_values import Timeliness
from bulletin.services.site import Site
from bulletin.store import history
from bulletin.store.coverage_queries import first_due_on
from bulletin.store.places import Township

FIRST_WEEKS = timedelta(days=31)  # of a year, in which hardly anything has fallen due
MAX_KEPT = 1000  # townships and years


def shown_year(today: date) -> int:
    """Of which year timeliness speaks: this one, and in January the last."""
    return (today - FIRST_WEEKS).year


def span_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def years_of(session: Session, township_id: int, today: date) -> tuple[int, ...]:
    """In which a township owed something that fell due, the newest first."""
    first = session.scalar(first_due_on(township_id))
    begun = first.year if first is not None and first < today else today.year
    return tuple(range(today.year, begun - 1, -1))


def asked_year(year: int | None, years: Collection[int], today: date) -> int:
    """The year of a page: that of its address, else (None) the one that timeliness speaks of.

    Raises:
        NotFoundError: it is none of the years that the page has.
    """
    if year is None:
        return shown_year(today)
    if year not in years:
        raise NotFoundError(NO_LIST)
    return year


def township_timeliness(
    session: Session, site: Site, township: Township, year: int, now: datetime
) -> dict[int | None, Timeliness]:
    """Of every village that owed something in a year, and of the township itself (None)."""
    sums = _kept_sums(session, site, township.id, year, now)
    return {place: Timeliness(year, counts) for place, counts in sums.items()}


def together(parts: dict[int | None, Timeliness], year: int) -> Timeliness:
    counts: Counter[CoverageState] = Counter()
    for part in parts.values():
        counts.update(part.counts)
    return Timeliness(year, counts)


@dataclass(frozen=True)
class _Kept:
    sums: Sums
    stamp: int  # of the township's history when they were counted
    since: datetime
    fresh_until: datetime


# A county has hundreds of thousands of duties: what was counted holds until somebody in that township acts.
_kept: WeakKeyDictionary[Engine, LRUCache[tuple[int, int], _Kept]] = WeakKeyDictionary()
_lock = Lock()


def _kept_sums(session: Session, site: Site, township_id: int, year: int, now: datetime) -> Sums:
    stamp = history.last_number_at(session, township_id)
    with _lock:
        of_site = _kept.setdefault(site.sessions.engine, LRUCache(MAX_KEPT))
        kept = of_site.get((township_id, year))
    if kept and kept.stamp == stamp and kept.since <= now < kept.fresh_until:
        return kept.sums
    day = village_day(now)
    rows = rows_on(session, township_id, day)
    sums = sums_by_place(session, site, township_id, rows, span_of(year), day, now)
    with _lock:
        of_site[township_id, year] = _Kept(sums, stamp, now, next_change(session, now))
    return sums
