"""Packs made in the background: ordered, worked on by one process at a time, resumed, cancelled."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import BulletinError
from bulletin.domain.formats import Paper, paper_of
from bulletin.domain.people import Actor
from bulletin.services.access import PRINTING, board_for, ensure_tends_boards, village_in
from bulletin.services.boards.pack import Progress, make_pack
from bulletin.services.boards.pack_orders import SILENT_AFTER, is_idle, pack_for
from bulletin.services.boards.pack_plans import boards_to_pack, plan_boards
from bulletin.services.site import Site
from bulletin.store.packs import BoardPack, PackState, packs_of
from bulletin.store.people import Person, actor_of

ReadClock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class PackOrder:
    """What is to be bound, for whom, as of the moment at which it was asked for."""

    actor: Actor
    board_id: int | None
    village_id: int | None  # both None: every board that the person may see
    paper: Paper
    only_new: bool  # without what hangs there already
    asked_at: datetime


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


def make_ordered_pack(site: Site, pack_id: int, clock: ReadClock) -> None:
    """Make a pack, unless another process does. What was printed before a stop is not printed again."""
    worker = secrets.token_hex(8)
    order = _take(site, pack_id, worker, clock())
    if order is None:
        return

    def progress(done: int, total: int) -> bool:
        return _beat(site, pack_id, worker, done, total, clock())

    try:
        pdf = _made(site, order, progress)
    except BulletinError as refused:
        _end(site, pack_id, worker, PackState.FAILED, fault=str(refused))
    except Exception:
        _end(site, pack_id, worker, PackState.FAILED, fault="做到一半出错了，请告诉管理员。")
        raise  # a bug: it goes into the log, and is not tried for ever
    else:
        if pdf is not None:
            _end(site, pack_id, worker, PackState.DONE, pdf=pdf)


def _made(site: Site, order: PackOrder, progress: Progress) -> bytes | None:
    boards = boards_to_pack(
        site, order.actor, order.asked_at, board_id=order.board_id, village_id=order.village_id
    )
    plans = plan_boards(site, order.actor, boards, order.asked_at, only_new=order.only_new)
    return make_pack(site, order.actor, plans, order.asked_at, paper=order.paper, progress=progress)


def _take(site: Site, pack_id: int, worker: str, now: datetime) -> PackOrder | None:
    with site.sessions.writing() as session:
        pack = session.get(BoardPack, pack_id)
        if pack is None or not is_idle(pack, now):
            return None
        pack.worker, pack.beat_at = worker, now
        person = session.get_one(Person, pack.asked_by)
        actor = actor_of(session, person, village_day(now))
        return PackOrder(
            actor=actor,
            board_id=pack.board_id,
            village_id=pack.village_id,
            paper=paper_of(pack.paper),
            only_new=pack.only_new,
            asked_at=pack.asked_at,
        )


def _beat(site: Site, pack_id: int, worker: str, done: int, total: int, now: datetime) -> bool:
    """Write down how far it is; False when it was cancelled or another process took over."""
    with site.sessions.writing() as session:
        pack = session.get_one(BoardPack, pack_id)
        if pack.state is not PackState.RUNNING or pack.worker != worker:
            return False
        pack.done, pack.total, pack.beat_at = done, total, now
        return True


def _end(
    site: Site, pack_id: int, worker: str, state: PackState, *, pdf: bytes = b"", fault: str = ""
) -> None:
    """Say how it ended, unless another process has it: then no file is kept that nobody would find."""
    with site.sessions.writing() as session:
        pack = session.get_one(BoardPack, pack_id)
        if pack.state is PackState.RUNNING and pack.worker == worker:
            pack.state, pack.fault = state, fault
            pack.pdf = site.files.put(pdf) if pdf else ""


def cancel(site: Site, actor: Actor, pack_id: int) -> None:
    """Stop after the sheet that is being set. What was printed stays printed."""
    with site.sessions.writing() as session:
        pack = pack_for(session, actor, pack_id)
        if pack.state is PackState.RUNNING:
            pack.state = PackState.CANCELLED
