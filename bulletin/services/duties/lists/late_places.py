"""Which villages are late with how many duties, and since when."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.duty_list import Places, lines_in_order
from bulletin.services.duties.lists.groups import duty_groups
from bulletin.services.duties.overview import DutyLine
from bulletin.services.site import Site
from bulletin.store.duty_lists import duties_at


@dataclass(frozen=True)
class LatePlace:
    """A village (or the township) that is late."""

    first: DutyLine  # overdue for the longest time
    overdue: int


def late_places(
    site: Site, actor: Actor, now: datetime, *, places: Places | None = None
) -> list[LatePlace]:
    """The places that are late, of those that a person may see, the longest first."""
    which, day = duties_at(actor.township_id, actor.places, places), village_day(now)
    counts: Counter[int | None] = Counter()
    first: dict[int | None, tuple[date, int]] = {}
    with site.sessions.reading() as session:
        for group in duty_groups(session, site, which, day, now, settled=False):
            if group.standing.status is DutyStatus.OVERDUE:
                place, at = group.village_id, (group.listed_on or date.max, group.first_id)
                first[place] = min(first.get(place, at), at)
                counts[place] += group.count
        duty_ids = [duty_id for _, duty_id in sorted(first.values())]
        lines = lines_in_order(session, site, duty_ids, now)
        return [LatePlace(line, counts[line.village_id]) for line in lines]
