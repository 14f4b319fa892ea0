"""A catalog file that waits, as it was read, until its person has looked through it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from bulletin.domain.catalog.rows import file_json, read_file
from bulletin.domain.digests import canonical
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_administrator
from bulletin.services.catalog.import_file import (
    CatalogUpload,
    compare_import,
    ensure_clean,
    read_upload,
)
from bulletin.services.site import Site
from bulletin.store.catalogs import ProposedImport

MAX_PROPOSAL_AGE = timedelta(days=1)


@dataclass(frozen=True)
class Proposal:
    """A file that waits until its person confirms it."""

    village_id: int | None
    upload: CatalogUpload


def propose(
    site: Site, actor: Actor, village_id: int | None, upload: CatalogUpload, now: datetime
) -> None:
    """Keep a file while its person looks through it; one at a time, for a day.

    Raises:
        Refused: the file names somebody's numbers.
    """
    ensure_administrator(actor)
    comparison = compare_import(site, actor, village_id, upload)
    with site.sessions.writing() as session:
        ensure_clean(session, actor, comparison)
        session.execute(
            delete(ProposedImport).where(
                (ProposedImport.person_id == actor.id)
                | (ProposedImport.proposed_at < now - MAX_PROPOSAL_AGE)
            )
        )
        session.add(
            ProposedImport(
                person_id=actor.id,
                township_id=actor.township_id,
                village_id=village_id,
                file_name=upload.name,
                content=canonical({"digest": upload.digest, "file": file_json(upload.file)}),
                proposed_at=now,
            )
        )


def proposal(site: Site, actor: Actor) -> Proposal | None:
    """The file that a person is looking through; None when there is none."""
    with site.sessions.reading() as session:
        row = session.get(ProposedImport, actor.id)
        return Proposal(row.village_id, _stored_upload(row)) if row else None


def _stored_upload(row: ProposedImport) -> CatalogUpload:
    try:
        stored = json.loads(row.content)
    except ValueError:  # the file itself, proposed under an earlier release in the last day
        return read_upload(row.content, row.file_name)
    return CatalogUpload(row.file_name, stored["digest"], read_file(stored["file"]))


def withdraw_proposal(site: Site, actor: Actor) -> None:
    """不导入了: the file is forgotten, and nothing else has changed."""
    with site.sessions.writing() as session:
        session.execute(delete(ProposedImport).where(ProposedImport.person_id == actor.id))
