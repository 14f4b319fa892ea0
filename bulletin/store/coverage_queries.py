"""What the coverage matrix asks of the database: plain columns, one query a table."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from bulletin.domain.notices.workflow import APPROVED
from bulletin.store.duties import DueDayChange, Duty, Matter
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.people import Person
from bulletin.store.postings import Posting


def _in_span(township_id: int, first_on: date, last_on: date) -> ColumnElement[bool]:
    """Duties that are or were due within a span of days, and those that wait or waited for an event."""
    ours, before = Duty.township_id == township_id, DueDayChange.before_on
    due = or_(Duty.due_on.is_(None), Duty.due_on.between(first_on, last_on))
    was = or_(before.is_(None), before.between(first_on, last_on))
    moved = select(DueDayChange.duty_id).where(DueDayChange.township_id == township_id, was)
    return and_(ours, or_(due, Duty.id.in_(moved)))


def duty_facts(township_id: int, first_on: date, last_on: date) -> Select[*tuple[Any, ...]]:
    """The duties of a span by due day, with the matter and who declared one not applicable."""
    return (
        select(
            Duty.id,
            Duty.village_id,
            Duty.adoption_id,
            Duty.item_code,
            Duty.occasion,
            Duty.label,
            Duty.due_on,
            Duty.opened_at,
            Duty.not_applicable_reason,
            Duty.not_applicable_at,
            Person.name.label("declared_by"),
            Matter.title.label("matter"),
        )
        .outerjoin(Person, Person.id == Duty.not_applicable_by)
        .outerjoin(Matter, Matter.id == Duty.matter_id)
        .where(_in_span(township_id, first_on, last_on))
        .order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id)
    )


def public_facts(township_id: int, first_on: date, last_on: date) -> Select[*tuple[Any, ...]]:
    """When the notices that answer those duties became public and were taken down, by edition."""
    return (
        select(notice_duty.c.duty_id, Notice.code, Edition.publish_at, Edition.ended_at)
        .join(Duty, Duty.id == notice_duty.c.duty_id)
        .join(Notice, Notice.id == notice_duty.c.notice_id)
        .join(Edition, Edition.notice_id == Notice.id)
        .where(_in_span(township_id, first_on, last_on))
        .where(Edition.state.in_(APPROVED))
        .where(Edition.publish_at.is_not(None))
        .order_by(Notice.id, Edition.number)
    )


def hung_facts(township_id: int, first_on: date, last_on: date) -> Select[*tuple[Any, ...]]:
    """When their sheets were hung and taken off."""
    return (
        select(notice_duty.c.duty_id, Posting.hung_on, Posting.down_on)
        .join(Duty, Duty.id == notice_duty.c.duty_id)
        .join(Edition, Edition.notice_id == notice_duty.c.notice_id)
        .join(Posting, Posting.edition_id == Edition.id)
        .where(_in_span(township_id, first_on, last_on))
    )


def days_before(township_id: int, since: datetime) -> Select[int, date | None]:
    """What the days were that moved since an instant: before the first move, by duty."""
    return (
        select(DueDayChange.duty_id, DueDayChange.before_on)
        .where(DueDayChange.township_id == township_id, DueDayChange.at >= since)
        .order_by(DueDayChange.id.desc())
    )
