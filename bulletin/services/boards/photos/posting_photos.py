"""The photographs of a posting when its record is put right: which stay, which are replaced or dropped."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bulletin.domain.boards.posting_rules import HangingSpan
from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.services.boards.photos.kept_photos import kept_photo
from bulletin.services.site import Site
from bulletin.store.postings import Posting
from bulletin.store.receipts import receipts_of_postings


@dataclass(frozen=True, kw_only=True)
class NewPhotos:
    """What becomes of the photographs of a posting; those that are not named stay."""

    hung: bytes | None = None  # instead of the one of hanging
    down: bytes | None = None  # instead of the one of taking off
    drops_hung: bool = False  # it shows something else, and there is no better one
    drops_down: bool = False


@dataclass(frozen=True)
class PostingPhotos:
    """The photographs of a posting as it will be, by SHA-256."""

    hung: str | None
    down: str | None


THE_SAME = NewPhotos()
NONE = PostingPhotos(None, None)


def kept_photos(site: Site, photos: NewPhotos) -> PostingPhotos:
    """The new photographs in the store; they take their time, so before the transaction."""
    return PostingPhotos(kept_photo(site, photos.hung), kept_photo(site, photos.down))


def photos_of(posting: Posting) -> PostingPhotos:
    return PostingPhotos(posting.hung_photo, posting.down_photo)


def new_photos(
    posting: Posting, after: HangingSpan, photos: NewPhotos, fresh: PostingPhotos
) -> PostingPhotos:
    hung = fresh.hung or (None if photos.drops_hung else posting.hung_photo)
    down = fresh.down or (None if photos.drops_down else posting.down_photo)
    if fresh.down and after.down_on is None:
        raise refuse(
            "down_photo_while_up", "还贴着的纸没有取下的照片：请写哪天取下的，或者不选照片。"
        )
    return PostingPhotos(hung, down)


def photos_after(
    session: Session, posting: Posting, after: HangingSpan, put_right: PostingPhotos | None
) -> PostingPhotos:
    """The photographs that a corrected record has.

    Args:
        put_right: as the person said; None: those that still prove something stay.
    """
    hung = _photo_that_stays(session, posting, after)
    if put_right is not None and put_right.hung != posting.hung_photo:
        hung = put_right.hung
    down = (put_right or photos_of(posting)).down if after.down_on else None
    return PostingPhotos(hung, down)


def _photo_that_stays(session: Session, posting: Posting, after: HangingSpan) -> str | None:
    """A photograph of another board, or of a day before it hung, proves nothing any more."""
    elsewhere = {
        receipt.photo.digest
        for receipt in receipts_of_postings(session, [posting.id]).get(posting.id, [])
        if receipt.visit.board_id != after.board_id
        or village_day(receipt.visit.received_at) < after.hung_on
    }
    return None if posting.hung_photo in elsewhere else posting.hung_photo
