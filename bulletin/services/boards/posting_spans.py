"""From when to when a paper hung by its record, and which older ones it took the place of."""

from sqlalchemy.orm import Session

from bulletin.domain.boards.posting_rules import (
    HangingSpan,
)
from bulletin.store.posting_corrections import corrections_of_board
from bulletin.store.postings import (
    Posting,
    postings_of,
)


def span_of(posting: Posting) -> HangingSpan:
    return HangingSpan(posting.board_id, posting.hung_on, posting.down_on)


def replaced_by(session: Session, posting: Posting) -> list[Posting]:
    """The older papers that are recorded as taken off because this one took their place."""
    moments = {posting.hung_at} | {
        correction.corrected_at
        for correction in session.scalars(corrections_of_board(posting.board_id))
        if correction.posting_id == posting.id
    }
    return [
        other
        for other in session.scalars(postings_of(posting.board_id))
        if other.edition.notice_id == posting.edition.notice_id
        and other.edition.number < posting.edition.number
        and other.down_at in moments
        and other.down_photo is None
    ]
