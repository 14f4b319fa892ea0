"""迁移: a township moves to another house, or a whole house does, with rows, files and history.

The old house holds its one writer until the new one is written and checked: nothing done meanwhile is lost. The new
one commits first; cut off between the two, the old one lives on, and `close_old_house.py` says how to go on.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import Misconfigured
from bulletin.domain.history import ChainEntry
from bulletin.domain.people import NO_TOWNSHIP, OPERATOR, Actor, SystemActor
from bulletin.services.history import keep_entry, next_entry, refuse_moved
from bulletin.services.one_by_one import one_by_one
from bulletin.services.operations.move import close_old_house
from bulletin.services.operations.move.files import copy_files
from bulletin.services.operations.move.order import MoveOrder, MoveResult
from bulletin.services.operations.move.receive import Newcoming, receive
from bulletin.services.site import Site
from bulletin.services.subscriptions.write_letters import gather_news
from bulletin.services.transparency.checkpoint import origin
from bulletin.store import schema
from bulletin.store.places import Township, moved_townships, township_by_code, townships

MOVE_OUT = "move_out"


@dataclass(frozen=True)
class _Leaving:
    """Who leaves the old house."""

    townships: list[Township]
    one: int | None  # the id of the one that leaves others behind; None: everybody leaves

    @property
    def actor(self) -> Actor:
        alone = len(self.townships) == 1
        return SystemActor(OPERATOR.name, self.townships[0].id if alone else NO_TOWNSHIP)

    @property
    def subject(self) -> str:
        return f"township {self.townships[0].code}" if len(self.townships) == 1 else "house"


def move(source: Site, target: Site, order: MoveOrder, now: datetime) -> MoveResult:
    """Move, or rehearse it.

    Raises:
        Misconfigured: the new house can't take them: it names everything that is in the way.
        Refused: the township moved already.
    """
    _ensure_this_release(source)
    if not order.rehearse and not order.finish:
        _copy_ahead(source, target, order)
    with _old_house(source, order) as session:
        leaving = _leaving(session, order)
        if not order.rehearse:
            with one_by_one() as those:
                gather_news(
                    session, source, those, now
                )  # what readers are still to be told goes along
        entry = _farewell(session, leaving, order, now)
        if close_old_house.is_there(target, leaving.townships):
            return close_old_house.finish(session, target, leaving.townships, entry, order, now)
        if order.finish:
            raise Misconfigured(
                "the new house has none of them: there is nothing to finish. Look at --to, or move without --finish"
            )
        moved = _to_new_house(session, source, target, leaving, entry, order, now)
        if not order.rehearse:
            keep_entry(session, leaving.actor, entry)
            close_old_house.mark_moved(leaving.townships, order, now)
    return moved


def _old_house(source: Site, order: MoveOrder) -> AbstractContextManager[Session]:
    """A rehearsal reads; a move holds the one writer."""
    return source.sessions.reading() if order.rehearse else source.sessions.writing()


def _ensure_this_release(site: Site) -> None:
    if schema.current_revision(site.sessions.engine) != schema.newest_revision():
        raise Misconfigured("the old house is of another release: run `bulletin migrate` there")


def _leaving(session: Session, order: MoveOrder) -> _Leaving:
    """Who moves.

    Raises:
        Misconfigured: no such township. Refused: it moved already.
    """
    if order.township is None:
        leaving = townships(session)
    elif (named := township_by_code(session, order.township)) is None:
        raise Misconfigured(f"no township {order.township!r} in this data folder")
    else:
        refuse_moved(session, named.id)
        leaving = [named]
    if not leaving:
        raise Misconfigured("nobody lives in this house (any more): there is nothing to move")
    staying = len(townships(session)) + len(moved_townships(session)) - len(leaving)
    return _Leaving(leaving, leaving[0].id if staying and len(leaving) == 1 else None)


def _farewell(session: Session, leaving: _Leaving, order: MoveOrder, now: datetime) -> ChainEntry:
    """The last entry that the township has in the old house; it goes along."""
    to = order.address or order.to
    return next_entry(session, leaving.actor, MOVE_OUT, leaving.subject, now, to=to)


def _copy_ahead(source: Site, target: Site, order: MoveOrder) -> None:
    """The most of the files, while the old house still works; what comes to it meanwhile follows."""
    with source.sessions.reading() as session:
        leaving = _leaving(session, order)
        copy_files(source, target, session, leaving.one, rehearse=False)


def _to_new_house(
    session: Session,
    source: Site,
    target: Site,
    leaving: _Leaving,
    entry: ChainEntry,
    order: MoveOrder,
    now: datetime,
) -> MoveResult:
    files = copy_files(source, target, session, leaving.one, rehearse=order.rehearse)
    if files.missing:
        raise Misconfigured(
            f"{len(files.missing)} files are missing or altered in the old house: "
            f"{', '.join(files.missing[:5])} … `bulletin verify` names what they belong to; "
            "bring them back from a backup first"
        )
    newcoming = Newcoming(
        townships=tuple(leaving.townships),
        one=leaving.one,
        actor=leaving.actor,
        subject=leaving.subject,
        farewell=entry,
        origin=origin(session),
        keys=f"{source.keys.verifier(origin(session))}\n{source.keys.successions()}",
    )
    if order.rehearse:  # nothing is copied: what would be, is checked where it lies
        target = replace(target, files=source.files)
    with schema.changing(target.sessions.engine, keep=not order.rehearse) as connection:
        moved = receive(connection, session, target, newcoming, order, now)
    return replace(moved, files=files)
