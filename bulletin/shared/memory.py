"""Counts in the memory of this process: the default, and what is left when Redis is cut off."""

from datetime import datetime, timedelta
from threading import Lock

from cachetools import LRUCache

from bulletin.shared.counts import LimiterStorage

MAX_KEPT = 8192  # of whom things are kept; who asked longest ago is forgotten first


class MemoryCounts:
    def __init__(self) -> None:
        self._kept: LRUCache[str, dict[str, datetime]] = LRUCache(MAX_KEPT)
        self._lock = Lock()

    @property
    def limiter_storage(self) -> LimiterStorage:
        return LimiterStorage("memory://")

    def number(self, of: str, span: timedelta, now: datetime) -> int:
        with self._lock:
            return len(self._recent(of, span, now))

    def add(self, of: str, what: str, *, most: int, span: timedelta, now: datetime) -> bool:
        with self._lock:
            recent = self._recent(of, span, now)
            if what not in recent and len(recent) >= most:
                return False
            recent.setdefault(what, now)
            self._kept[of] = recent
            return True

    def fault(self) -> str:
        return ""

    def _recent(self, of: str, span: timedelta, now: datetime) -> dict[str, datetime]:
        kept = self._kept.get(of, {})
        return {what: at for what, at in kept.items() if now - span < at <= now}
