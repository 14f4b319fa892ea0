"""Matters (事项): what happens sets the duties that wait for it in motion."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.deadlines import reckon
from bulletin.domain.people import Actor, Role
from bulletin.domain.refusals import NotFoundError, refuse
from bulletin.services.adopting import owed_item
from bulletin.services.duties import WAITING, Occasion, new_duty, reckoning_json
from bulletin.services.house import House
from bulletin.services.recording import record
from bulletin.services.screening import ensure_text_is_clean
from bulletin.store.duties import Duty, Matter


@dataclass(frozen=True)
class OpenedMatter:
    id: int
    duty_ids: tuple[int, ...]  # one per phase, in order


def open_matter(
    house: House, actor: Actor, waiting_duty_id: int, title: str, now: datetime
) -> OpenedMatter:
    """Begin a matter of an item that waits for events: each of its phases becomes a duty."""
    if not title.strip():
        raise refuse("title_missing", "请写事项的名称，例如“张家村村道硬化工程”。")
    with house.sessions.writing() as session:
        waiting = _duty(session, actor, waiting_duty_id)
        title = ensure_text_is_clean(session, actor, title, "事项名称")
        if waiting.occasion != WAITING:
            raise refuse("no_matter_here", "这一项按期公开，不用登记事项。")
        adoption, item = owed_item(session, waiting)
        matter = Matter(
            township_id=waiting.township_id, village_id=waiting.village_id,
            publisher_id=waiting.publisher_id, item_code=item.code, title=title,
            opened_at=now, opened_by=actor.id,
        )  # fmt: skip
        session.add(matter)
        session.flush()
        duties = []
        for event in item.events:
            occasion = Occasion(f"matter:{matter.id}:{event.phase.value}", event.name, None)
            duty = new_duty(adoption, waiting.publisher, item, occasion, now,
                            matter_id=matter.id, phase=event.phase)  # fmt: skip
            session.add(duty)
            duties.append(duty)
        session.flush()
        record(session, actor, "open_matter", f"matter {matter.id}", now, item=item.code)
        return OpenedMatter(matter.id, tuple(duty.id for duty in duties))


def record_event(house: House, actor: Actor, duty_id: int, event_on: date, now: datetime) -> date:
    """“开工了”: the event happened (or is set for) a day; the duty gets its due day.

    Returns:
        The day by which the notice is due.
    """
    with house.sessions.writing() as session:
        duty = _duty(session, actor, duty_id)
        if duty.matter_id is None:
            raise refuse("no_event_here", "这一项不等事件，不用登记。")
        if duty.due_on is not None:
            raise refuse("event_known", f"这一步已经登记过：{duty.event_on}。")
        _, item = owed_item(session, duty)
        deadline = reckon(
            item.limit_of(duty.phase),
            house.calendar,
            event_on=event_on,
            promptly_days=house.promptly_days,
        )
        if deadline is None:
            raise refuse("no_deadline", "这一项没有时限。")
        duty.event_on = event_on
        duty.rule_on, duty.due_on = deadline.rule_on, deadline.due_on
        duty.reckoning = reckoning_json(deadline)
        record(
            session, actor, "event", f"duty {duty.id}", now,
            event_on=event_on.isoformat(), due_on=deadline.due_on.isoformat(),
        )  # fmt: skip
        return deadline.due_on


def declare_not_applicable(
    house: House, actor: Actor, duty_id: int, reason: str, now: datetime
) -> None:
    """不适用 for this occasion, with a reason and who said so."""
    if not reason.strip():
        raise refuse("reason_missing", "请写明为什么这一期不适用。")
    with house.sessions.writing() as session:
        duty = _duty(session, actor, duty_id)
        reason = ensure_text_is_clean(session, actor, reason, "原因")
        duty.not_applicable_reason, duty.not_applicable_by = reason, actor.id
        record(session, actor, "not_applicable", f"duty {duty.id}", now)


def _duty(session: Session, actor: Actor, duty_id: int) -> Duty:
    duty = session.get(Duty, duty_id)
    if duty is None or duty.township_id != actor.township_id:
        raise NotFoundError("没有这一项，或者不在您负责的范围内。")
    if not actor.holds(Role.LIAISON, duty.village_id):
        raise refuse("not_your_role", "登记事项要由本村（或乡镇）的信息员办理。")
    return duty
