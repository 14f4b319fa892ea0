"""公开情况 in sums: how many duties of a span of days stand how, without a cell for each."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import and_
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState, Standing
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_of_county
from bulletin.services.duties.lists.groups import duty_groups
from bulletin.services.duties.lists.places import rows_on
from bulletin.services.duties.lists.sums import Span, sums_by_place
from bulletin.services.site import Site
from bulletin.store.coverage_queries import in_span, known_by, owed_at
from bulletin.store.places import townships


@dataclass(frozen=True)
class TownshipSum:
    township: str
    code: str
    counts: Counter[CoverageState]


def status_sums(
    site: Site, actor: Actor, now: datetime, *, first_on: date, last_on: date
) -> Counter[DutyStatus]:
    """How what fell due within a span of days stands today, of the places that a person may see."""
    day, sums = village_day(now), Counter[DutyStatus]()
    with site.sessions.reading() as session:
        rows = rows_on(session, actor.township_id, day)
        places = [place for place in rows.villages if actor.may_see(place)]
        span = first_on, last_on
        for standing, count in _standings(session, site, actor.township_id, places, span, day, now):
            sums[standing.status] += count
    return sums


@dataclass(frozen=True)
class VillageSum:
    village_id: int | None  # None: the township's own
    village: str
    counts: Counter[CoverageState]


def coverage_by_village(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    first_on: date,
    last_on: date,
    as_of: date | None = None,
    village_id: int | None = None,
) -> list[VillageSum]:
    """The sums of every place that a person may see and that owes something, the township first.

    Args:
        village_id: only this village's.
    """
    day, span = as_of or village_day(now), (first_on, last_on)
    with site.sessions.reading() as session:
        rows = rows_on(session, actor.township_id, day)
        shown = {
            p: n for p, n in rows.names.items() if actor.may_see(p) and village_id in {None, p}
        }
        rows = replace(rows, names=shown)
        counts = sums_by_place(session, site, actor.township_id, rows, span, day, now)
    return [
        VillageSum(place, name, counts[place]) for place, name in shown.items() if place in counts
    ]


def coverage_by_township(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    first_on: date,
    last_on: date,
    as_of: date | None = None,
) -> list[TownshipSum]:
    """The sums of every township that this site holds, for a county.

    Raises:
        Refused: the person oversees no county.
    """
    ensure_of_county(actor)
    day, span = as_of or village_day(now), (first_on, last_on)
    sums = []
    with site.sessions.reading() as session:
        for township in townships(session):
            places = rows_on(session, township.id, day).villages
            counts = Counter[CoverageState]()
            for standing, count in _standings(session, site, township.id, places, span, day, now):
                counts[standing.state] += count
            sums.append(TownshipSum(township.name, township.code, counts))
    return sums


def _standings(
    session: Session,
    site: Site,
    township_id: int,
    places: Collection[int | None],
    span: Span,
    day: date,
    now: datetime,
) -> Iterator[tuple[Standing, int]]:
    which = and_(in_span(township_id, *span), owed_at(township_id, places), known_by(day))
    for group in duty_groups(session, site, which, day, now):
        if group.due_on is None or span[0] <= group.due_on <= span[1]:
            yield group.standing, group.count
