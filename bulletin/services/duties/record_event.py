"""Events of a matter (事项): what happened on which day, and the duties that it dates."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.deadlines.rules import RecountCause
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor
from bulletin.services.access import duty_for, matter_for
from bulletin.services.catalog.in_force import owed_item
from bulletin.services.duties.advance_matter import open_phase, phases_of, record_phase_event
from bulletin.services.duties.due_date import counts_back, deadline_of
from bulletin.services.duties.overview import lines_of
from bulletin.services.duties.recalculate import move
from bulletin.services.duties.recalculate_postings import extend_for
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.duties import Duty


@dataclass(frozen=True)
class RecordedEvent:
    """An event that was recorded: the duty that it dated."""

    duty_id: int
    due_on: date


def record_event(site: Site, actor: Actor, duty_id: int, event_on: date, now: datetime) -> date:
    """“开工了”: the event happened (or is set for) a day; its duty is dated, the next one appears.

    Returns:
        The day by which the notice is due.
    """
    with site.sessions.writing() as session:
        duty = duty_for(session, actor, duty_id)
        if duty.matter is None:
            raise refuse("no_event_here", "这一项不等事件，不用登记。")
        return record_phase_event(session, site, actor, duty, event_on, now)


def correct_event(site: Site, actor: Actor, duty_id: int, event_on: date, now: datetime) -> date:
    """The event was recorded with a wrong day: its duty is counted anew, the old day is kept.

    Returns:
        The day by which the notice is due.

    Raises:
        Refused: no event was recorded, or the notice is public and was judged by its day; then
            an event that it serves may still be put off, and it stays until then.
    """
    with site.sessions.writing() as session:
        duty = duty_for(session, actor, duty_id)
        return correct_duty_event(session, site, actor, duty, event_on, now)


def correct_duty_event(
    session: Session, site: Site, actor: Actor, duty: Duty, event_on: date, now: datetime
) -> date:
    """As `correct_event`, as a part of another act."""
    if duty.event_on is None or duty.not_applicable_reason:
        raise refuse("no_event_here", "这一项没有登记过日期。")
    _, item = owed_item(session, duty)
    is_open = lines_of(session, site, [duty], now)[0].is_open
    if not is_open and (event_on <= duty.event_on or not counts_back(duty, item)):
        raise refuse("answered", "已经公开了，登记的日期不能再改。")
    duty.event_on = event_on
    deadline = deadline_of(site, duty, item)
    if deadline is None:
        raise refuse("no_deadline", "这一项没有时限。")
    if is_open:
        move(session, duty, deadline, RecountCause.EVENT, now)
    record(session, actor, "correct_event", f"duty {duty.id}", now, event_on=event_on.isoformat())
    if duty.matter is not None:
        extend_for(session, site, duty.matter, now)
    return duty.due_on or deadline.due_on


def record_step_event(
    site: Site, actor: Actor, matter_id: int, step: int, event_on: date, now: datetime
) -> RecordedEvent:
    """As `record_event`, for any phase of a matter, also one that no duty waits for yet.

    A village that begins with this software half-way through a project records only what is to come.
    """
    with site.sessions.writing() as session:
        matter = matter_for(session, actor, matter_id)
        if not 0 <= step < len(phases_of(session, matter)):
            raise NotFoundError("这件事没有这一步。")
        of_step = [duty for duty in matter.duties if duty.step == step]
        waiting = (d for d in of_step if d.due_on is None and not d.not_applicable_reason)
        opened = next(waiting, None) or (of_step[-1] if of_step else None)
        duty = opened or open_phase(session, matter, step, now)
        return RecordedEvent(duty.id, record_phase_event(session, site, actor, duty, event_on, now))
