"""Matters (事项): what happens sets one duty after another in motion."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.rules import RecountCause
from bulletin.domain.duties.matters import MatterKind, kind_for, phase_json
from bulletin.domain.duties.status import Standing
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor, Role
from bulletin.services.catalog.adopt import catalog_on, owed_item, owed_kinds
from bulletin.services.duties.due_date import deadline_of, move
from bulletin.services.duties.matter_phases import add_step, appear, go_on, owing, phases_of, tell
from bulletin.services.duties.open import WAITING
from bulletin.services.duties.overview import lines_of
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import House
from bulletin.store.duties import Duty, Matter


@dataclass(frozen=True)
class OpenedMatter:
    id: int
    duty_id: int  # of its first phase


@dataclass(frozen=True)
class Told:
    """An event that was recorded: the duty that it dated."""

    duty_id: int
    due_on: date


def matter_kinds(
    house: House, actor: Actor, village_id: int | None, now: datetime
) -> tuple[MatterKind, ...]:
    """The kinds of matters that a village (None: the township) can open under its catalog."""
    with house.sessions.reading() as session:
        in_force = catalog_on(session, actor.township_id or 0, village_id, village_day(now))
        if in_force is None:
            return ()
        return _kinds(house, in_force[1].only(owed_kinds(village_id)))


def _kinds(house: House, catalog: Catalog) -> tuple[MatterKind, ...]:
    within = (kind.within(catalog) for kind in house.matter_kinds)
    return tuple(kind for kind in within if kind.phases)


def open_matter(
    house: House, actor: Actor, waiting_duty_id: int, title: str, now: datetime
) -> OpenedMatter:
    """Begin a matter of an item that waits for events; its first phase becomes a duty."""
    with house.sessions.writing() as session:
        waiting = _duty(session, actor, waiting_duty_id)
        if waiting.occasion != WAITING:
            raise refuse("no_matter_here", "这一项按期公开，不用登记事项。")
        _, item = owed_item(session, waiting)
        kind = kind_for(_kinds(house, _catalog(session, actor, waiting.village_id, now)), item)
        return _open(session, actor, waiting.village_id, kind, title, now)


def begin_matter(
    house: House, actor: Actor, village_id: int | None, kind_key: str, title: str,
    event_on: date | None, now: datetime,
) -> OpenedMatter:  # fmt: skip
    """Begin a matter of a kind in one step; with a day its first event has happened.

    Raises:
        Refused: nobody's role, no name, or a kind that the catalog does not bear.
    """
    _ensure_liaison(actor, village_id)
    with house.sessions.writing() as session:
        kinds = _kinds(house, _catalog(session, actor, village_id, now))
        kind = next((kind for kind in kinds if kind.key == kind_key), None)
        if kind is None:
            raise refuse("matter_kind", "请选是哪一类事。")
        opened = _open(session, actor, village_id, kind, title, now)
        if event_on is not None:
            tell(session, house, actor, session.get_one(Duty, opened.duty_id), event_on, now)
        return opened


def _catalog(session: Session, actor: Actor, village_id: int | None, now: datetime) -> Catalog:
    in_force = catalog_on(session, actor.township_id or 0, village_id, village_day(now))
    if in_force is None:
        raise refuse("no_catalog", "还没有采用目录，不能登记事项。")
    return in_force[1].only(owed_kinds(village_id))


def _open(
    session: Session, actor: Actor, village_id: int | None, kind: MatterKind, title: str,
    now: datetime,
) -> OpenedMatter:  # fmt: skip
    title = ensure_text_is_clean(session, actor, title, "事项名称")
    if not title:
        raise refuse("title_missing", "请写事项的名称，例如“张家村村道硬化工程”。")
    matter = Matter(
        township_id=actor.township_id, village_id=village_id, item_code=kind.phases[0].item,
        title=title, kind=kind.key, phases=[phase_json(phase) for phase in kind.phases],
        opened_at=now, opened_by=actor.id,
    )  # fmt: skip
    adoption, publisher = owing(session, matter, kind.phases[0], now)
    matter.publisher_id = publisher.id
    session.add(matter)
    session.flush()
    duty = add_step(session, matter, 0, adoption, publisher, now)
    record(session, actor, "open_matter", f"matter {matter.id}", now, item=matter.item_code)
    return OpenedMatter(matter.id, duty.id)


def record_event(house: House, actor: Actor, duty_id: int, event_on: date, now: datetime) -> date:
    """“开工了”: the event happened (or is set for) a day; its duty is dated, the next one appears.

    Returns:
        The day by which the notice is due.
    """
    with house.sessions.writing() as session:
        duty = _duty(session, actor, duty_id)
        if duty.matter is None:
            raise refuse("no_event_here", "这一项不等事件，不用登记。")
        return tell(session, house, actor, duty, event_on, now)


def correct_event(house: House, actor: Actor, duty_id: int, event_on: date, now: datetime) -> date:
    """The event was told with a wrong day: its duty is counted anew, what it was before is kept.

    Returns:
        The day by which the notice is due.

    Raises:
        Refused: no event was told, or the notice is public and was judged by its day.
    """
    with house.sessions.writing() as session:
        duty = _duty(session, actor, duty_id)
        if duty.event_on is None or duty.not_applicable_reason:
            raise refuse("no_event_here", "这一项没有登记过日期。")
        if not lines_of(session, house, [duty], now)[0].is_open:
            raise refuse("answered", "已经公开了，登记的日期不能再改。")
        duty.event_on = event_on
        _, item = owed_item(session, duty)
        deadline = deadline_of(house, duty, item)
        if deadline is None:
            raise refuse("no_deadline", "这一项没有时限。")
        move(session, duty, deadline, RecountCause.EVENT, now)
        record(
            session, actor, "correct_event", f"duty {duty.id}", now, event_on=event_on.isoformat()
        )
        return deadline.due_on


def tell_step(
    house: House, actor: Actor, matter_id: int, step: int, event_on: date, now: datetime
) -> Told:
    """As `record_event`, for any phase of a matter, also one whose turn has not come.

    A village that begins with this software half-way through a project tells only what is to come.
    """
    with house.sessions.writing() as session:
        matter = session.get(Matter, matter_id)
        if matter is None or matter.township_id != actor.township_id:
            raise NotFoundError("没有这件事，或者不在您负责的范围内。")
        _ensure_liaison(actor, matter.village_id)
        if not 0 <= step < len(phases_of(session, matter)):
            raise NotFoundError("这件事没有这一步。")
        of_step = [duty for duty in matter.duties if duty.step == step]
        waiting = (d for d in of_step if d.due_on is None and not d.not_applicable_reason)
        known = next(waiting, None) or (of_step[-1] if of_step else None)
        duty = known or appear(session, matter, step, now)
        return Told(duty.id, tell(session, house, actor, duty, event_on, now))


def declare_not_applicable(
    house: House, actor: Actor, duty_id: int, reason: str, now: datetime
) -> None:
    """不适用 for this occasion, with a reason and who said so; a matter goes on to its next phase."""
    if not reason.strip():
        raise refuse("reason_missing", "请写明为什么这一期不适用。")
    with house.sessions.writing() as session:
        duty = _duty(session, actor, duty_id)
        line = lines_of(session, house, [duty], now)[0]
        step_waits = line.standing is Standing.WAITING and line.waits_for_event
        if not line.is_open and not step_waits:  # what was judged stays as it was judged
            raise refuse("not_open", "这一项已经有了结果，不能再说不适用。")
        reason = ensure_text_is_clean(session, actor, reason, "原因")
        duty.not_applicable_reason, duty.not_applicable_by = reason, actor.id
        duty.not_applicable_at = now
        record(session, actor, "not_applicable", f"duty {duty.id}", now)
        go_on(session, duty, now)


def owe_again(house: House, actor: Actor, duty_id: int, now: datetime) -> None:
    """What somebody said does not apply is owed after all.

    Raises:
        Refused: nobody said so.
    """
    with house.sessions.writing() as session:
        duty = _duty(session, actor, duty_id)
        if duty.not_applicable_by is None:
            raise refuse("applicable", "没有人说过这一期不适用。")
        duty.not_applicable_reason, duty.not_applicable_by = "", None
        duty.not_applicable_at = None
        record(session, actor, "owe_again", f"duty {duty.id}", now)


def _duty(session: Session, actor: Actor, duty_id: int) -> Duty:
    duty = session.get(Duty, duty_id)
    if duty is None or duty.township_id != actor.township_id:
        raise NotFoundError("没有这一项，或者不在您负责的范围内。")
    _ensure_liaison(actor, duty.village_id)
    return duty


def _ensure_liaison(actor: Actor, village_id: int | None) -> None:
    if not actor.holds(Role.LIAISON, village_id):
        raise refuse("not_your_role", "登记事项要由本村（或乡镇）的信息员办理。")
