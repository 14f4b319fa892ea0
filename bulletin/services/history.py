"""History: every act writes one line, in the transaction of the act."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, instant_words, village_day
from bulletin.domain.errors import refuse
from bulletin.domain.history import ChainEntry, Checkpoint, entry_hash
from bulletin.domain.languages.sentences import Sentence, say
from bulletin.domain.people import Actor
from bulletin.domain.ticks import IN_FLIGHT
from bulletin.store import history, history_subtrees
from bulletin.store.places import Township

_LATEST = "moment of the last entry"  # kept with a session that asked


def record(
    session: Session, actor: Actor, act: str, subject: str, now: datetime, **facts: Any
) -> None:
    """Append one entry. Facts are codes, counts, days and fingerprints; never content.

    Raises:
        Refused: the township moved to another house; the act is done there.
    """
    refuse_moved(session, actor.township_id)
    session.flush()  # what the entry records is written before it
    keep_entry(session, actor, next_entry(session, actor, act, subject, now, **facts))


def next_entry(
    session: Session, actor: Actor, act: str, subject: str, now: datetime, **facts: Any
) -> ChainEntry:
    """The entry that an act would write now; nothing is written yet."""
    head = history.head(session)
    content: dict[str, Any] = {
        "number": head.number + 1,
        "at": now,
        "actor_id": actor.id,
        "actor": actor.name,
        "act": act,
        "subject": subject,
        "facts": facts,
        "previous": head.hash,
    }
    return ChainEntry(**content, hash=entry_hash(**content))


def keep_entry(session: Session, actor: Actor, entry: ChainEntry) -> None:
    """Write down the next entry of the chain."""
    history.append(session, actor.township_id or None, history.head(session), entry)
    history_subtrees.complete(session, entry.number)


def refuse_moved(session: Session, township_id: int) -> None:
    """In a house that a township left, nothing is done for it any more.

    Raises:
        Refused: says where it went.
    """
    township = session.get(Township, township_id) if township_id else None
    if township is not None and township.moved_at is not None:
        raise refuse(
            "township_moved", moved_words(township.name, township.moved_at, township.moved_to)
        )


def moved_words(name: str, moved_at: datetime, address: str) -> Sentence:
    """Where a township went, for people who look for it in its old house.

    Args:
        address: of the new one; '' when none was named.
    """
    day = day_words(village_day(moved_at))
    if not address:
        return say(
            "%(name)s的村务公开已于%(day)s迁到别处，新的网址请问村民委员会或乡镇政府。",
            name=name,
            day=day,
        )
    return say(
        "%(name)s的村务公开已于%(day)s迁到%(where)s，请到那里办理，这里只留着以前的记录。",
        name=name,
        day=day,
        where=address,
    )


def checkpoint(session: Session) -> Checkpoint | None:
    """The head of the chain, as sheets print it; None before the first entry."""
    head = history.head(session)
    return None if head.at is None else Checkpoint(head.number, head.at, head.hash)


def latest_moment(session: Session, now: datetime) -> datetime:
    """The later of the clock and the last entry: what a list closed by stays closed.

    A clock that was set back must not open a list of people again. Asked once in a session.
    """
    if _LATEST not in session.info:
        session.info[_LATEST] = history.head(session).at
    last = session.info[_LATEST]
    return now if last is None else max(now, last)


def clock_fault(session: Session, now: datetime) -> str:
    """A sentence when this machine's clock is earlier than the last entry, else ''.

    Nothing is published by a clock that runs behind its own history.
    """
    last = history.head(session).at
    if last is None or last <= now + IN_FLIGHT:
        return ""
    return (
        f"网站那台电脑的时间（{instant_words(now)}）比最后一条记录（{instant_words(last)}）还早，"
        "请校准电脑时间，校准前不发布。如果现在的时间是对的、当时快了，请管理那台电脑的人运行 "
        "bulletin correct-clock。"
    )


def refuse_wrong_clock(session: Session, now: datetime) -> None:
    """Nothing is published while this machine's clock is behind the history.

    Raises:
        Refused: names the clock's moment, and the remedy.
    """
    if fault := clock_fault(session, now):
        raise refuse("clock_behind_history", fault)
