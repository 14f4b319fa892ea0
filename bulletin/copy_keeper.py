"""The clock's tick that keeps the plain-file copy of the public site up to date."""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

from bulletin.clock.jobs import Act
from bulletin.copy_reader import BEING_WRITTEN, copy_site, made_by
from bulletin.domain.errors import Misconfigured, Refused
from bulletin.domain.ticks import COPY_FAILED, COPY_TICK
from bulletin.services.operations.failures import failure_of
from bulletin.services.public_url import name_of
from bulletin.services.site import Site
from bulletin.services.static_copy.kept_copy import Copied
from bulletin.settings import Settings
from bulletin.store import heartbeat, history
from bulletin.store.bucket import is_bucket
from bulletin.store.copies.open import normal_name

RENEWED_AFTER = timedelta(
    hours=1
)  # also when nothing happened: its front page tells as of when it is


@dataclass(frozen=True)
class KeptUpTo:
    """Up to where the last run brought a copy."""

    made_by: str
    entry: int  # of the history
    written_at: datetime
    until: datetime  # from then on it says something else by itself

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        moments = (datetime.fromisoformat(told[key]) for key in ("written_at", "until"))
        return cls(told["made_by"], told["entry"], *moments)

    def is_right(self, made_by: str, entry: int, now: datetime) -> bool:
        is_same = (self.made_by, self.entry) == (made_by, entry)
        return is_same and self.written_at <= now < min(self.until, self.written_at + RENEWED_AFTER)


def _read(note: str) -> dict[str, KeptUpTo]:
    """Of each copy by where it lies; the note of the heartbeat, so that every clock knows."""
    try:
        return {where: KeptUpTo.of(told) for where, told in json.loads(note).items()}
    except (ValueError, KeyError, TypeError, AttributeError):  # none, or of another release
        return {}


def _written(kept: Mapping[str, KeptUpTo]) -> str:
    told = {where: vars(each) for where, each in kept.items()}
    return json.dumps(told, ensure_ascii=False, default=datetime.isoformat)


def _where(settings: Settings) -> str:
    """Two machines may each have a folder of the same name; a bucket is one for all."""
    name = normal_name(settings.copy)
    return name if is_bucket(name) else f"{platform.node()}:{name}"


def acts_of_copy(settings: Settings) -> Mapping[str, Act]:
    """What the clock does for the copy, by its tick; nothing where none is to be kept.

    Raises:
        Misconfigured: the copy has no address of its own.
    """
    if not settings.copy:
        return {}
    address = (settings.copy_url or settings.public_url).rstrip("/")
    if not name_of(address):
        raise Misconfigured(
            "copy_url (BULLETIN_COPY_URL): the copy needs the address at which it is published, a name of its own "
            "such as https://gk.example.gov.cn"
        )
    return {COPY_TICK: partial(_keep, settings, address)}


def _keep(settings: Settings, address: str, site: Site, now: datetime) -> str:
    """Bring the copy up to date where anything changed, by one clock at a time."""
    made = made_by(settings, site, address, now)
    with site.sessions.reading() as session:
        entry = history.head(session).number
        kept = _read(heartbeat.note_of(session, COPY_TICK)).get(_where(settings))
    if kept is not None and kept.is_right(made, entry, now):
        _beat_for(site, settings, now, kept)
        return "is up to date"
    try:
        done = copy_site(settings, site, settings.copy, address, now)
    except Refused as refused:
        if BEING_WRITTEN in refused.codes:
            return "another process writes it"
        _beat(site, COPY_FAILED, now, "")
        raise
    except Exception as error:
        _beat(site, COPY_FAILED, now, failure_of(error) or "")
        raise
    _beat_for(site, settings, now, KeptUpTo(made, done.entry, now, done.until))
    return _words(done)


def _beat_for(site: Site, settings: Settings, now: datetime, kept: KeptUpTo) -> None:
    """Write on how far this copy is; what is known of others, on other machines, stays."""
    with site.sessions.writing() as session:
        known = _read(heartbeat.note_of(session, COPY_TICK)) | {_where(settings): kept}
        heartbeat.beat(session, COPY_TICK, now, _written(known))


def _beat(site: Site, tick: str, now: datetime, note: str) -> None:
    with site.sessions.writing() as session:
        heartbeat.beat(session, tick, now, note)


def _words(done: Copied) -> str:
    return f"wrote {done.new} new and {done.changed} changed files, deleted {done.gone}"
