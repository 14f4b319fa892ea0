"""The phases of a matter as duties: one appears, its event is recorded, the next one appears."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.rules import RecountCause
from bulletin.domain.duties.matters import MatterPhase, kind_of_item, read_phase
from bulletin.domain.errors import refuse
from bulletin.domain.feedback.states import holds_back_matter
from bulletin.domain.people import Actor
from bulletin.services.catalog.in_force import adopted, catalog_on, owed_item
from bulletin.services.duties.due_date import deadline_of
from bulletin.services.duties.open import Occasion, new_duty
from bulletin.services.duties.recalculate import move
from bulletin.services.duties.recalculate_postings import extend_for
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty, Matter
from bulletin.store.feedback_queries import objections_to_matter
from bulletin.store.places import Publisher
from bulletin.store.publishers import publishers_of


def responsible_publisher(
    session: Session, matter: Matter, phase: MatterPhase, now: datetime
) -> tuple[Adoption, Publisher]:
    """The catalog and the publisher under which a phase is owed."""
    in_force = catalog_on(session, matter.township_id, matter.village_id, village_day(now))
    adoption = in_force[0] if in_force else None
    item = in_force[1].find(phase.item) if in_force else None
    if item is None and matter.duties:  # it ends under the catalog that it began with
        adoption = session.get_one(Adoption, matter.duties[-1].adoption_id)
        item = adopted(adoption).find(phase.item)
    publishers = session.scalars(publishers_of(matter.township_id, matter.village_id))
    publisher = next((each for each in publishers if item and each.kind is item.publisher), None)
    if adoption is None or publisher is None:
        raise refuse("matter_kind", "目录里没有这一类事，或者这里没有它的公开主体。")
    return adoption, publisher


def add_step_duty(
    session: Session,
    matter: Matter,
    step: int,
    adoption: Adoption,
    publisher: Publisher,
    now: datetime,
) -> Duty:
    """The duty of a step of a matter. A step that repeats gets another duty, numbered from 2."""
    phase = phases_of(session, matter)[step]
    earlier = sum(duty.step == step for duty in matter.duties)
    key = f"matter:{matter.id}:{step}" + (f".{earlier + 1}" if earlier else "")
    occasion = Occasion(key, phase.event, None)
    duty = new_duty(
        adoption,
        publisher,
        phase.item,
        occasion,
        now,
        matter=matter,
        phase=phase.phase,
        step=step,
    )
    session.add(duty)
    session.flush()
    return duty


def phases_of(session: Session, matter: Matter) -> tuple[MatterPhase, ...]:
    """The phases of a matter; one of an earlier release has the events of its item."""
    if matter.phases:
        return tuple(read_phase(phase) for phase in matter.phases)
    return kind_of_item(owed_item(session, matter.duties[0])[1]).phases


def open_phase(session: Session, matter: Matter, step: int, now: datetime) -> Duty:
    """The duty of a phase under the catalog in force, waiting for its event."""
    phase = phases_of(session, matter)[step]
    adoption, publisher = responsible_publisher(session, matter, phase, now)
    return add_step_duty(session, matter, step, adoption, publisher, now)


def record_phase_event(
    session: Session, site: Site, actor: Actor, duty: Duty, event_on: date, now: datetime
) -> date:
    """The event of a phase has a day: so has its duty, and the next phase appears."""
    if duty.matter is not None:
        _ensure_objections_answered(session, duty.matter, now)
    if duty.due_on is not None:
        raise refuse("event_known", f"这一步{day_words(duty.event_on or event_on)}已经登记过。")
    duty.event_on = event_on
    _, item = owed_item(session, duty)
    deadline = deadline_of(site, duty, item)
    if deadline is None:
        raise refuse("no_deadline", "这一项没有时限。")
    duty.rule_on = deadline.rule_on
    move(session, duty, deadline, RecountCause.EVENT, now)
    record(
        session,
        actor,
        "event",
        f"duty {duty.id}",
        now,
        event_on=event_on.isoformat(),
        due_on=deadline.due_on.isoformat(),
    )
    open_next_phase(session, duty, now)
    if duty.matter is not None:
        extend_for(session, site, duty.matter, now)
    return deadline.due_on


def _ensure_objections_answered(session: Session, matter: Matter, now: datetime) -> None:
    """An objection that came in time is answered before its matter goes on."""
    found = (each.facts_at(now) for each in session.scalars(objections_to_matter(matter.id)))
    holding = [facts for facts in found if holds_back_matter(facts)]
    if holding:
        day = day_words(min(facts.clock.due_on for facts in holding))
        words = (
            f"这件事在公示期内有{len(holding)}件异议还没有答复（最迟{day}），答复以后再登记下一步。"
        )
        raise refuse("objection_open", words)


def open_next_phase(session: Session, duty: Duty, now: datetime) -> None:
    """After a phase the next one appears; one that repeats waits again until the next has come."""
    matter, step = duty.matter, duty.step
    if matter is None or step is None:
        return
    phases = phases_of(session, matter)
    for earlier in matter.duties:
        past = earlier.step is not None and earlier.step < step and phases[earlier.step].repeats
        if past and earlier.due_on is None and not earlier.not_applicable_reason:
            earlier.declare_not_applicable(f"已经到了下一步：{phases[step].event}。", None, now)
    following = [step] if phases[step].repeats and duty.due_on is not None else []
    following += [step + 1] if step + 1 < len(phases) else []
    for each in following:
        is_open = any(d.step == each and (each != step or d.due_on is None) for d in matter.duties)
        if not is_open:
            open_phase(session, matter, each, now)
