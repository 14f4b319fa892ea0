"""The clock's tick that keeps the plain-file copy of the public site up to date."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from bulletin.clock.jobs import ELSEWHERE, Act
from bulletin.copy_reader import BEING_WRITTEN, copy_site, made_by
from bulletin.domain.errors import Misconfigured, Refused
from bulletin.domain.ticks import COPY_TICK
from bulletin.services.machine_keys import this_machine
from bulletin.services.operations.failures import failure_of
from bulletin.services.public_url import name_of
from bulletin.services.site import Site
from bulletin.services.static_copy.kept_copy import Copied
from bulletin.settings import Settings
from bulletin.store import history
from bulletin.store.bucket import is_bucket
from bulletin.store.copies import notes
from bulletin.store.copies.notes import KeptUpTo
from bulletin.store.copies.open import normal_name


def _where(settings: Settings) -> str:
    """Two machines may each have a folder of the same name; a bucket is one for all."""
    name = normal_name(settings.copy)
    return name if is_bucket(name) else f"{this_machine()}:{name}"


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
        kept = notes.kept_copies(session).get(_where(settings))
    if kept is not None and kept.is_right(made, entry, now):
        _note_kept(site, settings, replace(kept, right_at=now), now)
        return "is up to date"
    try:
        done = copy_site(settings, site, settings.copy, address, now)
    except Refused as refused:
        if BEING_WRITTEN in refused.codes:
            return ELSEWHERE
        _note_failed(site, settings, "", now)
        raise
    except Exception as error:
        _note_failed(site, settings, failure_of(error) or "", now)
        raise
    kept = KeptUpTo(made_by=made, entry=done.entry, written_at=now, until=done.until, right_at=now)
    _note_kept(site, settings, kept, now)
    return _words(done)


def _note_kept(site: Site, settings: Settings, kept: KeptUpTo, now: datetime) -> None:
    with site.sessions.writing() as session:
        notes.note_kept(session, _where(settings), kept, now, machine=this_machine())


def _note_failed(site: Site, settings: Settings, fault: str, now: datetime) -> None:
    with site.sessions.writing() as session:
        notes.note_failed(session, _where(settings), fault, now)


def _words(done: Copied) -> str:
    return f"wrote {done.new} new and {done.changed} changed files, deleted {done.gone}"
