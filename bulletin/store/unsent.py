"""What residents read now and an outlet must have, and has not."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from bulletin.domain.notices.workflow import RELEASED, State
from bulletin.domain.outlets.rules import OutletKind
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.outlets import Outlet, Sending, serves
from bulletin.store.places import in_places

Newer = aliased(Edition)  # of the same notice


def _in_force(now: datetime, day: date) -> ColumnElement[bool]:
    """What residents read now. No lists of people."""
    replaced = exists().where(
        Newer.notice_id == Edition.notice_id,
        Newer.number > Edition.number,
        or_(
            Newer.state == State.TAKEN_DOWN,  # with it the older ones are gone too
            Newer.state.in_(RELEASED) & (Newer.publish_at <= now),
        ),
    )
    return and_(
        Edition.closes_on >= day,
        Edition.state.in_(RELEASED),
        Edition.publish_at <= now,
        Edition.redacted_at.is_(None),
        Notice.personal.is_(False),
        ~replaced,
    )


def in_force(outlet: Outlet, now: datetime, day: date) -> Select[Edition]:
    """What residents read now of the places that an outlet is for, the oldest first."""
    found = (
        select(Edition)
        .join(Notice, Notice.id == Edition.notice_id)
        .where(Edition.township_id == outlet.township_id, _in_force(now, day))
        .options(joinedload(Edition.notice).joinedload(Notice.village))
        .order_by(Edition.publish_at, Edition.id)
    )
    return (
        found if outlet.village_id is None else found.where(Edition.village_id == outlet.village_id)
    )


def unsent_anywhere(
    township_id: int, now: datetime, day: date, places: Collection[int | None] | None = None
) -> Iterator[Select[int, int, datetime | None]]:
    """What every outlet that must have each notice once does not have: outlet, edition, moment.

    Two questions for all: those of the villages and those of the township. What came out before an outlet
    began is among it.

    Args:
        places: only the outlets of some villages (None among them: the township's); None: every outlet.
    """
    once = Outlet.kind.in_([kind for kind in OutletKind if not kind.is_asked_for])
    asked = and_(serves(township_id, day), once, in_places(Outlet.village_id, places))
    for of_place in (Edition.village_id == Outlet.village_id, Outlet.village_id.is_(None)):
        yield (
            select(Outlet.id, Edition.id, Edition.publish_at)
            .join(Edition, and_(Edition.township_id == Outlet.township_id, of_place))
            .join(Notice, Notice.id == Edition.notice_id)
            .where(asked, _in_force(now, day), _times_sent(Outlet.id) == 0)
        )


def unsent(
    outlet: Outlet, since: datetime, now: datetime, day: date, codes: Collection[str] | None
) -> Select[Edition]:
    """Of what is in force, what the outlet must have and does not have yet, or not as often as is wanted.

    Args:
        since: the beginning of its first day.
        codes: only what answers one of these items; None: whatever it is about.
    """
    found = in_force(outlet, now, day).where(Edition.publish_at >= since, _lacks(outlet))
    if codes is not None:
        asked = select(notice_duty.c.notice_id).join(Duty, Duty.id == notice_duty.c.duty_id)
        found = found.where(Edition.notice_id.in_(asked.where(Duty.item_code.in_(list(codes)))))
    return found


def _lacks(outlet: Outlet) -> ColumnElement[bool]:
    """Whether an outlet has an edition less often than it must: once, or as its plan of that day says."""
    newest_first = [(Edition.publish_at >= each.since, each.airings) for each in outlet.plans[::-1]]
    wanted = case(*newest_first, else_=1) if newest_first else literal(1)
    return _times_sent(outlet.id) < wanted


def _times_sent(
    outlet_id: ColumnElement[int] | InstrumentedAttribute[int] | int,
) -> ScalarSelect[int]:
    """How often an outlet has an edition.

    A count: of whether there is any, PostgreSQL would read all that was ever sent.
    """
    there = (
        Sending.edition_id == Edition.id,
        Sending.outlet_id == outlet_id,
        Sending.withdrawn_at.is_(None),
    )
    return select(func.count()).where(*there).correlate(Edition, Outlet).scalar_subquery()
