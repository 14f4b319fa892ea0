"""What drew its day or its name from the record of a meeting follows a correction, or is named to be put right."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import Refused
from bulletin.domain.meetings.records import MeetingRecord
from bulletin.domain.people import Actor
from bulletin.services.duties.overview import lines_of
from bulletin.services.duties.record_event import correct_duty_event
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.meetings import Meeting, MeetingDecision
from bulletin.store.notice_queries import notices_by_duty


def follow_record(
    session: Session,
    site: Site,
    actor: Actor,
    meeting: Meeting,
    before: MeetingRecord,
    now: datetime,
) -> tuple[str, ...]:
    """The matters of its decisions take its day and their names.

    Returns:
        What could not follow, in sentences.
    """
    names = {each.id: each.title for each in before.decisions}
    stayed: list[str] = []
    for decided in meeting.decisions:
        if decided.duty is None:
            continue
        _rename(decided, names.get(decided.id, ""))
        if decided.duty.event_on == before.held_on != meeting.held_on:
            stayed += _move_day(session, site, actor, decided, now)
    return tuple(stayed)


def _rename(decided: MeetingDecision, before: str) -> None:
    """A matter that was named by the record; one that somebody named otherwise keeps its name."""
    matter = decided.duty.matter if decided.duty else None
    if matter is not None and matter.title == before:
        matter.title = decided.title


def _move_day(
    session: Session, site: Site, actor: Actor, decided: MeetingDecision, now: datetime
) -> Iterator[str]:
    if decided.duty is None:  # pragma: no cover - only called for one that has a matter
        return
    try:
        correct_duty_event(session, site, actor, decided.duty, decided.meeting.held_on, now)
    except Refused as refused:
        yield f"“{decided.title}”公开的期限没有跟着改：{refused}"


def follow_withdrawal(
    session: Session, site: Site, actor: Actor, meeting: Meeting, reason: str, now: datetime
) -> None:
    """What nobody wrote a notice for is owed no more. What has one stays, and its pages say why not."""
    for decided in meeting.decisions:
        for duty in _unwritten(session, decided):
            line = lines_of(session, site, [duty], now)[0]
            if line.is_open or line.waits_for_event:
                duty.declare_not_applicable(f"会议登记作废：{reason}", actor.id, now)
                record(session, actor, "not_applicable", f"duty {duty.id}", now)


def _unwritten(session: Session, decided: MeetingDecision) -> list[Duty]:
    matter = decided.duty.matter if decided.duty else None
    duties = list(matter.duties) if matter is not None else []
    written = notices_by_duty(session, [duty.id for duty in duties])
    return [duty for duty in duties if duty.id not in written]
