"""Which outlets are late with what they must carry, for whoever oversees their places."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from operator import attrgetter

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.pages import Page, page_of
from bulletin.domain.people import Actor, Role
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.outlets.outlets import NO_OUTLET
from bulletin.services.outlets.to_send import SendTask, tasks_of
from bulletin.services.outlets.unsent import Missing, missing_anywhere, missing_in
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.notices import Edition
from bulletin.store.outlets import Outlet, editions_with_places, outlets_on


@dataclass(frozen=True, kw_only=True)
class LateOutlet:
    id: int
    outlet: str
    place: str  # 乡镇 for the township's own
    village_id: int | None
    overdue: int  # notices that it should have by now
    since_on: date  # the day by which it should have had the first of them
    edition_id: int  # the first of them
    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class OverdueThere:
    outlet: str
    kind: OutletKind
    place: str  # 乡镇 for the township's own
    village_id: int | None
    page: Page[SendTask]  # what it should have by now, the oldest first
    count: int  # of all
    is_served: bool  # by the one who asks


def late_outlets(
    site: Site, actor: Actor, now: datetime, *, village_id: int | None = None
) -> list[LateOutlet]:
    """The outlets of the places that a person may see that are late, the longest first.

    Args:
        village_id: only this village's.
    """
    with site.sessions.reading() as session:
        count = partial(_late, session, site, actor.township_id, now)
        question, of_all = "late outlets", frozenset[Place]({None})  # it carries all villages'
        every = kept_by_place(
            session, site, actor.township_id, question, now, count, concerned=of_all
        )
    seen = [of for place, of in every.items() if actor.may_see(place)]
    late = [each for of in seen for each in of if village_id in {None, each.village_id}]
    return sorted(late, key=attrgetter("since_on", "edition_id"))


def overdue_there(
    site: Site, actor: Actor, outlet_id: int, now: datetime, *, number: int | None = None
) -> OverdueThere:
    """What an outlet should have by now and has not: those that its line among the late ones counts.

    Raises:
        NotFoundError: it is none that goes on, of a place that this person may see.
    """
    day = village_day(now)
    with site.sessions.reading() as session:
        going_on = session.scalars(outlets_on(actor.township_id, day))
        outlet = next((each for each in going_on if each.id == outlet_id), None)
        if outlet is None or not actor.may_see(outlet.village_id):
            raise NotFoundError(NO_OUTLET)
        late = [each for each in missing_in(session, site, outlet, now) if each.due_on < day]
        page = page_of(late, number)
        return OverdueThere(
            outlet=outlet.name,
            kind=outlet.kind,
            place=_place(outlet),
            village_id=outlet.village_id,
            page=Page(tasks_of(session, page.lines), page.number, page.pages),
            count=len(late),
            is_served=actor.holds(Role.LIAISON, outlet.village_id),
        )


def _late(
    session: Session,
    site: Site,
    township_id: int,
    now: datetime,
    places: Collection[Place] | None,
) -> dict[Place, tuple[LateOutlet, ...]]:
    day, late = village_day(now), defaultdict[int, list[Missing]](list)
    for missing in missing_anywhere(session, site, township_id, now, places):
        if missing.due_on < day:
            late[missing.outlet.id].append(missing)
    first = {each: min(missing, key=_age) for each, missing in late.items()}
    named = editions_with_places({missing.edition_id for missing in first.values()})
    editions = {each.id: each for each in session.scalars(named)}
    lines: dict[Place, list[LateOutlet]] = defaultdict(list)
    for missing in first.values():
        line = _line(missing, editions[missing.edition_id], len(late[missing.outlet.id]))
        lines[line.village_id].append(line)
    return {place: tuple(of) for place, of in lines.items()}


def _age(missing: Missing) -> tuple[date, int]:
    return missing.due_on, missing.edition_id


def _line(missing: Missing, first: Edition, overdue: int) -> LateOutlet:
    outlet = missing.outlet
    return LateOutlet(
        id=outlet.id,
        outlet=outlet.name,
        place=_place(outlet),
        village_id=outlet.village_id,
        overdue=overdue,
        since_on=missing.due_on,
        edition_id=first.id,
        code=first.notice.code,
        title=first.title,
    )


def _place(outlet: Outlet) -> str:
    return outlet.village.name if outlet.village else "乡镇"
