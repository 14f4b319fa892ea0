"""What the clocks know of each copy of the public site, by where it lies: each machine may keep one.

It stands with two heartbeats, which every clock reads: up to where a copy is right, and why it last could not be
written. Who has said nothing of a copy for a day keeps none any more.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from bulletin.domain.ticks import COPY_FAILED, COPY_TICK
from bulletin.store import heartbeat

FORGOTTEN_AFTER = timedelta(days=1)
RENEWED_AFTER = timedelta(hours=1)  # also when nothing happened: it tells as of when it is


@dataclass(frozen=True, kw_only=True)
class KeptUpTo:
    """Up to where the last run brought a copy."""

    made_by: str
    entry: int  # of the history
    written_at: datetime
    until: datetime  # from then on it says something else by itself
    right_at: datetime  # when it was last found to be right

    def is_right(self, made_by: str, entry: int, now: datetime) -> bool:
        is_same = (self.made_by, self.entry) == (made_by, entry)
        return is_same and self.written_at <= now < min(self.until, self.written_at + RENEWED_AFTER)


@dataclass(frozen=True, kw_only=True)
class CopyFailure:
    """Why a copy could not be written."""

    at: datetime
    fault: str  # of the machine, by its name; '' for any other


Note = TypeVar("Note", KeptUpTo, CopyFailure)


def kept_copies(session: Session) -> dict[str, KeptUpTo]:
    """Of each copy by where it lies; empty where the note is of another release."""
    at = heartbeat.beat_of(session, COPY_TICK)

    def of(told: Mapping[str, Any]) -> KeptUpTo:
        written_at, until = (datetime.fromisoformat(told[key]) for key in ("written_at", "until"))
        right_at = datetime.fromisoformat(told["right_at"]) if "right_at" in told else at
        return KeptUpTo(
            made_by=told["made_by"],
            entry=told["entry"],
            written_at=written_at,
            until=until,
            right_at=right_at or written_at,
        )

    return _read(session, COPY_TICK, of)


def failed_copies(session: Session) -> dict[str, CopyFailure]:
    """The same of those that could not be written."""

    def of(told: Mapping[str, Any]) -> CopyFailure:
        return CopyFailure(at=datetime.fromisoformat(told["at"]), fault=told["fault"])

    return _read(session, COPY_FAILED, of)


def note_kept(session: Session, where: str, kept: KeptUpTo, now: datetime, *, machine: str) -> None:
    """A copy is right; what is known of those of others stays.

    Args:
        machine: begins the address of what lies on it; it keeps one copy, and none where it kept one before.
    """
    failed = failed_copies(session)
    known = {
        each: note
        for each, note in kept_copies(session).items()
        if not each.startswith(f"{machine}:")
        and (
            _is_recent(note.right_at, now) or (each in failed and _is_recent(failed[each].at, now))
        )
    }
    _write(session, COPY_TICK, known | {where: kept}, now)


def note_failed(session: Session, where: str, fault: str, now: datetime) -> None:
    """A copy could not be written."""
    recent = {
        each: note for each, note in failed_copies(session).items() if _is_recent(note.at, now)
    }
    _write(session, COPY_FAILED, recent | {where: CopyFailure(at=now, fault=fault)}, now)


def _is_recent(at: datetime, now: datetime) -> bool:
    return now - at < FORGOTTEN_AFTER


def _read(session: Session, tick: str, of: Callable[[Mapping[str, Any]], Note]) -> dict[str, Note]:
    try:
        told = json.loads(heartbeat.note_of(session, tick))
        return {where: of(each) for where, each in told.items()}
    except (ValueError, KeyError, TypeError, AttributeError):  # none, or of another release
        return {}


def _write(session: Session, tick: str, notes: Mapping[str, Note], now: datetime) -> None:
    told = {where: vars(each) for where, each in notes.items()}
    words = json.dumps(told, ensure_ascii=False, default=datetime.isoformat)
    heartbeat.beat(session, tick, now, words)
