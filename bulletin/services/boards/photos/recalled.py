"""Photographs of recalled papers: whose eyes they are for, and who may settle them."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.boards.photos.photos_seen import PhotoSeen, photos_seen
from bulletin.services.notices.redact import may_redact
from bulletin.services.site import Site
from bulletin.sheets.photos import shrunk

ON_PAGE = 1000  # px


def unsettled(session: Session, township_id: int) -> set[str]:
    """The photographs that show a recalled paper, or may, and that nobody settled: for nobody's eyes but theirs."""
    return {photo.digest for photo in photos_seen(session, township_id) if photo.is_open}


def may_settle(session: Session, actor: Actor, photo: PhotoSeen) -> bool:
    """Who may remove the words, and who tends the board."""
    if actor.is_system or actor.tends_boards_of(photo.village_id):
        return True
    try:
        return may_redact(actor, notice_for(session, actor, photo.code))
    except NotFoundError:
        return False


def recalled(site: Site, actor: Actor, code: str | None = None) -> list[PhotoSeen]:
    """The photographs of recalled papers that the person may settle, of one notice or of all.

    Raises:
        NotFoundError: there is none, and the notice is none of this person's either.
    """
    with site.sessions.reading() as session:
        photos = photos_seen(session, actor.township_id, code)
        own = [photo for photo in photos if may_settle(session, actor, photo)]
        if code is not None and not own:
            notice_for(session, actor, code)
        return own


def recalled_photo(site: Site, actor: Actor, code: str, digest: str) -> PhotoSeen:
    """One of them.

    Raises:
        NotFoundError: it shows no recalled paper, or is none of this person's.
    """
    for photo in recalled(site, actor, code):
        if photo.digest == digest:
            return photo
    raise NotFoundError("没有这张照片，或者已经换成遮住的一张了。")


def recalled_picture(site: Site, actor: Actor, code: str, digest: str) -> bytes:
    """The photograph as the page shows it (JPEG)."""
    data = site.files.get(recalled_photo(site, actor, code, digest).digest)
    if data is None:
        raise NotFoundError("没有这张照片。")
    return shrunk(data, ON_PAGE)
