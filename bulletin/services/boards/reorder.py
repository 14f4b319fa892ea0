"""The order in which a liaison goes round the boards."""

from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.services.access import board_for, ensure_tends_boards
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.places import boards_of


def visit_earlier(site: Site, actor: Actor, board_id: int, now: datetime) -> None:
    """Go to this board before the one that came before it. The first one stays the first.

    Raises:
        Refused: not the liaison of the place.
        NotFoundError: no such board.
    """
    with site.sessions.writing() as session:
        board = board_for(session, actor, board_id)
        ensure_tends_boards(actor, board.village_id, "走的先后由信息员排。")
        today = village_day(now)
        walk = list(session.scalars(boards_of(board.township_id, board.village_id, today=today)))
        place = walk.index(board) if board in walk else 0
        if place:
            walk.insert(place - 1, walk.pop(place))
            for order, other in enumerate(walk, 1):
                other.walking_order = order
            record(session, actor, "walk_earlier", f"board {board.id}", now)
