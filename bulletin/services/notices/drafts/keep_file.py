"""Keep a file for a day: while its person looks through it, and for another choice of its sheets afterwards."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bulletin.domain.notices.content import Document
from bulletin.domain.notices.content_serialization import clean, document_json
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.notices.drafts.brought_file import BroughtFile, brought_file
from bulletin.services.site import Site
from bulletin.store.brought import WaitingFile

MAX_WAIT = timedelta(days=1)
_MAX_NAME = 120


def await_choice(
    site: Site, actor: Actor, code: str, name: str, data: bytes, now: datetime
) -> BroughtFile:
    """Keep a file while its person looks through it; one at a time.

    Raises:
        Refused: as `brought_file`; then nothing waits.
    """
    read = brought_file(site, actor, code, name, data, now)
    keep(site, actor, code, name, data, now)
    return read


def keep(
    site: Site,
    actor: Actor,
    code: str,
    name: str,
    data: bytes,
    now: datetime,
    *,
    placed: Document | None = None,
) -> None:
    """Keep a file in place of the one that was kept.

    Args:
        placed: what of it stands in the draft already.
    """
    with site.sessions.writing() as session:
        _forget(session, actor)
        session.add(
            WaitingFile(
                person_id=actor.id,
                township_id=actor.township_id,
                notice_code=code,
                name=clean(name.replace("\\", "/").rpartition("/")[2])[-_MAX_NAME:],
                data=data,
                placed=document_json(placed)["blocks"] if placed else None,
                arrived_at=now,
            )
        )


def forget(site: Site, actor: Actor, code: str) -> None:
    """The file that waits for a draft is no longer wanted, or was used.

    Raises:
        NotFoundError: the notice is not one of the actor's.
    """
    with site.sessions.writing() as session:
        edition_for(session, actor, code)
        _forget(session, actor)


def _forget(session: Session, actor: Actor) -> None:
    session.execute(delete(WaitingFile).where(WaitingFile.person_id == actor.id))


def clear_old(site: Site, now: datetime) -> None:
    """Nobody looks through a file that came a day ago."""
    with site.sessions.writing() as session:
        session.execute(delete(WaitingFile).where(WaitingFile.arrived_at < now - MAX_WAIT))
