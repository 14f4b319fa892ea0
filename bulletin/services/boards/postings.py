"""One posting: for whom it may be opened, its print run and its photographs."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor
from bulletin.services.access import board_for
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.postings import Posting, PrintRun, last_run


def posting_for(session: Session, actor: Actor, posting_id: int) -> Posting:
    """A posting on a board that the person may see."""
    posting = session.get(Posting, posting_id)
    if posting is None:
        raise NotFoundError("没有这条张贴记录。")
    board_for(session, actor, posting.board_id)
    return posting


def last_run_of(session: Session, edition: Edition) -> PrintRun:
    """The newest print run of an edition.

    Raises:
        Refused: it was never printed.
    """
    run = session.scalar(last_run(edition.id))
    if run is None:
        raise refuse("not_printed", "这一版还没有打印，请先打印。")
    return run


def run_of(site: Site, actor: Actor, posting_id: int) -> int:
    """The print run of the sheet that was hung."""
    with site.sessions.reading() as session:
        posting = posting_for(session, actor, posting_id)
        return posting.print_run_id or last_run_of(session, posting.edition).id


def photo_of(site: Site, actor: Actor, posting_id: int, which: str) -> bytes:
    """The photograph of hanging (`hung`) or taking off (`down`); for staff only."""
    with site.sessions.reading() as session:
        posting = posting_for(session, actor, posting_id)
        digest = posting.hung_photo if which == "hung" else posting.down_photo
        data = site.files.get(digest) if digest else None
        if data is None:
            raise NotFoundError("没有这张照片。")
        return data
