"""What was drawn and answered, shown again until something changes: a village scans the same paper many times a day.

Nothing is told to forget, in this process or another: each thing bears the number of the history when it was made,
which every act raises in the database that all processes share, and the next moment at which it changes by itself.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Generic, Protocol, TypeVar

from cachetools import LRUCache

from bulletin.services.one_at_a_time import OneAtATime

MAX_BYTES = 8 * 1024 * 1024  # of all pages together, some 5 KB, feeds 100; and the same of answers
MAX_ADDRESS = 1000  # characters; no link of ours comes near, and anybody can think of longer ones
BESIDE = 500  # bytes that an entry takes beside its texts


Headers = list[tuple[str, str]]


class Kept(Protocol):
    @property
    def stamp(self) -> int: ...  # of the history when it was made
    @property
    def made_at(self) -> datetime: ...
    @property
    def fresh_until(self) -> datetime: ...


@dataclass(frozen=True)
class Opening:
    """Of which notice a page is, and whether its address is one that is scanned: that is counted."""

    code: str
    scanned: bool


@dataclass(frozen=True, kw_only=True)
class CachedPage:
    """A page as it was drawn, without the moment that it tells."""

    stamp: int
    made_at: datetime
    fresh_until: datetime
    text: bytes
    mimetype: str
    headers: dict[str, str]
    opens: Opening | None = None  # see Drawn


@dataclass(frozen=True, kw_only=True)
class CachedAnswer:
    """A whole answer as it went out, with the minute that it tells and packed as it was asked for."""

    stamp: int
    made_at: datetime
    fresh_until: datetime  # the end of its minute, or before
    changes_at: datetime  # when its page changes by itself
    etag: str
    headers: Headers  # without Cache-Control
    known_headers: Headers  # the same for a reader who has the body
    may_be_kept: bool  # by what stands between us and the readers
    body: bytes
    door: str  # the view that answered
    opens: Opening | None  # of its page


K = TypeVar("K", bound=Kept)


class _Store(Generic[K]):
    def __init__(self, size: Callable[[K], int]) -> None:
        self._size = size
        self._kept: LRUCache[str, tuple[K, int]] = LRUCache(MAX_BYTES, getsizeof=lambda e: e[1])
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def weight(self) -> int:
        """Bytes of all that is kept, its addresses too."""
        return int(self._kept.currsize)

    def get(self, address: str, stamp: int, now: datetime) -> K | None:
        kept = self.find(address)
        return kept if kept is not None and holds(kept, stamp, now) else None

    def find(self, address: str) -> K | None:
        """What is kept, whether it still holds or not."""
        with self._lock:
            kept, _weight = self._kept.get(address, (None, 0))
        return kept

    def put(self, address: str, kept: K) -> None:
        if len(address) > MAX_ADDRESS:
            return
        weight = self._size(kept) + len(address) + BESIDE
        with self._lock, suppress(ValueError):  # larger than all that is kept: made anew each time
            self._kept[address] = kept, weight


def holds(kept: Kept, stamp: int, now: datetime) -> bool:
    """Whether nobody has acted since, and it has not changed by itself."""
    return kept.stamp == stamp and kept.made_at <= now < kept.fresh_until


@dataclass(frozen=True)
class LastKnown:
    """What the database said when it last answered: the number of the history, and when that was."""

    stamp: int
    at: datetime


class PageCache:
    """Pages and answers by their address."""

    def __init__(self) -> None:
        self.known: LastKnown | None = None
        self.drawing = OneAtATime()  # by address
        self.pages = _Store[CachedPage](lambda p: len(p.text) + _weight_of(p.headers.items()))
        self.answers = _Store[CachedAnswer](lambda a: len(a.body) + _weight_of(a.headers))

    def last_page(self, address: str, now: datetime) -> CachedPage | None:
        """A page that held when the database last answered, and does not change by itself before now."""
        page = self.pages.find(address)
        if page is None or self.known is None:
            return None
        return page if holds(page, self.known.stamp, now) else None


def _weight_of(headers: Iterable[tuple[str, str]]) -> int:
    return sum(len(name) + len(value) for name, value in headers)
