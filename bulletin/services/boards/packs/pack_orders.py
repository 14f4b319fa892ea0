"""Packs that were ordered: how far each is, and its file."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.long_jobs.silence import is_silent
from bulletin.services.site import Site
from bulletin.store.packs import BoardPack, PackState, packs_of
from bulletin.store.places import Board, Village


@dataclass(frozen=True, kw_only=True)
class PackLine:
    """How far one's pack is."""

    id: int
    place: str  # 张家村 村委会门口公开栏; 张家村各公开栏; 全乡各公开栏
    paper: str
    only_new: bool
    asked_at: datetime
    state: PackState
    done: int
    total: int
    fault: str
    idle: bool  # running by record, and nobody works on it

    @property
    def is_running(self) -> bool:
        return self.state is PackState.RUNNING


def pack_line(site: Site, actor: Actor, pack_id: int, now: datetime) -> PackLine:
    """One's own pack."""
    with site.sessions.reading() as session:
        return _line(session, pack_for(session, actor, pack_id), now)


def pack_lines(site: Site, actor: Actor, now: datetime) -> list[PackLine]:
    """One's own packs, the newest first."""
    with site.sessions.reading() as session:
        return [_line(session, pack, now) for pack in session.scalars(packs_of(actor.id or 0))]


def pack_pdf(site: Site, actor: Actor, pack_id: int) -> tuple[str, bytes]:
    """The name of the file and the PDF."""
    with site.sessions.reading() as session:
        pack = pack_for(session, actor, pack_id)
        data = site.files.get(pack.pdf) if pack.state is PackState.DONE else None
        if data is None:
            raise NotFoundError("这份打印包还没有做好。")
        day = village_day(pack.asked_at)
        return f"{_place(session, pack)}-{day.isoformat()}-{pack.paper.upper()}.pdf", data


def pack_for(session: Session, actor: Actor, pack_id: int) -> BoardPack:
    """One's own pack; another person's does not exist."""
    pack = session.get(BoardPack, pack_id)
    if pack is None or pack.asked_by != actor.id:
        raise NotFoundError("没有这份打印包。")
    return pack


def _line(session: Session, pack: BoardPack, now: datetime) -> PackLine:
    return PackLine(
        id=pack.id,
        place=_place(session, pack),
        paper=pack.paper,
        only_new=pack.only_new,
        asked_at=pack.asked_at,
        state=pack.state,
        done=pack.done,
        total=pack.total,
        fault=pack.fault,
        idle=is_idle(pack, now),
    )


def _place(session: Session, pack: BoardPack) -> str:
    village = session.get_one(Village, pack.village_id).name if pack.village_id else ""
    if pack.board_id is not None:
        return f"{village or '乡镇'}{session.get_one(Board, pack.board_id).name}"
    return f"{village or '全部'}公开栏"


def is_idle(pack: BoardPack, now: datetime) -> bool:
    """Whether nobody works on a pack that was begun; a beat from the future is none."""
    return pack.state is PackState.RUNNING and is_silent(pack.beat_at, now)
