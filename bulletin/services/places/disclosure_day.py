"""集中公开日: the day that scheduling offers first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import ONE_DAY
from bulletin.domain.duties.disclosure_day import (
    next_disclosure_day,
    opening_moment,
    read_disclosure_day,
)
from bulletin.domain.people import Actor
from bulletin.services.access import village_in
from bulletin.services.site import Site
from bulletin.store.duties import Duty


@dataclass(frozen=True)
class OfferedDay:
    """The day that scheduling offers first."""

    words: str  # 每季度第一个月10日
    on: date


def offered_day(site: Site, actor: Actor, village_id: int | None, today: date) -> OfferedDay | None:
    """A village's next 集中公开日; None where it has none."""
    with site.sessions.reading() as session:
        village = village_in(session, actor, village_id) if village_id is not None else None
        if village is None or not village.disclosure_day:
            return None
        limit = read_disclosure_day(village.disclosure_day)
        day = next_disclosure_day(limit, site.calendar, today)
        return OfferedDay(village.disclosure_day, day)


def offered_moment(site: Site, duties: Sequence[Duty], today: date) -> datetime | None:
    """The moment of a new draft: the next 集中公开日, for what is due by the calendar after it."""
    village = duties[0].village
    days = [duty.due_on for duty in duties if duty.matter_id is None and duty.due_on is not None]
    if village is None or not village.disclosure_day or len(days) < len(duties):
        return None
    limit = read_disclosure_day(village.disclosure_day)
    offered = next_disclosure_day(limit, site.calendar, today + ONE_DAY)
    return opening_moment(offered) if offered <= min(days) else None
