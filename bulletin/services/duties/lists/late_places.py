"""Which villages are late with how many duties, and since when."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from bulletin.domain import pages
from bulletin.domain.days import village_day
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.duty_list import Places, lines_in_order
from bulletin.services.duties.lists.groups import DutyGroup, duty_groups
from bulletin.services.duties.overview import DutyLine
from bulletin.services.site import Site
from bulletin.store.duty_lists import (
    count_by_place,
    due_on_days,
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


def late_places(
    site: Site, actor: Actor, now: datetime, *, places: Places | None = None
) -> LatePlaces:
    """The places that are late, of those that a person may see; a township may have hundreds."""
    which, day = duties_at(actor.township_id, actor.places, places), village_day(now)
    with site.sessions.reading() as session:
        late = [
            group
            for group in duty_groups(session, site, which, day, now, settled=False)
            if group.standing.status is DutyStatus.OVERDUE
        ]
        singles = [group for group in late if group.single is not None]
        days = {group.listed_on for group in late if group.single is None}
        alike = and_(which, untouched(day), due_on_days(days))
        counts, first = _of_places(session, alike, singles)
        duty_ids = [duty_id for _, duty_id in sorted(first.values())]
        lines = lines_in_order(session, site, duty_ids[: pages.PER_PAGE], now)
        shown = tuple(LatePlace(line, counts[line.village_id]) for line in lines)
        return LatePlaces(shown, len(first))


def _of_places(
    session: Session, alike: ColumnElement[bool], singles: Iterable[DutyGroup]
) -> tuple[Counter[int | None], dict[int | None, tuple[date, int]]]:
    """How many each place has, and the first of them: its day and id."""
    counts: Counter[int | None] = Counter()
    first: dict[int | None, tuple[date, int]] = {}
    days = {}
    for place, count, due_on in session.execute(count_by_place(alike)):
        counts[place], days[place] = count, due_on
    for place, duty_id in session.execute(first_on(alike, days.items())):
        first[place] = days[place] or date.max, duty_id
    for group in singles:
        place, at = group.village_id, (group.listed_on or date.max, group.single or 0)
        first[place] = min(first.get(place, at), at)
        counts[place] += 1
    return counts, first
