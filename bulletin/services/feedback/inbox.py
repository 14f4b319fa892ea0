"""Questions as staff see them: what waits for a person, and all that a person may read."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select

from bulletin.domain.days import village_day
from bulletin.domain.feedback.kinds import BY_ASKER, FeedbackChannel, FeedbackKind, Level
from bulletin.domain.feedback.permissions import (
    FeedbackAct,
    answers,
    feedback_refusals,
    is_township,
    reads,
    reads_all,
)
from bulletin.domain.feedback.states import FeedbackFacts, FeedbackStatus, feedback_status
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor
from bulletin.services.duties.due_date import calendar_of
from bulletin.services.site import Site
from bulletin.store.feedback import Feedback
from bulletin.store.feedback_queries import feedback_at, overdue_at


class Handling(StrEnum):
    """What a question asks of a person now."""

    FORWARD = "forward"  # to the village
    ANSWER = "answer"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class FeedbackLine:
    id: int
    kind: FeedbackKind
    channel: FeedbackChannel
    status: FeedbackStatus
    level: Level
    place: str
    about: str  # the title of the notice, what is requested; ''
    notice: str  # its code; ''
    asked_on: date
    due_on: date  # of the answer
    handling: Handling
    act_on: date  # by when this person acts: passes on within a work day, answers in time
    joint: bool


def inbox(
    site: Site, actor: Actor, now: datetime, *, only_open: bool, number: int | None = None
) -> Page[FeedbackLine]:
    """What a person may read, the newest first, a page of it."""
    query = feedback_at(
        actor.township_id, actor.places, only_open=only_open, only_passed=not reads_all(actor)
    )
    with site.sessions.reading() as session:
        count = session.scalar(
            select(func.count()).select_from(query.order_by(None).options().subquery())
        )
        span = page_span(count or 0, number)
        rows = session.scalars(query.offset(span.first).limit(span.per_page))
        lines = [_line(site, each, each.facts_at(now), actor, now) for each in rows]
        return span.with_lines(lines)


def waiting_for(site: Site, actor: Actor, now: datetime) -> list[FeedbackLine]:
    """What waits for this person to pass it on or to answer, the most urgent first."""
    query = feedback_at(actor.township_id, actor.places, only_open=True, only_passed=False)
    with site.sessions.reading() as session:
        found = ((each, each.facts_at(now)) for each in session.scalars(query))
        lines = [_line(site, each, facts, actor, now) for each, facts in found]
    mine = [line for line in lines if line.handling is not Handling.NOTHING]
    return sorted(mine, key=lambda line: (line.act_on, line.id))


def overdue_count(site: Site, actor: Actor, now: datetime) -> int:
    """How many are open after their day, at whatever level, among those that a person may see."""
    with site.sessions.reading() as session:
        query = overdue_at(actor.township_id, actor.places, village_day(now))
        return session.scalar(query) or 0


def hand_on_day(site: Site, feedback: Feedback) -> date:
    """By when the township passes on what it has: the work day after it came."""
    waiting = [e.at for e in feedback.entries if e.kind in BY_ASKER and e.passed_at is None]
    came_on = village_day(min(waiting, default=feedback.asked_at))
    return calendar_of(site, feedback.township).count(came_on, 1)[0]


def _line(
    site: Site, feedback: Feedback, facts: FeedbackFacts, actor: Actor, now: datetime
) -> FeedbackLine:
    notice = feedback.notice
    return FeedbackLine(
        id=feedback.id,
        kind=feedback.kind,
        channel=feedback.channel,
        status=feedback_status(facts, village_day(now)),
        level=feedback.level,
        place=(feedback.village or feedback.township).name,
        about=feedback.requested or (notice.effective_edition.title if notice else ""),
        notice=notice.code if notice else "",
        asked_on=village_day(feedback.asked_at),
        due_on=facts.clock.due_on,
        handling=(handling := _handling(facts, actor)),
        act_on=hand_on_day(site, feedback) if handling is Handling.FORWARD else facts.clock.due_on,
        joint=feedback.joint_kind is not None,
    )


def _handling(facts: FeedbackFacts, actor: Actor) -> Handling:
    if not facts.is_open:
        return Handling.NOTHING
    if is_township(actor) and not feedback_refusals(FeedbackAct.PASS_ON, actor, facts):
        return Handling.FORWARD
    return Handling.ANSWER if reads(actor, facts) and answers(actor, facts) else Handling.NOTHING
