"""Which outlets are late with what they must carry, for whoever oversees their places."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.outlets.to_send import Missing, missing_anywhere
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.outlets import editions_with_places


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
    day, late = village_day(now), defaultdict[int, list[Missing]](list)
    for missing in missing_anywhere(session, site, township_id, now):
        if missing.due_on < day:
            late[missing.outlet.id].append(missing)
    first = {each: min(missing, key=_age) for each, missing in late.items()}
    named = editions_with_places({missing.edition_id for missing in first.values()})
    editions = {each.id: each for each in session.scalars(named)}
    return [
        _line(missing, editions[missing.edition_id], len(late[missing.outlet.id]))
        for missing in sorted(first.values(), key=_age)
    ]


def _age(missing: Missing) -> tuple[date, int]:
    return missing.due_on, missing.edition_id


def _line(missing: Missing, first: Edition, overdue: int) -> LateOutlet:
    outlet = missing.outlet
    return LateOutlet(
        outlet=outlet.name,
        place=outlet.village.name if outlet.village else "乡镇",
        village_id=outlet.village_id,
        overdue=overdue,
        since_on=missing.due_on,
        code=first.notice.code,
        title=first.title,
    )
