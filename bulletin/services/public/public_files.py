"""The files that residents may open: attachments and pictures of a notice, and its paper."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.formats import with_ending
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.printing.sheet_facts import sheet_facts
from bulletin.services.public.notice_page import _names
from bulletin.services.site import Site
from bulletin.store import notice_queries
from bulletin.store.files.store import sound
from bulletin.store.notices import Edition
from bulletin.store.print_runs import is_outdated, last_run


def readable_edition(site: Site, session: Session, code: str, now: datetime) -> Edition | None:
    """The edition in force of a code, while its content may be read."""
    notice = notice_queries.notice_by_code(session, code)
    return NoticeView(site, notice, now).readable_edition if notice else None


@dataclass(frozen=True)
class PublicFile:
    """What a resident opens beside the page."""

    name: str  # with its ending
    media_type: str
    data: bytes
    personal: bool  # of a list of people: search engines must not keep it


def public_file(site: Site, code: str, digest: str, now: datetime) -> PublicFile | None:
    """A picture or attachment of the edition in force, while its content may be read."""
    with site.sessions.reading() as session:
        edition = readable_edition(site, session, code, now)
        if edition is None:
            return None
        document = edition_document(edition)
        match = next((f for f in edition.files if f.digest == digest), None)
        data = site.files.get(digest) if match and digest in document.files else None
        if match is None or data is None:
            return None
        name = with_ending(_names(document).get(digest, match.name), match.media_type)
        return PublicFile(name, match.media_type, data, edition.notice.personal)


def public_sheet(site: Site, code: str, now: datetime) -> PublicFile | None:
    """The paper of the edition in force, while its content may be read."""
    with site.sessions.reading() as session:
        edition = readable_edition(site, session, code, now)
        if edition is None:
            return None
        run = session.scalar(last_run(edition.id))
        pdf = sound(site.files, run.pdf) if run else None
        if run is None or pdf is None or is_outdated(run, edition):
            pdf = site.composer.compose(sheet_facts(session, site, edition, now)).pdf
        name = f"{edition.notice.register_name}.pdf"
        return PublicFile(name, "application/pdf", pdf, edition.notice.personal)
