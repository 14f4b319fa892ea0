"""From when on each duty is answered in public: kept beside it, for lists among years of duties.

It is the chosen moment of an approved notice, a decision, or that in which the annual report was issued; whether it
has come is asked when a list is read.
"""

from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bulletin.domain.notices.workflow import RELEASED, State
from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.store.annual_reports import AnnualReportEdition, answers_duty
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition, notice_duty

Newer = aliased(Edition)  # of the same notice


@cache  # built once: that takes longer than the answer, and every act asks
def first_answer() -> ColumnElement[datetime | None]:
    """Of a duty the first moment at which it is answered: by a notice, or by the annual report that it asks for."""
    by_notice, by_report = _first_of_notices(), _first_of_reports()
    return case(
        (Duty.item_code != REPORT_ITEM, by_notice),
        (by_report.is_(None), by_notice),
        (by_notice <= by_report, by_notice),
        else_=by_report,
    )


def _first_of_reports() -> ScalarSelect[datetime]:
    return (
        select(func.min(AnnualReportEdition.issued_at))
        .where(answers_duty())
        .correlate(Duty)
        .scalar_subquery()
    )


def _first_of_notices() -> ScalarSelect[datetime | None]:
    """The first moment of an approved edition that was not taken down, nor a later one of its notice.

    What it asks of an edition stands in the sum: in the condition, SQLite would begin with all editions of a
    state, for each duty anew.
    """
    taken_down = exists().where(
        Newer.notice_id == Edition.notice_id,
        Newer.number >= Edition.number,
        Newer.state == State.TAKEN_DOWN,
    )
    answers = and_(Edition.state.in_(RELEASED), ~taken_down)
    return (
        select(func.min(case((answers, Edition.publish_at))))
        .select_from(notice_duty)
        .join(Edition, Edition.notice_id == notice_duty.c.notice_id)
        .where(notice_duty.c.duty_id == Duty.id)
        .correlate(Duty)
        .scalar_subquery()
    )


def keep_answers(connection: Connection, duty_ids: list[int]) -> None:
    """Write anew from when on some duties are answered."""
    if duty_ids:
        connection.execute(_keeping(), {"concerned": duty_ids})


@cache
def _keeping() -> Update:
    concerned = Duty.id.in_(bindparam("concerned", expanding=True))
    return update(Duty).where(concerned).values(answered_at=first_answer())
