"""The append-only history: each entry holds the hash of the one before it.

Entries hold who, what, when, codes and fingerprints, never content and never free text, so that
nothing ever has to be taken out of the chain again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bulletin.domain.digests import canonical, sha256_hex

GENESIS = "0" * 64


@dataclass(frozen=True, kw_only=True)
class ChainEntry:
    """One line of history. `facts` is a flat mapping of names to text or whole numbers."""

    number: int  # 1, 2, 3 … without gaps
    at: datetime
    actor_id: int | None
    actor: str
    act: str
    subject: str  # what it was done to: notice 7KQ2M4XXXX.1
    facts: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True)
class WithheldEntry:
    """An entry of which a house keeps number and hash alone: what it says belongs to another township."""

    number: int
    hash: str


@dataclass(frozen=True)
class Checkpoint:
    """The head of the chain at one moment: what a sheet prints, so that paper can prove the log."""

    number: int
    at: datetime
    hash: str


@dataclass(frozen=True)
class Break:
    """One place where the chain does not hold."""

    number: int
    reason: str  # English, for the command line


def entry_hash(
    *,
    number: int,
    at: datetime,
    actor_id: int | None,
    actor: str,
    act: str,
    subject: str,
    facts: Mapping[str, Any],
    previous: str,
) -> str:
    """SHA-256 over the canonical JSON of everything an entry holds."""
    payload = {
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": actor_id,
        "actor": actor,
        "act": act,
        "subject": subject,
        "facts": dict(facts),
        "previous": previous,
    }
    return sha256_hex(canonical(payload))


def breaks(entries: Iterable[ChainEntry | WithheldEntry], head: tuple[int, str]) -> Iterator[Break]:
    """Walk the chain from its beginning and name every place where it was altered.

    Args:
        entries: in the order of their numbers. One that is withheld can't be computed anew; the entry after it
            must still name its hash.
        head: number and hash that the site keeps beside the chain, so that a cut tail shows.
    """
    number, previous = 0, GENESIS
    for entry in entries:
        if entry.number != number + 1:
            yield Break(number + 1, f"entries {number + 1} to {entry.number - 1} are missing")
        if isinstance(entry, ChainEntry):
            if entry.previous != previous:
                yield Break(entry.number, "does not continue the entry before it")
            if _expected_hash(entry) != entry.hash:
                yield Break(entry.number, "was altered: its hash does not match what it says")
        number, previous = entry.number, entry.hash
    if (number, previous) != head:
        yield Break(head[0], f"the chain ends at {number}, the head says {head[0]}")


def _expected_hash(entry: ChainEntry) -> str:
    return entry_hash(
        number=entry.number,
        at=entry.at,
        actor_id=entry.actor_id,
        actor=entry.actor,
        act=entry.act,
        subject=entry.subject,
        facts=entry.facts,
        previous=entry.previous,
    )
