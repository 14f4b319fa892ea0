"""Counts in Redis or Valkey, for all processes of all machines; in one's own memory while it is cut off.

Nobody waits for a store that is dead: an answer may take a tenth of a second, and who got none asks it again only
after a pause. Who reads and what was asked for stands there as a fingerprint, for as long as it counts.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from bulletin.domain.digests import sha256_hex
from bulletin.shared.counts import LimiterStorage
from bulletin.shared.memory import MemoryCounts

log = logging.getLogger(__name__)

MAX_WAIT = 0.1  # seconds, for a connection and for an answer
PAUSE = 5.0  # seconds before a store that was cut off is asked again
PREFIX = "bulletin"
# One step, whoever else counts at the same time: the things of one are a set, ordered by when.
_ADD = """
local since, now, what = ARGV[1], ARGV[2], ARGV[3]
local at = redis.call('ZSCORE', KEYS[1], what)
if at and tonumber(at) > tonumber(since) and tonumber(at) <= tonumber(now) then return 1 end
if redis.call('ZCOUNT', KEYS[1], '(' .. since, now) >= tonumber(ARGV[4]) then return 0 end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', since)
redis.call('ZADD', KEYS[1], now, what)
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
"""

T = TypeVar("T")


class RedisCounts:
    def __init__(self, address: str) -> None:
        """`address`: redis:// or rediss:// (with TLS), a password and the number of a database in it."""
        self._address, self._own = address, MemoryCounts()
        self._redis: Any = Redis.from_url(address, **_connection())
        self._add = self._redis.register_script(_ADD)
        self._lock, self._fault, self._again_at = Lock(), "", 0.0

    @property
    def limiter_storage(self) -> LimiterStorage:
        return LimiterStorage(self._address, {"key_prefix": PREFIX, **_connection()})

    def number(self, of: str, span: timedelta, now: datetime) -> int:
        since = f"({(now - span).timestamp()}"
        counted = self._ask(lambda: self._redis.zcount(_key(of), since, now.timestamp()))
        return self._own.number(of, span, now) if counted is None else int(counted)

    def add(self, of: str, what: str, *, most: int, span: timedelta, now: datetime) -> bool:
        said = (now - span).timestamp(), now.timestamp(), sha256_hex(what.encode()), most
        seconds = int(span.total_seconds()) + 1
        counted = self._ask(lambda: self._add(keys=[_key(of)], args=[*said, seconds]))
        if counted is None:
            return self._own.add(of, what, most=most, span=span, now=now)
        return bool(counted)

    def fault(self) -> str:
        self._ask(self._redis.ping)
        return self._fault

    def _ask(self, question: Callable[[], T]) -> T | None:
        """None: it is cut off."""
        if not self._may_ask():
            return None
        try:
            answer = question()
        except (RedisError, OSError) as error:
            self._cut_off(error)
            return None
        if self._fault:
            self._fault = ""
            log.info("the shared store answers again")
        return answer

    def _may_ask(self) -> bool:
        """While it is cut off, one thread at a time finds out whether it still is."""
        if not self._fault:
            return True
        with self._lock:
            if time.monotonic() < self._again_at:
                return False
            self._again_at = time.monotonic() + PAUSE
            return True

    def _cut_off(self, error: Exception) -> None:
        with self._lock:
            is_new, self._again_at = not self._fault, time.monotonic() + PAUSE
            self._fault = str(error) or type(error).__name__
        if is_new:
            log.warning(
                "the shared store does not answer, each process counts for itself: %s", error
            )


def _connection() -> dict[str, Any]:
    retry = Retry(NoBackoff(), 0)
    return {"socket_connect_timeout": MAX_WAIT, "socket_timeout": MAX_WAIT, "retry": retry}


def _key(of: str) -> str:
    return f"{PREFIX}:{sha256_hex(of.encode())}"
