"""Whether an edition that is still to come, comes too late for what it answers or corrects."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import object_session

from bulletin.domain.days import village_day
from bulletin.domain.duties.planned_day import LatePlan, PlanLimit, late_plan
from bulletin.domain.notices.workflow import IN_REVIEW, State, state_at
from bulletin.store.notice_queries import disclosed_duties
from bulletin.store.notices import Edition

_TO_COME = frozenset({State.DRAFT, *IN_REVIEW, State.SCHEDULED})


def late_plan_of(edition: Edition, now: datetime) -> LatePlan | None:
    """What the moment of an edition is late for; None when it is on time, out, or given up."""
    if state_at(edition.state, edition.publish_at, now) not in _TO_COME:
        return None
    chosen_on = village_day(edition.publish_at) if edition.publish_at else None
    return late_plan(chosen_on, _limits(edition, now), village_day(now))


def _limits(edition: Edition, now: datetime) -> Iterator[tuple[PlanLimit, date | None]]:
    """What it corrects has answered its duties already, while that can be read."""
    corrected = _in_force(edition, now)
    if corrected is not None:
        yield PlanLimit.PERIOD_END, corrected.closes_on
        return
    answered = _answered_by_another(edition, now)
    for duty in edition.notice.duties:
        if not duty.not_applicable_reason and duty.id not in answered:
            yield PlanLimit.DUE, duty.due_on


def _answered_by_another(edition: Edition, now: datetime) -> frozenset[int]:
    """The duties that are disclosed already and that this notice only says more about."""
    session = object_session(edition) if edition.notice.second_reason else None
    if session is None:
        return frozenset()
    duty_ids = [duty.id for duty in edition.notice.duties]
    return frozenset(session.scalars(disclosed_duties(duty_ids, now)))


def _in_force(edition: Edition, now: datetime) -> Edition | None:
    public = (
        e
        for e in reversed(edition.notice.editions)
        if e.number < edition.number
        and e.redacted_at is None
        and state_at(e.state, e.publish_at, now) is State.PUBLISHED
    )
    return next(public, None)
