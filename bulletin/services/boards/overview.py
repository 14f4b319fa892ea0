"""Boards: which of them a person may see, and what has to hang there today."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import DueSheet
from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.notices.visibility import Face
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.notices.visibility import edition_shown, face_of
from bulletin.services.site import House
from bulletin.store.notice_queries import public_notices
from bulletin.store.notices import Edition
from bulletin.store.places import Board, boards_of
from bulletin.store.postings import pages_of


def board_for(session: Session, actor: Actor, board_id: int) -> Board:
    """A board that the person may see. What is none of theirs does not exist for them."""
    board = session.get(Board, board_id)
    if (
        board is None
        or board.township_id != actor.township_id
        or not actor.may_see(board.village_id)
    ):
        raise NotFoundError("没有这块公开栏，或者不在您负责的范围内。")
    return board


def ensure_liaison(actor: Actor, village_id: int | None, sentence: str) -> None:
    """Refuse, in this sentence, who does not tend the boards of the place."""
    if not actor.tends_boards_of(village_id):
        raise refuse("not_your_role", sentence)


def walk_earlier(house: House, actor: Actor, board_id: int, now: datetime) -> None:
    """Go to this board before the one that came before it. The first one stays the first.

    Raises:
        Refused: not the liaison of the place.
        NotFoundError: no such board.
    """
    with house.sessions.writing() as session:
        board = board_for(session, actor, board_id)
        ensure_liaison(actor, board.village_id, "走的先后由信息员排。")
        today = village_day(now)
        walk = list(session.scalars(boards_of(board.township_id, board.village_id, today=today)))
        place = walk.index(board) if board in walk else 0
        if place:
            walk.insert(place - 1, walk.pop(place))
            for order, each in enumerate(walk, 1):
                each.walking_order = order
            record(session, actor, "walk_earlier", f"board {board.id}", now)


def due_editions(session: Session, house: House, board: Board, now: datetime) -> list[Edition]:
    """The editions in force of the board's place, in the order of their first day."""
    today = village_day(now)
    found = [
        edition_shown(notice, now)
        for notice in session.scalars(public_notices(board.township_id, [board.village_id], now))
        if face_of(house, notice, None, now) is Face.CURRENT
    ]
    shown = [edition for edition in found if edition.opens_on and edition.opens_on <= today]
    return sorted(shown, key=lambda edition: (edition.opens_on, edition.id))


def due_sheets(session: Session, editions: Iterable[Edition]) -> list[DueSheet]:
    """The same as sheets, with the pages of the newest print run."""
    found = list(editions)
    pages = pages_of(session, [edition.id for edition in found])
    return [DueSheet(e.notice.code, e.number, pages.get(e.id)) for e in found]
