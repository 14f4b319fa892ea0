"""On which days each place disclosed something: the same on every day until somebody acts there or something comes out."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.lists.places import Rows
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.notice_queries import chunks
from bulletin.store.supervision_queries import (
    days_disclosed,
    last_disclosed_at,
    township_last_disclosed_at,
)

DaysByVillage = Mapping[Place, set[date]]
Disclosures = Mapping[Place, DaysByVillage]  # by row of the day, by village of then


def disclosure_days(
    session: Session, site: Site, township_id: int, period: Period, rows: Rows, now: datetime
) -> Disclosures:
    """The days within a period, and the last one before it.

    Args:
        rows: all of the day that is asked for.
    """

    def count(places: frozenset[Place] | None) -> Disclosures:
        found: dict[Place, dict[Place, set[date]]] = defaultdict(dict)
        villages = rows.villages_of(places)
        days = _days(session, township_id, villages, period, now, every=places is None)
        for village in villages:
            found[rows.row_of_duty(village, None)][village] = days[village]
        return found

    question = "disclosures", frozenset(rows.row_of.items()), period.key
    return kept_by_place(
        session, site, township_id, question, now, count, rows.row_of, outlives_day=True
    )


def _days(
    session: Session,
    township_id: int,
    villages: list[Place],
    period: Period,
    now: datetime,
    *,
    every: bool,
) -> DaysByVillage:
    after_now = now + timedelta(microseconds=1)  # what comes out at this moment is out
    first = min(start_of(period.first), after_now)
    end = min(start_of(period.last + ONE_DAY), after_now)
    days: dict[Place, set[date]] = defaultdict(set)
    named = [village for village in villages if village is not None]
    for places in (None if every else named, {None} if None in villages else ()):
        for village, some in session.execute(days_disclosed(township_id, places, first, end)):
            days[village].update(map(date.fromisoformat, some.split()))
    last: list[tuple[Place, datetime | None]] = [
        (village, at)
        for some in chunks(named)
        for village, at in session.execute(last_disclosed_at(township_id, some, first))
    ]
    if None in villages:
        last.append((None, session.scalar(township_last_disclosed_at(township_id, first))))
    for village, at in last:
        if at is not None:
            days[village].add(village_day(at))
    return days
