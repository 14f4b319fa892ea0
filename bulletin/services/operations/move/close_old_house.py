"""The old house learns that they left: at the end of a move, or after one that was cut off in between."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import Misconfigured
from bulletin.domain.history import ChainEntry
from bulletin.domain.people import NO_TOWNSHIP, OPERATOR, SystemActor
from bulletin.services.history import keep_entry
from bulletin.services.operations.move.order import FilesToMove, MoveOrder, MoveResult
from bulletin.services.site import Site
from bulletin.store import former_histories, history, schema
from bulletin.store.places import Township, township_by_code

MAX_NAMED = 8  # acts on the screen


def mark_moved(townships: Sequence[Township], order: MoveOrder, now: datetime) -> None:
    """From now on acts are refused here, and pages lead on."""
    for township in townships:
        township.moved_at, township.moved_to = now, order.address


def is_there(target: Site, townships: Sequence[Township]) -> bool:
    """Whether the new house has them already.

    Raises:
        Misconfigured: it is of another release.
    """
    revision = schema.current_revision(target.sessions.engine)
    if revision is None:
        return False
    if revision != schema.newest_revision():
        raise Misconfigured("the new house is of another release: run `bulletin migrate` there")
    with target.sessions.reading() as new:
        return any(township_by_code(new, each.code) is not None for each in townships)


def finish(
    session: Session,
    target: Site,
    townships: Sequence[Township],
    farewell: ChainEntry,
    order: MoveOrder,
    now: datetime,
) -> MoveResult:
    """Mark the old house after a move that was cut off before it could.

    Args:
        farewell: what the old house would say now.

    Raises:
        Misconfigured: they are there by another way, or something was done in the old house since.
    """
    came = _last_that_came(target, townships)
    if came is None or (since := farewell.number - came.number) < 0:
        raise Misconfigured(
            f"{', '.join(each.name for each in townships)}: the new house has it already, and not from "
            "here. Nothing was changed"
        )
    continues = farewell.previous == came.previous
    if not continues and not order.finish:
        raise _went_on(session, came, since)
    if not order.rehearse:
        # What the new house holds is what is said here, if nothing came between.
        last = came if continues else farewell
        alone = townships[0].id if len(townships) == 1 else NO_TOWNSHIP
        keep_entry(session, SystemActor(OPERATOR.name, alone), last)
        mark_moved(townships, order, now)
    return MoveResult(
        townships=tuple(each.name for each in townships),
        rows={},
        is_whole_house=_goes_on(target, came),
        entries=came.number,
        shift=0,
        files=FilesToMove(digests=(), size=0, missing=()),
        verdict=None,
    )


def _went_on(session: Session, came: ChainEntry, since: int) -> Misconfigured:
    """What was done in the old house after an earlier move was cut off: so many entries."""
    acts = Counter(each.act for each in history.entries(session, after=came.number - 1))
    named = ", ".join(f"{act} {count}" for act, count in acts.most_common(MAX_NAMED))
    return Misconfigured(
        "an earlier move was cut off after the new house was written, and the old one went on "
        f"since: {since} entries ({named}). They are only here. Either do them again in the new "
        "house and run once more with --finish, which closes this one; or empty the new house "
        "(drop its database, or restore its backup of before) and move again"
    )


def _goes_on(target: Site, came: ChainEntry) -> bool:
    """Whether the new house's own history is the one that came."""
    with target.sessions.reading() as new:
        return history.hash_of(new, came.number) == came.hash


def _last_that_came(target: Site, townships: Sequence[Township]) -> ChainEntry | None:
    """The farewell that an earlier move brought to the new house; None when they are there by another way."""
    subject = f"township {townships[0].code}" if len(townships) == 1 else "house"
    with target.sessions.reading() as new:
        told = [
            each for each in former_histories.told_about(new, subject) if each.act == "move_out"
        ]
    return told[-1] if told else None
