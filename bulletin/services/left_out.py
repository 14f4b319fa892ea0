"""Who was left out of the clock's rounds, noted beside its heartbeats for whoever asks what is wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bulletin.domain.errors import BulletinError
from bulletin.domain.ticks import TICK_NAMES
from bulletin.services.site import Site
from bulletin.store import heartbeat
from bulletin.store.duties import Duty
from bulletin.store.heartbeat import Heartbeat
from bulletin.store.notices import Edition
from bulletin.store.places import Township, Village

TOLD_FOR = timedelta(days=1)  # also when the next round had no trouble: somebody may still look
MAX_NAMED = 20  # of one tick
_ROW = "left out of {}"  # beside the heartbeat of the tick
_KINDS = {"township": Township, "village": Village, "edition": Edition, "duty": Duty}
_WORDS = {  # what is nobody's but the one person's whom it is about: without a name
    "message": "提醒",
    "person": "给一个人的提醒",
    "subscriber": "订阅的读者",
    "request": "依申请公开",
    "notice": "公开件",
}


@dataclass(frozen=True)
class LeftOut:
    """One who had no success in the newest round in which somebody had none."""

    tick: str
    at: datetime
    whose: str  # as people name it
    why: str
    township_id: int | None  # None: of the house, or nobody's in particular


def note_left_out(site: Site, tick: str, failures: Mapping[str, Exception], now: datetime) -> None:
    """In place of what was noted of this tick before."""
    told = {whose: _why(fault) for whose, fault in list(failures.items())[:MAX_NAMED]}
    with site.sessions.writing() as session:
        heartbeat.beat(session, _ROW.format(tick), now, json.dumps(told, ensure_ascii=False))


def forget_left_out(site: Site, tick: str, now: datetime) -> None:
    """The tick ran without trouble: what is a day old is told no longer."""
    with site.sessions.reading() as session:
        at = heartbeat.beat_of(session, _ROW.format(tick))
    if at is None or now - at < TOLD_FOR:
        return
    with site.sessions.writing() as session:
        session.execute(delete(Heartbeat).where(Heartbeat.tick == _ROW.format(tick)))


def left_out_of(session: Session, township_id: int) -> tuple[str, ...]:
    """By name, of a township and of the house; each once."""
    whose = (each.whose for each in left_out(session) if each.township_id in {None, township_id})
    return tuple(dict.fromkeys(whose))


def left_out(session: Session) -> list[LeftOut]:
    """Who was left out of each tick, lately."""
    rows = {_ROW.format(tick): tick for tick in TICK_NAMES}
    noted = session.scalars(select(Heartbeat).where(Heartbeat.tick.in_(rows)))
    return [
        LeftOut(rows[row.tick], row.at, name, why, township_id)
        for row in noted
        for whose, why in json.loads(row.note).items()
        for name, township_id in (_named(session, whose),)
    ]


def _why(fault: Exception) -> str:
    """No more than the kind, where it is an error of ours: its text may hold what people wrote."""
    return str(fault) if isinstance(fault, BulletinError) else type(fault).__name__


def _named(session: Session, whose: str) -> tuple[str, int | None]:
    """Its name, and the township that it is of."""
    kind, _, number = whose.partition(" ")
    row = session.get(_KINDS[kind], int(number)) if kind in _KINDS else None
    if isinstance(row, Township):
        return row.name, row.id
    if isinstance(row, Village):
        return f"{row.township.name}{row.name}", row.township_id
    if isinstance(row, Edition):
        return f"{row.notice.code}.{row.number}", row.township_id
    if isinstance(row, Duty):
        return f"{row.label or row.item_code}（{row.id}）", row.township_id
    return f"{_WORDS[kind]}{number}" if kind in _WORDS else whose, None
