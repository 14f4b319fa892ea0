"""A private calendar for each person's phone: what is due, as all-day events (RFC 5545)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event
from sqlalchemy import select

from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.duties.overview import DutyLine, duty_lines
from bulletin.services.public_url import host_words
from bulletin.services.site import Site
from bulletin.store.people import Person, actor_of
from bulletin.writers.feeds.closing_days import new_calendar

LOOK_BACK = timedelta(days=60)  # what is late stays in the calendar that long
REMIND_BEFORE = timedelta(days=2, hours=15)  # 09:00, three days before


def calendar_token(site: Site, actor: Actor) -> str | None:
    """The secret part of a person's calendar address; None before there is one."""
    with site.sessions.reading() as session:
        return session.get_one(Person, actor.id).calendar_token


def calendar_of(site: Site, token: str, now: datetime) -> bytes:
    """The calendar behind an address, as a phone reads it.

    Raises:
        NotFoundError: no such address, or its owner has no role today.
    """
    with site.sessions.reading() as session:
        person = session.scalar(select(Person).where(Person.calendar_token == token))
        actor = actor_of(session, person, village_day(now)) if person else None
    if actor is None or not actor.grants:
        raise NotFoundError("没有这个日历。")
    content: bytes = _calendar(site, actor, now).to_ical()
    return content


def _calendar(site: Site, actor: Actor, now: datetime) -> Calendar:
    calendar = new_calendar("due days", "村务公开")
    today = village_day(now)
    lines = duty_lines(site, actor, now, first_due=today - LOOK_BACK, settled=False)
    open_lines = [line for line in lines if line.due_on is not None and line.is_open]
    own = [line for line in open_lines if _is_own(actor, line)]
    others = [line for line in open_lines if not _is_own(actor, line)]
    for event in (*_one_by_one(site, own, now), *_day_by_day(site, others, now)):
        calendar.add_component(event)
    return calendar


def _is_own(actor: Actor, line: DutyLine) -> bool:
    return any(village == line.village_id for _, village in actor.grants)


def _one_by_one(site: Site, lines: Iterable[DutyLine], now: datetime) -> Iterable[Event]:
    for line in lines:
        if line.due_on is not None:
            summary = f"{line.title}（{line.label}）"
            yield _event(site, f"duty-{line.id}", line.due_on, summary, line.village, now)


def _day_by_day(site: Site, lines: Iterable[DutyLine], now: datetime) -> Iterable[Event]:
    """Who looks after many villages gets one entry a day: how many of which village."""
    by_day: dict[date, Counter[str]] = {}
    for line in lines:
        if line.due_on is not None:
            by_day.setdefault(line.due_on, Counter())[line.village or "乡镇"] += 1
    for day, villages in by_day.items():
        summary = f"{len(villages)}处共{villages.total()}项到期"
        detail = "、".join(f"{village}{count}项" for village, count in villages.items())
        yield _event(site, f"day-{day.isoformat()}", day, summary, detail, now)


def _event(site: Site, uid: str, day: date, summary: str, detail: str, now: datetime) -> Event:
    late = (village_day(now) - day).days
    event = Event()
    event.add("uid", f"{uid}@{host_words(site.public_url) or 'bulletin'}")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + ONE_DAY)
    event.add("summary", f"逾期：{summary}" if late > 0 else f"最迟今天公开：{summary}")
    event.add("description", detail)
    event.add("url", f"{site.public_url}/desk")
    event.add("transp", "TRANSPARENT")
    if late <= 0:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", -REMIND_BEFORE)
        event.add_component(alarm)
    return event
