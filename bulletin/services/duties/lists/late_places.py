"""Which villages are late with how many duties, and since when."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from bulletin.domain import pages
from bulletin.domain.days import village_day
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.duty_list import Places, lines_in_order
from bulletin.services.duties.lists.groups import DutyGroup, duty_groups
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.overview import DutyLine
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.duty_lists import (
    count_by_place,
    due_on_runs,
    duties_at,
    first_on,
    untouched,
)


@dataclass(frozen=True)
class LatePlace:
    """A village (or the township) that is late."""

    first: DutyLine  # overdue for the longest time
    overdue: int


@dataclass(frozen=True)
class LatePlaces:
    lines: tuple[LatePlace, ...]  # a page, those that are late for the longest time first
    count: int  # of all


@dataclass(frozen=True)
class _Late:
    """How a place is late."""

    overdue: int
    first_on: date  # when the first of it was due
    single: int | None  # the first of its duties with a history that was due on that day


def late_places(
    site: Site, actor: Actor, now: datetime, *, places: Places | None = None
) -> LatePlaces:
    """The places that are late, of those that a person may see; a township may have hundreds."""
    seen = actor.places, None if places is None else frozenset(places)
    asked = partial(duties_at, actor.township_id, *seen)
    with site.sessions.reading() as session:
        count = partial(_late, session, site, asked, now)
        question = "late", *seen
        late = kept_by_place(session, site, actor.township_id, question, now, count)
        first = _first_of_places(session, and_(asked(), untouched(village_day(now))), late)
        lines = lines_in_order(session, site, first, now)
    shown = tuple(LatePlace(line, late[line.village_id].overdue) for line in lines)
    return LatePlaces(shown, len(late))


def _late(
    session: Session,
    site: Site,
    asked: Callable[..., ColumnElement[bool]],
    now: datetime,
    places: Collection[Place] | None,
) -> dict[Place, _Late]:
    day, which = village_day(now), asked(places)
    groups = list(duty_groups(session, site, which, day, now, settled=False))
    late = [group for group in groups if group.standing.status is DutyStatus.OVERDUE]
    days = {group.listed_on for group in late if group.single is None}
    every = [group.listed_on for group in groups if group.single is None]
    late_ones = and_(which, untouched(day), due_on_runs(days, every))
    found = {
        place: _Late(count, due_on or date.max, None)
        for place, count, due_on in session.execute(count_by_place(late_ones))
    }
    for group in late:
        if group.single is not None:
            found[group.village_id] = _with(found.get(group.village_id), group)
    return found


def _with(late: _Late | None, group: DutyGroup) -> _Late:
    """How a place is late with one more duty that has a history."""
    on, single = group.listed_on or date.max, group.single
    if late is None or on < late.first_on:
        return _Late(late.overdue + 1 if late else 1, on, single)
    if on == late.first_on and single is not None:
        single = min(single, late.single or single)
    else:
        single = late.single
    return _Late(late.overdue + 1, late.first_on, single)


def _first_of_places(
    session: Session, alike: ColumnElement[bool], late: Mapping[Place, _Late]
) -> list[int]:
    """The first duty of each place on a page, in order."""
    began = sorted((of.first_on, place or 0, place) for place, of in late.items())
    page = [place for _, _, place in began[: pages.PER_PAGE]]
    first = {place: [late[place].single] for place in page}
    for place, duty_id in session.execute(first_on(alike, [(p, late[p].first_on) for p in page])):
        first[place].append(duty_id)
    found = [
        (late[place].first_on, min(filter(None, ids), default=None)) for place, ids in first.items()
    ]
    return [duty_id for _, duty_id in sorted((on, each) for on, each in found if each is not None)]
