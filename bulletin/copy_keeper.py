"""The clock's tick that keeps the plain-file copy of the public site up to date."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Self

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

RENEWED_AFTER = timedelta(
    hours=1
)  # also when nothing happened: its front page tells as of when it is


@dataclass(frozen=True)
class KeptUpTo:
    """Up to where the last run brought the copy; the note of its heartbeat, so that every clock knows."""

    made_by: str
    entry: int  # of the history
    written_at: datetime
    until: datetime  # from then on it says something else by itself

    @classmethod
    def read(cls, note: str) -> Self | None:
        try:
            told = json.loads(note)
            moments = (datetime.fromisoformat(told[key]) for key in ("written_at", "until"))
            return cls(told["made_by"], told["entry"], *moments)
        except (ValueError, KeyError, TypeError):  # none, or of another release
            return None

    def written(self) -> str:
        return json.dumps(vars(self), default=datetime.isoformat)

    def is_right(self, made_by: str, entry: int, now: datetime) -> bool:
        is_same = (self.made_by, self.entry) == (made_by, entry)
        return is_same and self.written_at <= now < min(self.until, self.written_at + RENEWED_AFTER)


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
        known = KeptUpTo.read(heartbeat.note_of(session, COPY_TICK))
    if known is not None and known.is_right(made, entry, now):
        _beat(site, COPY_TICK, now, known.written())
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
    _beat(site, COPY_TICK, now, KeptUpTo(made, done.entry, now, done.until).written())
    return _words(done)


def _beat(site: Site, tick: str, now: datetime, note: str) -> None:
    with site.sessions.writing() as session:
        heartbeat.beat(session, tick, now, note)


def _words(done: Copied) -> str:
    return f"wrote {done.new} new and {done.changed} changed files, deleted {done.gone}"
