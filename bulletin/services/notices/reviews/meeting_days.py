"""Which days of a joint meeting are offered to whoever confirms."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import day_words, village_day
from bulletin.domain.people import Actor
from bulletin.services.site import Site
from bulletin.store.review_queue import last_meeting_day


@dataclass(frozen=True)
class OfferedMeeting:
    on: date
    words: str  # 今天 | 上次，10月8日


def offered_meetings(
    site: Site, actor: Actor, village_id: int | None, now: datetime
) -> tuple[OfferedMeeting, ...]:
    """The day of the last meeting that a notice of this place named, and today."""
    day = village_day(now)
    with site.sessions.reading() as session:
        last = session.scalar(last_meeting_day(actor.township_id, village_id, day))
    offered = [OfferedMeeting(day, f"今天，{day_words(day, since=day)}")]
    if last is not None and last != day:
        offered.insert(0, OfferedMeeting(last, f"上次，{day_words(last, since=day)}"))
    return tuple(offered)
