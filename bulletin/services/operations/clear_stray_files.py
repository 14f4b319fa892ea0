"""Files without a record: what a crash left between the file and its row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.services.notices.redact import removed_digests
from bulletin.services.site import Site
from bulletin.store.file_references import all_digests
from bulletin.store.files.store import StoredFile

CLEARED_AFTER = timedelta(days=7)
NAMED_AFTER = timedelta(hours=1)  # until then its record may still be on the way


@dataclass(frozen=True)
class StrayFiles:
    count: int
    size: int  # bytes
    removed: int  # further ones, of which the record says that they are destroyed


def stray_files(site: Site, session: Session, now: datetime) -> StrayFiles:
    """The files that no record speaks of, once they have lain there for an hour."""
    stored = list(site.files.stored())
    stray = _stray(stored, session, now - NAMED_AFTER)
    removed = removed_digests(session) & {file.path.name for file in stored}
    return StrayFiles(len(stray), sum(file.size for file in stray), len(removed))


def clear_stray_files(site: Site, now: datetime) -> int:
    """Remove the files that no record speaks of a week after they were written; returns how many.

    A file is put before a record speaks of it, which makes it young: what is put again after the listing stays.
    A store far away takes its time, and nobody waits for it in a session.
    """
    stored = list(site.files.stored())
    with site.sessions.reading() as session:
        stray = _stray(stored, session, now - CLEARED_AFTER)
    return sum(site.files.discard(file) for file in stray)


def _stray(stored: Iterable[StoredFile], session: Session, before: datetime) -> list[StoredFile]:
    old = [file for file in stored if file.written_at < before]
    known = all_digests(session) if old else set()
    return [file for file in old if file.path.name not in known]
