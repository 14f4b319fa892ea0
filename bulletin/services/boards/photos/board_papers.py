"""What is known of the papers that photographs of a board show: where they hang by record, how many pages they have."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bulletin.domain.codes import EditionKey
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board
from bulletin.store.postings import hanging_on
from bulletin.store.print_runs import pages_of


def likely_among(
    session: Session, boards: Iterable[Board], notices: Iterable[Notice]
) -> Board | None:
    """The board on which most of some notices hang by record, of equal ones the first; None: there is no board."""
    ids = {notice.id for notice in notices}

    def hanging(board: Board) -> int:
        return sum(p.edition.notice_id in ids for p in session.scalars(hanging_on(board.id)))

    return max(boards, key=hanging, default=None)


def page_counts(session: Session, notices: Iterable[Notice]) -> dict[EditionKey, int]:
    """How many pages the newest print run of each edition has that was ever printed."""
    editions: list[Edition] = [e for notice in notices for e in notice.editions]
    pages = pages_of(session, [edition.id for edition in editions])
    return {e.key: pages[e.id] for e in editions if e.id in pages}
