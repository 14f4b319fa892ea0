"""Rendered pages, kept while nothing happened: a village scans the same paper many times a day."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from cachetools import LRUCache

MAX_PAGES = 256  # pages, some 22 KB each


@dataclass(frozen=True)
class Kept:
    stamp: int  # of the history when the page was made
    fresh_until: datetime
    text: bytes
    headers: dict[str, str]


class PageCache:
    """Pages by their address. A page is as good as new until an act or its own next moment."""

    def __init__(self) -> None:
        self._pages: LRUCache[str, Kept] = LRUCache(MAX_PAGES)
        self._lock = Lock()

    def take(self, address: str, stamp: int, now: datetime) -> Kept | None:
        with self._lock:
            kept = self._pages.get(address)
        return kept if kept and kept.stamp == stamp and now < kept.fresh_until else None

    def put(self, address: str, page: Kept) -> None:
        with self._lock:
            self._pages[address] = page
