"""Which outlets are late with what they must carry, for whoever oversees their places."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.outlets.to_send import missing_in
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.outlets import Outlet, editions_with_places, outlets_on


@dataclass(frozen=True, kw_only=True)
class LateOutlet:
    outlet: str
    place: str  # 乡镇 for the township's own
    village_id: int | None
    overdue: int  # notices that it should have by now
    since_on: date  # the day by which it should have had the first of them
    code: str  # of that notice
    title: str


def late_outlets(
    site: Site, actor: Actor, now: datetime, *, village_id: int | None = None
) -> list[LateOutlet]:
    """The outlets of the places that a person may see that are late, the longest first.

    Args:
        village_id: only this village's.
    """
    with site.sessions.reading() as session:
        count = partial(_late, session, site, actor.township_id, now)
        every = kept_counts(session, site, actor.township_id, "late outlets", now, count)
    return [
        each
        for each in every
        if actor.may_see(each.village_id) and village_id in {None, each.village_id}
    ]


def _late(session: Session, site: Site, township_id: int, now: datetime) -> list[LateOutlet]:
    day, late = village_day(now), list[tuple[date, int, int, Outlet]]()
    for outlet in session.scalars(outlets_on(township_id, day)).all():
        missing = [each for each in missing_in(session, site, outlet, now) if each.due_on < day]
        if missing:
            first = min(missing, key=lambda each: (each.due_on, each.edition_id))
            late.append((first.due_on, first.edition_id, len(missing), outlet))
    named = editions_with_places({edition_id for _, edition_id, _, _ in late})
    editions = {each.id: each for each in session.scalars(named)}
    return [
        _line(outlet, editions[edition_id], overdue, since_on)
        for since_on, edition_id, overdue, outlet in sorted(late, key=lambda each: each[:2])
    ]


def _line(outlet: Outlet, first: Edition, overdue: int, since_on: date) -> LateOutlet:
    return LateOutlet(
        outlet=outlet.name,
        place=outlet.village.name if outlet.village else "乡镇",
        village_id=outlet.village_id,
        overdue=overdue,
        since_on=since_on,
        code=first.notice.code,
        title=first.title,
    )
