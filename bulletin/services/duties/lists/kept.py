"""What was counted among years of duties and papers: it holds until somebody in their township acts, or a moment comes.

A county has hundreds of thousands of them, and a desk, a month, a matrix and a front page count the same ones all day.
"""

from collections.abc import Callable, Hashable, Sized
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from cachetools import LRUCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bulletin.services.changes import next_change
from bulletin.services.site import Site
from bulletin.store import history

MAX_KEPT = 200_000  # lines of all counts together, some hundred bytes each
BESIDE = 100  # lines that an answer weighs more: its question names hundreds of villages

Counts = TypeVar("Counts", bound=Sized)


@dataclass(frozen=True)
class _Kept:
    counts: Any
    stamp: int  # of the township's history when they were counted
    since: datetime
    fresh_until: datetime


_kept: WeakKeyDictionary[Engine, LRUCache[Hashable, _Kept]] = WeakKeyDictionary()
_lock = Lock()


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
        count: asks the database of this session, for these duties as they stand now.
    """
    # Read first: what is written while it counts, raises the number for the next who asks.
    stamp = history.last_number_at(session, township_id)
    key = township_id, question
    with _lock:
        of_site = _kept.setdefault(
            site.sessions.engine,
            LRUCache(MAX_KEPT, getsizeof=lambda each: len(each.counts) + BESIDE),
        )
        kept = of_site.get(key)
    if kept and kept.stamp == stamp and kept.since <= now < kept.fresh_until:
        counts: Counts = kept.counts
        return counts
    counts = count()
    new = _Kept(counts, stamp, now, next_change(session, now))
    with _lock, suppress(ValueError):  # more than all that is kept: counted anew each time
        of_site[key] = new
    return counts
