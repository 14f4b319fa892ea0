"""Which villages are late with how many duties, and since when."""

from collections import Counter
from collections.abc import Iterable, Mapping
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
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.duties.overview import DutyLine
from bulletin.services.site import Site
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
    first: tuple[int, ...]  # of a page of places the duty that is overdue for the longest time
    counts: Counter[int | None]  # of all places

    def __len__(self) -> int:
        return len(self.counts)


def late_places(
    site: Site, actor: Actor, now: datetime, *, places: Places | None = None
) -> LatePlaces:
    """The places that are late, of those that a person may see; a township may have hundreds."""
    seen = actor.places, None if places is None else frozenset(places)
    which = duties_at(actor.township_id, *seen)
    with site.sessions.reading() as session:
        count = partial(_late, session, site, which, now)
        late = kept_counts(session, site, actor.township_id, ("late", *seen), now, count)
        lines = lines_in_order(session, site, list(late.first), now)
    shown = tuple(LatePlace(line, late.counts[line.village_id]) for line in lines)
    return LatePlaces(shown, len(late.counts))


def _late(session: Session, site: Site, which: ColumnElement[bool], now: datetime) -> _Late:
    day = village_day(now)
    groups = list(duty_groups(session, site, which, day, now, settled=False))
    late = [group for group in groups if group.standing.status is DutyStatus.OVERDUE]
    singles = [group for group in late if group.single is not None]
    days = {group.listed_on for group in late if group.single is None}
    every = [group.listed_on for group in groups if group.single is None]
    alike = and_(which, untouched(day))
    late_ones = and_(alike, due_on_runs(days, every))
    rows = session.execute(count_by_place(late_ones)).all()
    counts = Counter({place: count for place, count, _ in rows})
    counts.update(group.village_id for group in singles)
    alike_on = {place: due_on for place, _, due_on in rows}
    first = _first_of_places(session, alike, alike_on, singles)
    return _Late(tuple(first[: pages.PER_PAGE]), counts)


def _first_of_places(
    session: Session,
    alike: ColumnElement[bool],
    alike_on: Mapping[int | None, date | None],
    singles: Iterable[DutyGroup],
) -> list[int]:
    """The first duty of each place on a page, in order, and of each that is late for as long as the last of them.

    Args:
        alike_on: the day of the first of those that are alike, by place.
    """
    first: dict[int | None, tuple[date, int]] = {}
    for group in singles:
        place, at = group.village_id, (group.listed_on or date.max, group.single or 0)
        first[place] = min(first.get(place, at), at)
    began = {place: on for place, (on, _) in first.items()}
    for place, on in alike_on.items():
        began[place] = min(began.get(place, date.max), on or date.max)
    last_on = max(sorted(began.values())[: pages.PER_PAGE], default=date.max)
    asked = [(place, on) for place, on in alike_on.items() if (on or date.max) <= last_on]
    for place, duty_id in session.execute(first_on(alike, asked)):
        at = alike_on[place] or date.max, duty_id
        first[place] = min(first.get(place, at), at)
    return [duty_id for _, duty_id in sorted(first.values())]
