"""Publication: which editions are due, and who takes one."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session

from bulletin.domain.notices.workflow import RELEASED, State
from bulletin.store.notices import Edition
from bulletin.store.search_upkeep import note_moved

_CLAIM = update(Edition).where(  # built once: every publication pays for it
    Edition.id == bindparam("claimed"), Edition.state == bindparam("before")
)


def claim(
    session: Session, edition_id: int, before: State, after: State, at: datetime, **columns: Any
) -> bool:
    """Move an edition from one state to the next; False when another process was faster.

    It goes past the unit of work: whoever holds the record refreshes it.
    """
    session.flush()
    values = {"state": after, "state_since": at, **columns}
    moved = session.connection().execute(
        _CLAIM, {"claimed": edition_id, "before": before, **values}
    )
    if not _only_follows(before, after, columns):
        note_moved(session, edition_id)
    return moved.rowcount == 1


def _only_follows(before: State, after: State, columns: Collection[str]) -> bool:
    """Whether the record says what its moment did: who seeks asks for the moment, so nothing is indexed anew."""
    return before in RELEASED and after in RELEASED and set(columns) <= {"published_at"}


def due_for_publication(now: datetime) -> Select[int]:
    """Editions whose moment has come and whose publication is not yet on record."""
    return (
        select(Edition.id)
        .where(Edition.state == State.SCHEDULED, Edition.publish_at <= now)
        .order_by(Edition.publish_at, Edition.id)
    )


def next_due_at(session: Session, after: datetime | None = None) -> datetime | None:
    """The next moment at which something is to be published, or the next later than `after`.

    Args:
        after: whose clock this is may be behind that of who published just now: what is public already
            comes out for him at its moment too.
    """
    query = select(func.min(Edition.publish_at))
    if after is None:
        return session.scalar(query.where(Edition.state == State.SCHEDULED))
    out = Edition.state.in_(RELEASED)
    return session.scalar(query.where(out, Edition.publish_at > after))
