"""Which shared store a setting names; the only place that asks."""

from importlib import import_module
from urllib.parse import urlsplit

from bulletin.domain.errors import Misconfigured
from bulletin.shared.counts import SharedCounts
from bulletin.shared.memory import MemoryCounts

SCHEMES = frozenset({"redis", "rediss"})
EXAMPLE = (
    "redis://:secret@127.0.0.1:6379/0 or rediss://… (in a password @ is %40, / is %2F, : is %3A)"
)


def is_store_address(address: str) -> bool:
    """Whether an address names a Redis or Valkey: its scheme, a host, and the number of a database or none."""
    try:
        parts = urlsplit(address)
        named = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False
    database = parts.path.strip("/")
    return named and (not database or database.isdecimal()) and not (parts.query or parts.fragment)


def open_counts(address: str) -> SharedCounts:
    """The counts of a site; of an empty address, of this process alone.

    Raises:
        Misconfigured: the package that speaks to the store is not installed.
    """
    if not address:
        return MemoryCounts()
    try:
        in_redis = import_module("bulletin.shared.redis_counts")  # an optional part
    except ModuleNotFoundError as error:
        raise Misconfigured(
            f"shared_store needs the package {error.name}: install bulletin with [redis]"
        ) from error
    counts: SharedCounts = in_redis.RedisCounts(address)
    return counts
