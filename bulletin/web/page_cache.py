"""What was drawn and answered, shown again until something changes: a village scans the same paper many times a day.

Nothing is told to forget, in this process or another: each thing bears the number of the history when it was made,
which every act raises in the database that all processes share, and the next moment at which it changes by itself.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Generic, Protocol, TypeVar

from cachetools import LRUCache

MAX_BYTES = (
    8 * 1024 * 1024
)  # of all pages together: some are 5 KB, feeds 100; and the same of answers


class Kept(Protocol):
    @property
    def stamp(self) -> int: ...  # of the history when it was made
    @property
    def made_at(self) -> datetime: ...
    @property
    def fresh_until(self) -> datetime: ...


@dataclass(frozen=True, kw_only=True)
class CachedPage:
    """A page as it was drawn, without the moment that it tells."""

    stamp: int
    made_at: datetime
    fresh_until: datetime
    text: bytes
    mimetype: str
    headers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class CachedAnswer:
    """A whole answer as it went out, with the minute that it tells and packed as it was asked for."""

    stamp: int
    made_at: datetime
    fresh_until: datetime  # the end of its minute, or before
    changes_at: datetime  # when its page changes by itself
    etag: str
    headers: list[tuple[str, str]]  # without Cache-Control
    may_be_kept: bool  # by what stands between us and the readers
    body: bytes
    door: str  # the view that answered
    tail: str  # of a notice's page, which is counted; '' of others


K = TypeVar("K", bound=Kept)


class _Store(Generic[K]):
    def __init__(self, size: Callable[[K], int]) -> None:
        self._kept: LRUCache[str, K] = LRUCache(MAX_BYTES, getsizeof=size)
        self._lock = Lock()

    def __contains__(self, address: str) -> bool:
        return address in self._kept

    def get(self, address: str, stamp: int, now: datetime) -> K | None:
        with self._lock:
            kept = self._kept.get(address)
        if kept is None or kept.stamp != stamp or not kept.made_at <= now < kept.fresh_until:
            return None
        return kept

    def put(self, address: str, kept: K) -> None:
        with self._lock, suppress(ValueError):  # larger than all that is kept: made anew each time
            self._kept[address] = kept


class PageCache:
    """Pages and answers by their address."""

    def __init__(self) -> None:
        self.pages = _Store[CachedPage](lambda page: len(page.text))
        self.answers = _Store[CachedAnswer](lambda answer: len(answer.body))
