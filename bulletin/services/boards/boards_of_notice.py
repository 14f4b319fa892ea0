"""On which boards a notice has to hang: those of its place, also where its village is no more."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.places import Board, boards_of


def carrying_boards(session: Session, edition: Edition, today: date) -> list[Board]:
    """The boards in use on which an edition has to hang, in walking order."""
    boards = boards_of(edition.township_id, edition.notice.board_village_id, today=today)
    opens_on = edition.opens_on or today
    return [
        board for board in session.scalars(boards) if board.carries(edition.village_id, opens_on)
    ]


def board_ids_for(site: Site, actor: Actor, code: str, number: int, now: datetime) -> set[int]:
    """The same by id, for the form that records a hanging.

    Args:
        number: of the edition.
    """
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        edition = next(each for each in notice.editions if each.number == number)
        return {board.id for board in carrying_boards(session, edition, village_day(now))}
