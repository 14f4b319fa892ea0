"""Which days of a joint meeting are offered to whoever confirms."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import day_words, village_day
from bulletin.domain.people import Actor
from bulletin.services.site import Site
from bulletin.store.meetings import joint_meeting_days
from bulletin.store.review_queue import last_meeting_day

MOST_RECORDED = 2


@dataclass(frozen=True)
class OfferedMeeting:
    on: date
    words: str  # 登记的会，10月8日 | 上次，10月8日 | 今天


def offered_meetings(
    site: Site, actor: Actor, village_id: int | None, now: datetime
) -> tuple[OfferedMeeting, ...]:
    """The last joint meetings that were recorded, the day that a notice of this place named last, today."""
    day = village_day(now)
    with site.sessions.reading() as session:
        recorded = session.scalars(
            joint_meeting_days(actor.township_id, village_id, day).limit(MOST_RECORDED)
        ).all()
        last = session.scalar(last_meeting_day(actor.township_id, village_id, day))
    offered = {on: OfferedMeeting(on, f"登记的会，{day_words(on, since=day)}") for on in recorded}
    if last is not None and last != day:
        offered.setdefault(last, OfferedMeeting(last, f"上次，{day_words(last, since=day)}"))
    offered.setdefault(day, OfferedMeeting(day, f"今天，{day_words(day, since=day)}"))
    return tuple(offered.values())
