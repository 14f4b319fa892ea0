"""What loudspeakers aired, and which loudspeakers there are."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from bulletin.domain.outlets.rules import OutletKind
from bulletin.store.notices import Edition, Notice
from bulletin.store.outlets import Outlet, Sending


def loudspeakers(township_id: int) -> Select[Outlet]:
    """All that there are and were, the township's first."""
    return (
        select(Outlet)
        .where(Outlet.township_id == township_id, Outlet.kind == OutletKind.BROADCAST)
        .order_by(Outlet.village_id.is_not(None), Outlet.village_id, Outlet.id)
        .options(joinedload(Outlet.village))
    )


def aired_between(
    township_id: int, village_id: int | None, first: datetime, end: datetime
) -> Select[Sending]:
    """What the loudspeakers of a place aired from a moment until before another, slips too, in order.

    Args:
        village_id: None: the township's own loudspeakers.
    """
    return (
        select(Sending)
        .join(Sending.outlet)
        .where(Sending.township_id == township_id, Outlet.kind == OutletKind.BROADCAST)
        .where(Outlet.village_id == village_id)
        .where(Sending.sent_at >= first, Sending.sent_at < end)
        .order_by(Sending.sent_at, Sending.id)
        .options(joinedload(Sending.outlet), joinedload(Sending.airing))
        .options(joinedload(Sending.edition).joinedload(Edition.notice).joinedload(Notice.village))
    )


def airings_of(edition_id: int, outlet_id: int) -> Select[Sending]:
    """When a loudspeaker aired an edition, in order; without slips."""
    return (
        select(Sending)
        .where(Sending.edition_id == edition_id, Sending.outlet_id == outlet_id)
        .where(Sending.withdrawn_at.is_(None))
        .order_by(Sending.sent_at, Sending.id)
        .options(joinedload(Sending.airing))
    )


def airing_counts(
    session: Session, outlet_ids: Collection[int], edition_ids: Collection[int]
) -> dict[tuple[int, int], int]:
    """How often each of some editions is in each of some outlets, by outlet and edition."""
    counted = (
        select(Sending.outlet_id, Sending.edition_id, func.count())
        .where(Sending.outlet_id.in_(outlet_ids), Sending.edition_id.in_(edition_ids))
        .where(Sending.withdrawn_at.is_(None))
        .group_by(Sending.outlet_id, Sending.edition_id)
    )
    return {(outlet, edition): count for outlet, edition, count in session.execute(counted)}
