"""The review queues: what waits for a person's eyes."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.notices.permissions import holders, may
from bulletin.domain.notices.workflow import IN_REVIEW, STEP_OF_STATE, Act
from bulletin.domain.people import Actor
from bulletin.services.notices.overview import NoticeRow, row_of
from bulletin.services.site import Site
from bulletin.services.transition import facts_of
from bulletin.store.notice_queries import editions_in, forced_editions
from bulletin.store.notices import Edition


@dataclass(frozen=True, kw_only=True)
class QueueLine:
    """One notice that waits for this person's eyes."""

    row: NoticeRow
    step: Act
    step_words: str
    days: int  # it has waited
    asks_meeting: bool
    may_take: bool  # other eyes: false for the one who edited it
    fingerprint: str  # of what the reviewer sees when the list is drawn


def queue(site: Site, actor: Actor, now: datetime) -> list[QueueLine]:
    """What waits at the steps that this person holds, the longest wait first."""
    day = village_day(now)
    with site.sessions.reading() as session:
        waiting = session.scalars(editions_in(actor.township_id, IN_REVIEW)).all()
        lines = (_queue_line(site, actor, edition, day, now) for edition in waiting)
        return [line for line in lines if line is not None]


def _queue_line(
    site: Site, actor: Actor, edition: Edition, day: date, now: datetime
) -> QueueLine | None:
    step = STEP_OF_STATE[edition.state]
    facts = facts_of(site, edition, now)
    if not any(actor.holds(role, village) for role, village in holders(step, facts)):
        return None
    return QueueLine(
        row=row_of(site, edition, now),
        step=step,
        step_words=step.label,
        days=(day - village_day(edition.state_since)).days,
        asks_meeting=site.procedure(edition.notice.procedure).asks_meeting(step),
        may_take=may(step, actor, facts),
        fingerprint=edition.fingerprint or "",
    )


def to_endorse(site: Site, actor: Actor, now: datetime) -> list[NoticeRow]:
    """Forced editions that this person may endorse."""
    with site.sessions.reading() as session:
        return [
            row_of(site, edition, now)
            for edition in session.scalars(forced_editions(actor.township_id))
            if may(Act.ENDORSE, actor, facts_of(site, edition, now))
        ]
