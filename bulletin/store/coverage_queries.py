"""What is asked of the database to tell how duties stand: plain columns, one query a table."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    null,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from bulletin.domain.notices.workflow import RELEASED
from bulletin.store.annual_reports import AnnualReportEdition, answers_duty
from bulletin.store.duties import DueDayChange, Duty, Matter, NotApplicableSpan
from bulletin.store.judged import judged
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.people import Person
from bulletin.store.postings import Posting
from bulletin.store.village_days import day_of


def first_due_on(township_id: int) -> Select[date | None]:
    """The first day on which anything of a township was due that applies."""
    dated = select(Duty.due_on).where(
        judged(Duty.township_id) == township_id,
        Duty.due_on.is_not(None),
        Duty.not_applicable_reason == "",
    )
    return dated.order_by(Duty.due_on).limit(1)


def duty_facts(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Some duties by due day, with the matter of each."""
    return (
        select(
            Duty.id,
            Duty.village_id,
            Duty.from_village_id,
            Duty.adoption_id,
            Duty.item_code,
            Duty.occasion,
            Duty.label,
            Duty.due_on,
            Duty.opened_at,
            Duty.matter_id,
            Matter.title.label("matter"),
        )
        .outerjoin(Matter, Matter.id == Duty.matter_id)
        .where(which)
        .order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id)
    )


def edition_facts(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The editions, approved at least once, of the notices that answer some duties, in order."""
    return (
        select(
            notice_duty.c.duty_id,
            Notice.id.label("notice_id"),
            Notice.code,
            Notice.personal,
            Edition.id,
            Edition.number,
            Edition.state,
            Edition.publish_at,
            Edition.closes_on,
            cast(Edition.closing, Text).label("closing"),  # of thousands few differ
            Edition.posting_days,
            Edition.posting_unit,
            cast(Edition.posting_requirements, Text).label("posting_requirements"),
            Edition.ended_at,
            Edition.end_reason,
            Edition.redacted_at,
        )
        .join(Duty, Duty.id == notice_duty.c.duty_id)
        .join(Notice, Notice.id == notice_duty.c.notice_id)
        .join(Edition, Edition.notice_id == Notice.id)
        .where(which, Edition.publish_at.is_not(None), Edition.closes_on.is_not(None))
        .order_by(Notice.id, Edition.number)
    )


def _sorted_at_last(key: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[int]:
    """A key by which a few rows are sorted once they are found.

    The sum keeps SQLite, which has no statistics, from reading a whole table in the order of its key, and asking of
    each row whether it is one of some thousand duties: that took minutes.
    """
    return key + 0


def report_facts(which: ColumnElement[bool]) -> Select[int, int, datetime]:
    """Which annual reports were issued that some duties ask for, and since when."""
    issued_at = func.min(AnnualReportEdition.issued_at)
    found = select(Duty.id, AnnualReportEdition.year, issued_at)
    joined = found.join(AnnualReportEdition, answers_duty()).where(which)
    return joined.group_by(Duty.id, AnnualReportEdition.year)


def hung_facts(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """When the papers of those editions were hung and taken off: duty, edition, from, until."""
    return (
        select(notice_duty.c.duty_id, Posting.edition_id, Posting.hung_on, Posting.down_on)
        .join(Duty, Duty.id == notice_duty.c.duty_id)
        .join(Edition, Edition.notice_id == notice_duty.c.notice_id)
        .join(Posting, Posting.edition_id == Edition.id)
        .where(which)
        .order_by(_sorted_at_last(Posting.id))
    )


def answer_facts(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The answers to some duties: a row for each edition, and for each of its papers where it has some.

    `is_plain`: it was approved, and nothing ended it, nor removed its words. Without an edition: nothing known answers.
    """
    known = Edition.publish_at.is_not(None), Edition.closes_on.is_not(None)
    plain = and_(
        Edition.state.in_(RELEASED),
        Edition.ended_at.is_(None),
        Edition.redacted_at.is_(None),
    )
    return (
        select(
            Duty.id,
            func.coalesce(Duty.from_village_id, Duty.village_id).label("origin"),
            Duty.due_on,
            Duty.adoption_id,
            Duty.item_code,
            Edition.id.label("edition_id"),
            case((plain, True), else_=False).label("is_plain"),
            day_of(Edition.publish_at).label("web_on"),
            Edition.closes_on,
            Notice.personal,
            Edition.posting_days,
            Edition.posting_unit,
            cast(Edition.posting_requirements, Text).label("posting_requirements"),
            cast(Edition.closing, Text).label("closing"),
            Posting.hung_on,
            Posting.down_on,
        )
        .outerjoin(notice_duty, notice_duty.c.duty_id == Duty.id)
        .outerjoin(Notice, Notice.id == notice_duty.c.notice_id)
        .outerjoin(Edition, and_(Edition.notice_id == Notice.id, *known))
        .outerjoin(Posting, Posting.edition_id == Edition.id)
        .where(Duty.id.in_(select(Duty.id).where(which)))  # SQLite begins with these
    )


def not_applicable_facts(which: ColumnElement[bool]) -> tuple[Select[*tuple[Any, ...]], ...]:
    """When some duties did not apply: what was taken back since, and what holds today.

    Rows are duty, reason, from, until, who said so.
    """
    since, until = NotApplicableSpan.from_at, NotApplicableSpan.until_at
    taken_back = (
        select(Duty.id, NotApplicableSpan.reason, since, until, Person.name)
        .join(NotApplicableSpan, NotApplicableSpan.duty_id == Duty.id)
        .outerjoin(Person, Person.id == NotApplicableSpan.declared_by)
        .where(which)
    )
    today = (
        select(Duty.id, Duty.not_applicable_reason, Duty.not_applicable_at, null(), Person.name)
        .outerjoin(Person, Person.id == Duty.not_applicable_by)
        .where(which, Duty.not_applicable_reason != "")
    )
    return taken_back, today


def days_before(which: ColumnElement[bool], since: datetime) -> Select[int, date | None]:
    """What the days were that moved since an instant: before the first move, by duty."""
    return (
        select(DueDayChange.duty_id, DueDayChange.before_on)
        .join(Duty, Duty.id == DueDayChange.duty_id)
        .where(which, DueDayChange.at >= since)
        .order_by(_sorted_at_last(DueDayChange.id).desc())
    )


def moves_since(which: ColumnElement[bool], since: datetime) -> Select[int, datetime, date | None]:
    """The moves of some duties since an instant, in order: duty, when, the day before it."""
    return (
        select(DueDayChange.duty_id, DueDayChange.at, DueDayChange.before_on)
        .join(Duty, Duty.id == DueDayChange.duty_id)
        .where(which, DueDayChange.at >= since)
        .order_by(_sorted_at_last(DueDayChange.id))
    )
