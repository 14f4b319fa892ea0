"""签了字的结账记录: the signed minutes come back as photos or a scan, and are kept beside the sealed table."""

from collections.abc import Sequence
from datetime import datetime

from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.oversight.registers.close_year import closing_subject
from bulletin.services.oversight.registers.closings import closing_to_read
from bulletin.services.received_file import received_file
from bulletin.services.site import Site
from bulletin.sheets.scans import PDF
from bulletin.store.year_closings import ClosingScan

MAX_SCANS = 20  # pages of one closing


def attach_minutes(
    site: Site, actor: Actor, closing_id: int, files: Sequence[tuple[str, bytes]], now: datetime
) -> int:
    """Keep pages of the signed minutes; returns how many are new.

    Args:
        files: name and content of pictures or PDFs, in the order of the pages.

    Raises:
        NotFoundError: no such closing, or none for this person.
        Refused: not a keeper, no file, too many or too large, or neither a picture nor a PDF.
    """
    ensure_keeps(actor)
    if not files:
        raise refuse("file_missing", "请先选签了字的结账记录的照片或者扫描件。")
    pages = [_page(name, data) for name, data in files]
    with site.sessions.reading() as session:  # who may not leaves no file behind
        closing_to_read(session, actor, closing_id)
    kept = {site.files.put(data): media_type for data, media_type in pages}
    with site.sessions.writing() as session:
        closing = closing_to_read(session, actor, closing_id)
        known = {each.digest for each in closing.scans}
        new = {digest: kept[digest] for digest in kept if digest not in known}
        if len(known) + len(new) > MAX_SCANS:
            raise refuse("too_many_files", f"签字页最多{MAX_SCANS}张。")
        subject = closing_subject(closing.township_id, closing.ledger, closing.year)
        for digest, media_type in new.items():
            closing.scans.append(
                ClosingScan(
                    township_id=closing.township_id,
                    digest=digest,
                    media_type=media_type,
                    added_at=now,
                    added_by=actor.id,
                )
            )
            record(session, actor, "attach_minutes", subject, now, scan=digest)
        return len(new)


def _page(name: str, data: bytes) -> tuple[bytes, str]:
    """A picture upright and without the data of its camera, or a PDF as it is; with its media type."""
    kept = received_file(name, data)
    if not kept.is_picture and kept.media_type != PDF:
        raise refuse("neither_photo_nor_pdf", "签字页要是照片或者PDF。")
    return kept.data, kept.media_type
