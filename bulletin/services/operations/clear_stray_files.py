"""Files without a record: what a crash left between the file and its row."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.services.site import Site
from bulletin.store.file_references import all_digests
from bulletin.store.files import StoredFile

CLEARED_AFTER = timedelta(days=7)
NAMED_AFTER = timedelta(hours=1)  # until then its record may still be on the way


@dataclass(frozen=True)
class StrayFiles:
    count: int
    size: int  # bytes


def stray_files(site: Site, session: Session, now: datetime) -> StrayFiles:
    """The files that no record speaks of, once they have lain there for an hour."""
    stray = _stray(site, session, now - NAMED_AFTER)
    return StrayFiles(len(stray), sum(file.size for file in stray))


def clear_stray_files(site: Site, now: datetime) -> int:
    """Remove the files that no record speaks of a week after they were written; returns how many.

    The writing session keeps everybody else from adding a record meanwhile.
    """
    with site.sessions.writing() as session:
        stray = _stray(site, session, now - CLEARED_AFTER)
        return sum(site.files.discard(file) for file in stray)


def _stray(site: Site, session: Session, before: datetime) -> list[StoredFile]:
    old = [file for file in site.files.stored() if file.written_at < before]
    known = all_digests(session) if old else set()
    return [file for file in old if file.path.name not in known]
