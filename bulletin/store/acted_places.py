"""In which villages somebody acted since an entry of the history."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, null, select
from sqlalchemy.orm import Session

from bulletin.domain.notices.workflow import RELEASED
from bulletin.store.duties import Duty, Matter
from bulletin.store.feedback import Feedback
from bulletin.store.history import subjects_at
from bulletin.store.meetings import Meeting
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.places import Board

Place = int | None  # a village; None: the township itself
_OF_NO_DUTY = (
    "person",
    "request",
    "register",
    "responsibility",
    "department",
    "reporting",
    "inspection",
    "inspections",
    "escalation",
    "training",
    "emergency",
)
MAX_ACTS = 100  # beyond these, everything is looked at at once


def places_acted_on(session: Session, township_id: int, *, after: int) -> frozenset[Place] | None:
    """The places whose duties and papers may stand otherwise since an entry; None: any of them.

    An act tells by its subject whose it is. What is about people or the work of the office (requests, inspections,
    tasks) changes no duty; and what is about a catalog, a village or anything else, may change those of
    all.
    """
    subjects = subjects_at(session, township_id, after=after, limit=MAX_ACTS + 1)
    if len(subjects) > MAX_ACTS:
        return None
    keys: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        kind, _, key = subject.partition(" ")
        keys[kind].add(key.partition(".")[0])
    for kind in _OF_NO_DUTY:
        keys.pop(kind, None)
    if not keys.keys() <= _PLACES.keys():
        return None
    asked = [each for kind, some in keys.items() for each in _PLACES[kind](some)]
    return frozenset(place for each in asked for place in session.scalars(each))


def places_coming_out(
    session: Session, township_id: int, *, after: datetime, until: datetime
) -> frozenset[Place]:
    """The places of what came out by itself after a moment, until another one."""
    came_out = select(Edition.notice_id).where(
        Edition.state.in_(RELEASED),
        Edition.publish_at > after,
        Edition.publish_at <= until,
        Edition.township_id == township_id,
    )
    asked = _by_notices(Notice.id.in_(came_out))
    return frozenset(place for each in asked for place in session.scalars(each))


def _of_notices(codes: Collection[str]) -> Iterable[Select[Place]]:
    return _by_notices(Notice.code.in_(codes))


def _by_notices(which: ColumnElement[bool]) -> Iterable[Select[Place]]:
    """Of those who write some notices, and of those whose duties they answer."""
    answered = select(notice_duty.c.duty_id).join(Notice, Notice.id == notice_duty.c.notice_id)
    return select(Notice.village_id).where(which), *_owing(Duty.id.in_(answered.where(which)))


def _of_duties(ids: Collection[str]) -> Iterable[Select[Place]]:
    return _owing(Duty.id.in_(map(int, ids)))


def _owing(which: ColumnElement[bool]) -> Iterable[Select[Place]]:
    """Who owes some duties, and who owed them first."""
    first = func.coalesce(Duty.from_village_id, Duty.village_id)
    return select(Duty.village_id).where(which), select(first).where(which)


def _of_reports(_township_ids: Collection[str]) -> Iterable[Select[Place]]:
    """The report that is issued answers a duty of the township itself."""
    return [select(null())]


def _of(model: Any) -> Callable[[Collection[str]], Iterable[Select[Place]]]:
    return lambda ids: [select(model.village_id).where(model.id.in_(map(int, ids)))]


_PLACES = {
    "notice": _of_notices,
    "duty": _of_duties,
    "matter": _of(Matter),
    "meeting": _of(Meeting),
    "board": _of(Board),
    "feedback": _of(Feedback),
    "report": _of_reports,
}
