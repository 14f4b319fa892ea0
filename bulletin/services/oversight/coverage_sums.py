"""公开情况 in sums: how many duties of a span of days stand how, without a cell for each."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_of_county
from bulletin.services.duties.lists.places import rows_seen
from bulletin.services.duties.lists.sums import sums_by_place, sums_by_township
from bulletin.services.site import Site
from bulletin.store.asked_once import remember_answers
from bulletin.store.places import townships


@dataclass(frozen=True)
class TownshipSum:
    township: str
    code: str
    counts: Counter[CoverageState]


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
        rows = rows_seen(session, actor, day, village_id)
        counts = sums_by_place(session, site, actor.township_id, rows, span, day, now)
    return [
        VillageSum(place, name, counts[place])
        for place, name in rows.names.items()
        if place in counts
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
    with site.sessions.reading() as session:
        remember_answers(session)
        found = sums_by_township(session, site, townships(session), span, day, now)
        return [TownshipSum(each.name, each.code, counts) for each, _villages, counts in found]
