"""Limits, so that codes can't be tried in bulk. They count misses, never what is found.

A whole village stands behind one carrier address, so nobody is refused for reading. What a network asks
for in vain is counted: `MAX_MISSES` different unknown codes in a minute. Beyond them a miss is answered with
"wait", and of the digits twins, which alone are worth guessing, only those open that a village's list names
as well. So one network guesses, in each web process, at most 120 digits a minute of what is in no list: of
8·10^9, with 300 notices that wait for their moment, one in 150 days. Codes open all the same: of 45 random
bits, with 30,000 notices, one is guessed in 13 days by whoever gets through a thousand a second.
"""

from datetime import datetime, timedelta
from threading import Lock

from cachetools import LRUCache
from flask import current_app
from flask_limiter import Limiter

from bulletin.web.request_context import actor, network, now, site

MAX_MISSES = 120  # different ones of a network, in one web process
WINDOW = timedelta(minutes=1)
MAX_NETWORKS = 4096  # that are kept in mind; the one that asked longest ago is forgotten first

limiter = Limiter(lambda: f"person {actor().id}", storage_uri="memory://", headers_enabled=True)
limited = limiter.limit  # of what a person who is signed in may do how often


@limiter.request_filter
def _reads_itself() -> bool:
    """A copy of the public site is read by the site itself, once for each page."""
    return site().copied


class MissCounter:
    """The different misses (or forms) of each network within the last minute (or another span).

    The same miss again tells nothing new and costs nothing: a whole village may scan one torn paper.
    """

    def __init__(self, most: int | None = None, window: timedelta = WINDOW) -> None:
        self._most, self._window = most, window
        self._misses: LRUCache[str, dict[str, datetime]] = LRUCache(MAX_NETWORKS)
        self._lock = Lock()

    def is_spent(self, of: str, now: datetime) -> bool:
        with self._lock:
            return len(self._recent(of, now)) >= (self._most or MAX_MISSES)

    def add(self, of: str, what: str, now: datetime) -> bool:
        """Count a miss, unless there are too many already; whether it may be answered as one."""
        with self._lock:
            misses = self._recent(of, now)
            if what not in misses and len(misses) >= (self._most or MAX_MISSES):
                return False
            misses.setdefault(what, now)
            self._misses[of] = misses
            return True

    def _recent(self, of: str, now: datetime) -> dict[str, datetime]:
        misses = self._misses.get(of, {})
        return {what: at for what, at in misses.items() if now - self._window < at <= now}


def has_guessed_enough() -> bool:
    """Whether the reader's network asked for so much in vain that its digits open listed notices only."""
    return limiter.enabled and not site().copied and _counter().is_spent(network(), now())


def count_miss(what: str) -> bool:
    """Count what the reader's network asked for in vain; whether it may be told that it is unknown."""
    if not limiter.enabled or site().copied:
        return True
    return _counter().add(network(), what, now())


def count_sent(nonce: str) -> bool:
    """Count a form that the reader's network sends; whether it may. The same one again costs nothing."""
    if not limiter.enabled:
        return True
    sent: MissCounter = current_app.extensions["sent_counter"]
    return sent.add(network(), nonce, now())


def _counter() -> MissCounter:
    return current_app.extensions["miss_counter"]  # type: ignore[no-any-return]
