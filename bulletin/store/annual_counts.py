"""What the annual report counts of a year besides requests and registers, each in one question."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from bulletin.domain.days import start_of, village_day
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.oversight.escalation.steps import EscalationStep
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.domain.oversight.requests.course import StepKind
from bulletin.store.escalations import Escalation
from bulletin.store.feedback import Feedback
from bulletin.store.information_requests import RequestStep
from bulletin.store.inspections import Inspection, InspectionFinding
from bulletin.store.judged import judged
from bulletin.store.meetings import Meeting
from bulletin.store.notices import Notice
from bulletin.store.outlets import Outlet, Sending
from bulletin.store.places import Board, Village
from bulletin.store.policy_links import PolicyLink
from bulletin.store.postings import Posting
from bulletin.store.public_lists import First, is_first, was_public

Span = tuple[datetime, datetime]  # from a moment until before another


def published(
    session: Session, township_id: int, span: Span, now: datetime
) -> Iterator[tuple[int | None, str | None, int, int]]:
    """How many notices first became public, and how many corrected editions, by village (None: the township) and group.

    The group is that of the first item of the notice.
    """
    first, corrected = func.count().filter(is_first(now)), func.count().filter(First.number > 1)
    # Grouped by what no index has: else SQLite goes through all years in its order.
    group = judged(First.village_id), judged(First.item_group)
    counted = select(First.village_id, First.item_group, first, corrected).group_by(*group)
    for places in (_villages_of(township_id), First.village_id.is_(None)):
        yield from session.execute(counted.where(_came_out(township_id, span, now), places))


def _villages_of(township_id: int) -> ColumnElement[bool]:
    """Village by village there is an index by the moment."""
    return First.village_id.in_(select(Village.id).where(Village.township_id == township_id))


def _came_out(township_id: int, span: Span, now: datetime) -> ColumnElement[bool]:
    """Editions that became public."""
    return and_(
        First.township_id == township_id,
        was_public(First, now),
        First.publish_at >= span[0],
        First.publish_at < span[1],
    )


def own_items(
    session: Session, township_id: int, span: Span, now: datetime
) -> Iterator[list[dict[str, Any]]]:
    """The items of each notice of the township itself that first became public."""
    found = (
        select(Notice.items)
        .join(First, First.notice_id == Notice.id)
        .where(First.village_id.is_(None), _came_out(township_id, span, now), is_first(now))
    )
    yield from session.scalars(found)


def interpretations(township_id: int, span: Span, now: datetime) -> Select[int]:
    """How many notices that explain a policy (政策解读) first became public."""
    explaining = select(PolicyLink.explaining_id).where(PolicyLink.township_id == township_id)
    return select(func.count()).where(
        First.notice_id.in_(explaining),
        was_public(First, now),
        is_first(now),
        First.publish_at >= span[0],
        First.publish_at < span[1],
    )


def asked_in(township_id: int, span: Span) -> Select[int, int]:
    """How many questions came, and how many of them were closed before the end."""
    closed = and_(Feedback.closed_at.is_not(None), Feedback.closed_at < span[1])
    return select(func.count(), func.count(Feedback.id).filter(closed)).where(
        Feedback.township_id == township_id,
        Feedback.asked_at >= span[0],
        Feedback.asked_at < span[1],
    )


def meetings_in(township_id: int, span: Span) -> Select[int]:
    first, last = village_day(span[0]), village_day(span[1])
    return select(func.count()).where(
        Meeting.township_id == township_id,
        Meeting.withdrawn.is_(False),
        Meeting.held_on >= first,
        Meeting.held_on < last,
    )


def villages_on(township_id: int, span: Span) -> Select[int]:
    """How many villages there were at the end."""
    last = village_day(span[1])
    return select(func.count()).where(
        Village.township_id == township_id,
        Village.valid_from < last,
        or_(Village.valid_until.is_(None), Village.valid_until >= last),
    )


def boards_on(township_id: int, span: Span) -> Select[int]:
    """How many boards are in use that were not closed before the end."""
    last = village_day(span[1])
    return select(func.count()).where(
        Board.township_id == township_id,
        or_(Board.closed_on.is_(None), Board.closed_on >= last),
    )


def posted_in(township_id: int, span: Span) -> Select[int]:
    first, last = village_day(span[0]), village_day(span[1])
    return select(func.count(Posting.id)).where(
        Posting.township_id == township_id, Posting.hung_on >= first, Posting.hung_on < last
    )


def aired_in(township_id: int, span: Span) -> Select[int]:
    return (
        select(func.count(Sending.id))
        .join(Sending.outlet)
        .where(
            Sending.township_id == township_id,
            Outlet.kind == OutletKind.BROADCAST,
            Sending.withdrawn_at.is_(None),
            Sending.sent_at >= span[0],
            Sending.sent_at < span[1],
        )
    )


def inspections_in(township_id: int, span: Span) -> Select[int]:
    """How many inspections the township signed."""
    first, last = village_day(span[0]), village_day(span[1])
    return select(func.count(Inspection.id)).where(
        Inspection.township_id == township_id,
        Inspection.kind == InspectionKind.INSPECTION,
        Inspection.signed_on >= first,
        Inspection.signed_on < last,
    )


def findings_in(township_id: int, span: Span) -> Select[int, int]:
    """How many problems the township's inspections found, and how many of them were mended before the end."""
    first, last = village_day(span[0]), village_day(span[1])
    mended = InspectionFinding.mended_on < last
    return (
        select(func.count(InspectionFinding.id), func.count(InspectionFinding.id).filter(mended))
        .join(InspectionFinding.inspection)
        .where(
            InspectionFinding.township_id == township_id,
            Inspection.kind == InspectionKind.INSPECTION,
            InspectionFinding.found_on >= first,
            InspectionFinding.found_on < last,
        )
    )


def escalations_in(township_id: int, span: Span) -> Select[EscalationStep, int]:
    """How many of each step were issued."""
    first, last = village_day(span[0]), village_day(span[1])
    return (
        select(Escalation.step, func.count(Escalation.id))
        .where(
            Escalation.township_id == township_id,
            Escalation.issued_on >= first,
            Escalation.issued_on < last,
        )
        .group_by(Escalation.step)
    )


def request_fees_in(township_id: int, span: Span) -> Select[int | None]:
    """Yuan that applicants paid for requests."""
    first, last = village_day(span[0]), village_day(span[1])
    return select(func.sum(RequestStep.amount)).where(
        RequestStep.township_id == township_id,
        RequestStep.kind == StepKind.FEE,
        RequestStep.done_on >= first,
        RequestStep.done_on < last,
    )


def span_of_year(year: int) -> Span:
    return start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
