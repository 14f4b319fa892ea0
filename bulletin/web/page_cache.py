"""Rendered pages, shown again until something changes: a village scans the same paper many times a day."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from cachetools import LRUCache

MAX_BYTES = 8 * 1024 * 1024  # of all pages together: some are 5 KB, feeds 100


@dataclass(frozen=True, kw_only=True)
class CachedPage:
    stamp: int  # of the history when the page was made
    fresh_until: datetime
    text: bytes
    headers: dict[str, str]


class PageCache:
    """Pages by their address. A page is valid until the history grows or its `fresh_until` comes."""

    def __init__(self) -> None:
        self._pages: LRUCache[str, CachedPage] = LRUCache(
            MAX_BYTES, getsizeof=lambda page: len(page.text)
        )
        self._lock = Lock()

    def get(self, address: str, stamp: int, now: datetime) -> CachedPage | None:
        with self._lock:
            page = self._pages.get(address)
        return page if page and page.stamp == stamp and now < page.fresh_until else None

    def put(self, address: str, page: CachedPage) -> None:
        with self._lock, suppress(ValueError):  # larger than all that is kept: made anew each time
            self._pages[address] = page
