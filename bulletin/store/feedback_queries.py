"""Finding what residents asked, and counting it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from bulletin.domain.feedback.kinds import FeedbackChannel, FeedbackKind
from bulletin.store.duties import Duty
from bulletin.store.feedback import Feedback, FeedbackCorrection, FeedbackEntry, ReplyTerm
from bulletin.store.notices import Notice, notice_duty
from bulletin.store.places import in_places

WHOLE = (
    selectinload(Feedback.entries),
    selectinload(Feedback.terms),
    selectinload(Feedback.contact),
    selectinload(Feedback.corrections).joinedload(FeedbackCorrection.edition),
)

_LISTED = (  # what a list says of each, in as many questions as for one
    *WHOLE,
    joinedload(Feedback.township),
    joinedload(Feedback.village),
    joinedload(Feedback.notice).selectinload(Notice.editions),
)


def feedback_of_nonce(session: Session, digest: str) -> Feedback | None:
    return session.scalar(select(Feedback).where(Feedback.nonce_digest == digest))


def feedback_of_number(session: Session, number: str) -> Feedback | None:
    return session.scalar(select(Feedback).where(Feedback.number == number).options(*WHOLE))


def asked_by_web_since(township_id: int, village_id: int | None, since: datetime) -> Select[int]:
    """How many a place got by the web from a moment on."""
    return select(func.count()).where(
        Feedback.township_id == township_id,
        Feedback.village_id == village_id,
        Feedback.channel == FeedbackChannel.WEB,
        Feedback.asked_at >= since,
    )


def objections_to_matter(matter_id: int) -> Select[Feedback]:
    """The objections that came in time to any notice of a matter and that nobody has closed."""
    notices = (
        select(notice_duty.c.notice_id)
        .join_from(notice_duty, Duty, Duty.id == notice_duty.c.duty_id)
        .where(Duty.matter_id == matter_id)
    )
    return (
        select(Feedback)
        .where(
            Feedback.notice_id.in_(notices),
            Feedback.kind == FeedbackKind.OBJECTION,
            Feedback.within_period,
            Feedback.closed_at.is_(None),
        )
        .options(*WHOLE)
        .order_by(Feedback.id)
    )


def feedback_at(
    township_id: int, places: Collection[int | None] | None, *, only_open: bool, only_passed: bool
) -> Select[Feedback]:
    """What was asked in some places (None: in all of the township), the newest first."""
    query = select(Feedback).where(
        Feedback.township_id == township_id, in_places(Feedback.village_id, places)
    )
    if only_open:
        query = query.where(Feedback.closed_at.is_(None))
    if only_passed:
        passed = exists().where(
            FeedbackEntry.feedback_id == Feedback.id, FeedbackEntry.passed_at.is_not(None)
        )
        query = query.where(or_(Feedback.village_id.is_(None), passed))
    return query.options(*_LISTED).order_by(Feedback.asked_at.desc(), Feedback.id.desc())


def editions_asked_for(edition_ids: Collection[int]) -> Select[int]:
    """Those of some editions that a question caused, by id."""
    return (
        select(FeedbackCorrection.edition_id)
        .where(FeedbackCorrection.edition_id.in_(edition_ids))
        .distinct()
    )


def overdue_at(township_id: int, places: Collection[int | None] | None, today: date) -> Select[int]:
    """How many are open after the day of their last term."""
    latest = (
        select(func.max(ReplyTerm.due_on))
        .where(ReplyTerm.feedback_id == Feedback.id)
        .scalar_subquery()
    )
    return select(func.count()).where(
        Feedback.township_id == township_id,
        in_places(Feedback.village_id, places),
        Feedback.closed_at.is_(None),
        latest < today,
    )


@dataclass(frozen=True)
class AskedWhere:
    """Of which questions one asks: of a notice, or of a place from a moment on."""

    township_id: int
    village_id: int | None = None
    notice_id: int | None = None
    since: datetime | None = None

    def holds(self) -> list[ColumnElement[bool]]:
        if self.notice_id is not None:
            return [Feedback.notice_id == self.notice_id]
        place = Feedback.village_id == self.village_id
        since = Feedback.asked_at >= self.since if self.since else true()
        return [Feedback.township_id == self.township_id, place, since]


def asked_and_closed(where: AskedWhere) -> Select[int, int]:
    """How many were asked, and how many of them are answered or turned away."""
    return select(func.count(), func.count(Feedback.closed_at)).where(*where.holds())


def first_due(where: AskedWhere) -> Select[date | None]:
    """The earliest day by which something open is due; None where nothing is."""
    latest = (
        select(func.max(ReplyTerm.due_on).label("due_on"))
        .join(Feedback, Feedback.id == ReplyTerm.feedback_id)
        .where(*where.holds(), Feedback.closed_at.is_(None))
        .group_by(ReplyTerm.feedback_id)
        .subquery()
    )
    return select(func.min(latest.c.due_on))
