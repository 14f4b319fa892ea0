"""验内容: what a fingerprint was taken of, so that anyone can take it again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.notices.fingerprint import fingerprinted_bytes
from bulletin.services.fingerprint import fingerprinted
from bulletin.services.public.page_values import PlaceLink
from bulletin.services.public.public_files import readable_edition
from bulletin.services.site import Site
from bulletin.store.asked_once import asked_once


@dataclass(frozen=True)
class ContentCheck:
    """The page that checks another one, and the file that it is checked by."""

    code: str
    title: str
    place: PlaceLink
    edition: int
    sha256: str  # hexadecimal; the fingerprint is its beginning in other letters
    content: bytes  # canonical JSON, UTF-8
    personal: bool


def content_check(site: Site, code: str, now: datetime) -> ContentCheck | None:
    """Of the edition in force, while its content may be read."""
    with site.sessions.reading() as session:
        return _check(session, site, code, now)


@asked_once
def _check(session: Session, site: Site, code: str, now: datetime) -> ContentCheck | None:
    edition = readable_edition(site, session, code, now)
    if edition is None:
        return None
    notice = edition.notice
    place = notice.village or notice.township
    return ContentCheck(
        code=notice.code,
        title=edition.title,
        place=PlaceLink(place.name, place.code),
        edition=edition.number,
        sha256=edition.fingerprint or "",
        content=fingerprinted_bytes(fingerprinted(edition)),
        personal=notice.personal,
    )
