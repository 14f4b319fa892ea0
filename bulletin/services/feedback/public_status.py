"""How questions stand, as everyone may read it: counts without names, none under three, and what is late."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import start_of, village_day
from bulletin.domain.feedback.counts import MIN_SHOWN, count_words
from bulletin.store.asked_once import asked_once
from bulletin.store.feedback_queries import AskedWhere, asked_and_closed, first_due
from bulletin.store.notices import Notice


@dataclass(frozen=True)
class FeedbackSummary:
    asked: str  # 5件, 不到3件
    closed: str  # answered, or told where to go
    none_closed: bool
    few_closed: bool  # some, and too few to say how many
    all_closed: bool
    due_on: date | None  # of what is open, the earliest
    late: bool  # that day has passed


@asked_once
def notice_feedback(session: Session, notice: Notice, now: datetime) -> FeedbackSummary | None:
    """Of one notice; None where nobody asked."""
    return _summary(session, AskedWhere(notice.township_id, notice_id=notice.id), now)


def place_feedback(
    session: Session, township_id: int, village_id: int | None, now: datetime
) -> FeedbackSummary | None:
    """Of a village (None: the township itself) in this year; None where nobody asked."""
    since = start_of(village_day(now).replace(month=1, day=1))
    return _summary(session, AskedWhere(township_id, village_id, since=since), now)


def _summary(session: Session, where: AskedWhere, now: datetime) -> FeedbackSummary | None:
    asked, closed = session.execute(asked_and_closed(where)).one()
    if not asked:
        return None
    due_on = session.scalar(first_due(where)) if closed < asked else None
    return FeedbackSummary(
        asked=count_words(asked),
        closed=count_words(closed),
        none_closed=not closed,
        few_closed=0 < closed < MIN_SHOWN,
        all_closed=closed == asked,
        due_on=due_on,
        late=due_on is not None and due_on < village_day(now),
    )
