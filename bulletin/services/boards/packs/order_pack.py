"""Packs made in the background: ordered and cancelled; see `work_on_pack.py`."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.formats import Paper
from bulletin.domain.people import Actor
from bulletin.services.access import PRINTING, board_for, ensure_tends_boards, village_in
from bulletin.services.boards.packs.pack_orders import pack_for
from bulletin.services.long_jobs.silence import SILENT_AFTER
from bulletin.services.site import Site
from bulletin.store.packs import BoardPack, PackState, packs_of


def order_pack(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    board_id: int | None = None,
    village_id: int | None = None,
    paper: Paper = "a4",
    only_new: bool = True,
) -> int:
    """Order a pack of one board, of a village's boards, or of all that the person may see.

    Returns:
        Its id. The same order of the same person that is still running is that one.
    """
    with site.sessions.writing() as session:
        village_id = _ensure_may_order(session, actor, board_id, village_id)
        pack = BoardPack(
            township_id=actor.township_id,
            board_id=board_id,
            village_id=village_id,
            paper=paper,
            only_new=only_new,
            asked_at=now,
            asked_by=actor.id,
            state=PackState.RUNNING,
            done=0,
            total=0,
            worker="",
            beat_at=now - 2 * SILENT_AFTER,
            pdf="",
            fault="",
        )
        running = _running_like(session, actor, pack)
        if running is not None:
            return running.id
        session.add(pack)
        session.flush()
        return pack.id


def _ensure_may_order(
    session: Session, actor: Actor, board_id: int | None, village_id: int | None
) -> int | None:
    """The village of the board or the boards; None for the township's own, and for all."""
    if board_id is not None:
        village_id = board_for(session, actor, board_id).village_id
    elif village_id is not None:
        village_in(session, actor, village_id)
    if board_id is not None or village_id is not None or actor.is_of_township:
        ensure_tends_boards(actor, village_id, PRINTING)
    return village_id


def _running_like(session: Session, actor: Actor, new: BoardPack) -> BoardPack | None:
    """The same order of the same person that is still running."""
    for pack in session.scalars(packs_of(actor.id or 0)):
        if pack.state is PackState.RUNNING and _asked_for(pack) == _asked_for(new):
            return pack
    return None


def _asked_for(pack: BoardPack) -> tuple[int | None, int | None, str, bool]:
    return pack.board_id, pack.village_id, pack.paper, pack.only_new


def cancel(site: Site, actor: Actor, pack_id: int) -> None:
    """Stop after the sheet that is being set. What was printed stays printed."""
    with site.sessions.writing() as session:
        pack = pack_for(session, actor, pack_id)
        if pack.state is PackState.RUNNING:
            pack.state = PackState.CANCELLED
