"""The new house takes them in: its tables, their rows and their history, all of it checked before it stays."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from bulletin.domain.errors import Misconfigured
from bulletin.domain.history import ChainEntry
from bulletin.domain.people import OPERATOR, Actor, SystemActor
from bulletin.services.history import keep_entry, record
from bulletin.services.operations.move.newcomers import newcomers, same_prefixes
from bulletin.services.operations.move.order import FilesToMove, MoveOrder, MoveResult
from bulletin.services.operations.move.own_entries import entries_brought
from bulletin.services.operations.verify import VerifyResult, verify_newcomers, verify_within
from bulletin.services.site import Site
from bulletin.store import schema
from bulletin.store.former_histories import FormerHistory, bring
from bulletin.store.moved_rows import Newcomers, carry_over
from bulletin.store.places import Township

MOVE_IN = "move_in"
NO_FILES = FilesToMove(digests=(), size=0, missing=())
MAX_NAMED = 10  # faults on the screen


@dataclass(frozen=True, kw_only=True)
class Newcoming:
    """Who comes, and what the old house says of them."""

    townships: tuple[Township, ...]  # as rows of the old house
    one: int | None  # the id there of the one that leaves others behind; None: everybody comes
    actor: Actor  # who said farewell
    subject: str
    farewell: ChainEntry  # the last entry of the old history
    origin: str  # whose history it is, as its checkpoints name it
    keys: str  # the public ones of its checkpoints


def receive(
    connection: Connection,
    session: Session,
    target: Site,
    newcoming: Newcoming,
    order: MoveOrder,
    now: datetime,
) -> MoveResult:
    """Write all of it in the transaction of the new house, and check it there.

    Args:
        session: of the old house.

    Raises:
        Misconfigured: what is in the way, or what is not sound.
    """
    if schema.revision_within(connection) is None:
        schema.upgrade_within(connection, "head")
    with target.sessions.within(connection) as new:
        who = newcomers(session, new, newcoming.townships, newcoming.one, order)
        prefixes = same_prefixes(session, new, who)
        rows = carry_over(session, new, who)
        if who.are_whole_house:
            keep_entry(new, newcoming.actor, newcoming.farewell)  # the chain itself goes on
        else:
            _bring_history(session, new, newcoming, who, now)
        _record_arrival(new, newcoming, who, now)
    with target.sessions.within(connection) as new:
        verdict = _verified(new, target, newcoming, who)
    return MoveResult(
        townships=tuple(each.name for each in newcoming.townships),
        rows=rows,
        is_whole_house=who.are_whole_house,
        entries=newcoming.farewell.number,
        shift=who.shift,
        files=NO_FILES,
        verdict=verdict,
        logins=dict(who.logins),
        same_prefixes=prefixes,
    )


def _bring_history(
    session: Session, new: Session, newcoming: Newcoming, who: Newcomers, now: datetime
) -> None:
    township = newcoming.townships[0]
    former = FormerHistory(
        township_id=township.id + who.shift,
        origin=newcoming.origin,
        entries=newcoming.farewell.number,
        head=newcoming.farewell.hash,
        shift=who.shift,
        keys=newcoming.keys,
        moved_at=now,
    )
    bring(new, former, entries_brought(session, township, newcoming.farewell))


def _record_arrival(new: Session, newcoming: Newcoming, who: Newcomers, now: datetime) -> None:
    actor = newcoming.actor
    if actor.township_id:
        actor = SystemActor(OPERATOR.name, actor.township_id + who.shift)
    came = {
        "origin": newcoming.origin,
        "entries": newcoming.farewell.number,
        "head": newcoming.farewell.hash,
    }
    record(new, actor, MOVE_IN, newcoming.subject, now, **came)


def _verified(new: Session, target: Site, newcoming: Newcoming, who: Newcomers) -> VerifyResult:
    if who.are_whole_house:
        verdict = verify_within(new, target)
    else:
        verdict = verify_newcomers(new, target, newcoming.townships[0].id + who.shift)
    if not verdict.sound:
        faults = [f"{each.what}: {each.how}" for each in verdict.altered]
        raise Misconfigured(
            f"what came is not sound, and nothing of it was kept ({len(faults)} faults): "
            f"{'; '.join(faults[:MAX_NAMED])}. `bulletin verify` says whether it was so in the old house"
        )
    return verdict
