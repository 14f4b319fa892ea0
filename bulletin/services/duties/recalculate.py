"""Counting a duty's day again: the calendar, the catalog, the event or the law has changed."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.rules import Deadline, RecountCause
from bulletin.domain.people import CLOCK
from bulletin.services.catalog.in_force import adopted
from bulletin.services.duties.due_date import deadline_of
from bulletin.services.duties.open import calculation_json
from bulletin.services.history import record
from bulletin.services.one_by_one import one_by_one
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import DueDayChange, Duty
from bulletin.store.places import Township

LONGEST_REST = timedelta(days=15)  # that an arrangement has made so far: nine days


def recalculate(site: Site, now: datetime) -> int:
    """Count provisional days again; what is over stays as it was judged.

    `rule_on` keeps the day first given, `due_on` is the day in force, and the day before is
    kept with the cause. Returns how many days moved.

    Raises:
        SomeFailed: of some duties, once all had their turn.
    """
    today = village_day(now)
    moved = 0
    with site.sessions.reading() as session:
        provisional = list(session.scalars(_provisional_ahead(today)))
        on_days_off = _ending_on_days_off(session, site, today)
    again = [(each, _count_again) for each in provisional]
    again += [(each, _move_from_day_off) for each in on_days_off]
    with one_by_one() as those:
        for duty_id, count in again:
            with those.turn_of(f"duty {duty_id}"), site.sessions.writing() as session:
                moved += count(session, site, session.get_one(Duty, duty_id), now)
    return moved


def _provisional_ahead(today: date) -> Select[int]:
    provisional = Duty.calculation["provisional"].as_boolean()
    return select(Duty.id).where(Duty.due_on >= today, provisional.is_(True)).order_by(Duty.id)


def _count_again(session: Session, site: Site, duty: Duty, now: datetime) -> bool:
    item = adopted(session.get_one(Adoption, duty.adoption_id)).find(duty.item_code)
    deadline = deadline_of(site, duty, item) if item else None
    if deadline is None or deadline.provisional:
        return False
    if move(session, duty, deadline, RecountCause.HOLIDAYS, now):
        return True
    record(session, CLOCK, "settle_day", f"duty {duty.id}", now)  # lists say 暂定 no longer
    return False


def _ending_on_days_off(session: Session, site: Site, today: date) -> list[int]:
    """What was counted to a day off by an earlier release, or while its township let it end there."""
    ahead = (
        select(Duty.id, Duty.due_on, Duty.calculation)
        .join(Township, Township.id == Duty.township_id)
        .where(Duty.due_on >= today - LONGEST_REST, Township.moves_ends)
        .order_by(Duty.id)
    )
    return [
        duty_id
        for duty_id, due_on, calculation in session.execute(ahead)
        if _is_counted_forward(calculation, due_on)
        and due_on < (last_day := site.calendar.last_day(due_on))
        and last_day >= today
    ]


def _is_counted_forward(calculation: dict[str, Any], due_on: date) -> bool:
    start = calculation.get("counted_from")
    return start is not None and date.fromisoformat(start) < due_on


def _move_from_day_off(session: Session, site: Site, duty: Duty, now: datetime) -> bool:
    """Later only: nobody loses a day that was promised."""
    item = adopted(session.get_one(Adoption, duty.adoption_id)).find(duty.item_code)
    deadline = deadline_of(site, duty, item) if item else None
    if deadline is None or duty.due_on is None or deadline.due_on <= duty.due_on:
        return False
    return move(session, duty, deadline, RecountCause.DAYS_OFF, now)


def move(
    session: Session, duty: Duty, deadline: Deadline, cause: RecountCause, now: datetime
) -> bool:
    """Give a duty a day and keep the one before, or that there was none; False when it stays."""
    before, calculation = duty.due_on, duty.calculation
    duty.due_on, duty.calculation = deadline.due_on, calculation_json(deadline)
    if before == deadline.due_on:
        return False
    session.add(
        DueDayChange(
            township_id=duty.township_id,
            duty_id=duty.id,
            cause=cause,
            before_on=before,
            due_on=deadline.due_on,
            calculation=calculation,
            adoption_id=duty.adoption_id,
            at=now,
        )
    )
    if before is not None:
        record(
            session,
            CLOCK,
            "reckon_anew",
            f"duty {duty.id}",
            now,
            cause=cause.value,
            before=before.isoformat(),
            due_on=deadline.due_on.isoformat(),
        )
    return True
