"""校准之后: a clock that was ahead has left traces in the future; they are listed, undone or owned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, select, update
from sqlalchemy.orm import Session

from bulletin.domain.days import instant_words, village_day
from bulletin.domain.history import ChainEntry
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Actor
from bulletin.domain.ticks import IN_FLIGHT, PUBLISH_TICK
from bulletin.services.duties.follow_catalog import follow_adoptions
from bulletin.services.history import record
from bulletin.services.notices.publish import settle
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store import history
from bulletin.store.airings import AiringPlan
from bulletin.store.duties import DueDayChange, Duty, NotApplicableSpan
from bulletin.store.edition_parts import ReviewStep
from bulletin.store.filings import Filing
from bulletin.store.heartbeat import Heartbeat, Outage
from bulletin.store.notice_queries import AT_ONCE
from bulletin.store.notices import Edition, notice_duty
from bulletin.store.period_extensions import PeriodExtension
from bulletin.store.print_runs import PrintRun
from bulletin.store.reminders import Message, Reminder

ACT = "correct_clock"
# By these other moments are judged: whether a paper is older than an extension, a look at a photograph
# younger than a redaction, or since when something counts. What happened ahead has happened by now.
_DECIDING = (
    Edition.ended_at,
    Edition.redacted_at,
    ReviewStep.at,
    PeriodExtension.at,
    PrintRun.printed_at,
    Duty.not_applicable_at,
    NotApplicableSpan.from_at,
    NotApplicableSpan.until_at,
    DueDayChange.at,
    AiringPlan.since,
)


@dataclass(frozen=True)
class JumpEntry:
    """One entry of the history that bears a moment from the future, and what becomes of it."""

    entry: ChainEntry
    outcome: str  # English, for the command line


@dataclass(frozen=True, kw_only=True)
class ClockJump:
    """What a clock that was ahead did."""

    began_at: datetime  # the last moment before it
    reached_at: datetime  # the furthest moment that was recorded
    entries: tuple[JumpEntry, ...]
    duties: int  # opened too early and untouched: they open again in their time
    messages: int  # reminders of days to come; who got one was told too early
    outages: int  # that reach into the future


def clock_jump(site: Site, now: datetime) -> ClockJump | None:
    """What there is from the future; None when the history ends by now. Changes nothing."""
    with site.sessions.reading() as session:
        return _jump(session, site, now)


def correct_clock(site: Site, actor: Actor, now: datetime) -> ClockJump | None:
    """End a jump of the clock: undo what can be undone, own the rest, and let the history go on.

    What was published before its moment is scheduled again, duties that opened too early, reminders
    of days to come and outages that never were are taken back, and the clock's rounds begin again
    where the jump began. What people did meanwhile stays, and the history keeps the moment that it was
    recorded with; from now on it counts as done now.

    Returns:
        What was there, as `clock_jump` lists it; None when there was nothing to end.
    """
    with site.sessions.writing() as session:
        jump = _jump(session, site, now)
        if jump is None:
            return None
        for edition in _published_ahead(session, now):
            settle(session, edition, now)
            session.execute(delete(Filing).where(_told_of(edition, now)))
        _take_back_messages(session, now)
        _take_back_duties(session, site, now)
        _bring_back_moments(session, now)
        session.execute(delete(Outage).where(Outage.until_at > now + IN_FLIGHT))
        _set_heartbeats_back(session, jump.began_at, now)
        history.set_back(session, now)
        record(
            session,
            actor,
            ACT,
            "house",
            now,
            reached=jump.reached_at.isoformat(timespec="seconds"),
            entries=len(jump.entries),
            duties=jump.duties,
            messages=jump.messages,
            outages=jump.outages,
        )
    follow_adoptions(site, now)
    return jump


def _jump(session: Session, site: Site, now: datetime) -> ClockJump | None:
    head = history.head(session)
    if head.at is None or head.at <= now + IN_FLIGHT:
        return None
    ahead = history.entries_later(session, now + IN_FLIGHT, after=history.last_number(session, ACT))
    first = ahead[0].number if ahead else head.number
    again = {subject_of(edition) for edition in _published_ahead(session, now)}
    return ClockJump(
        began_at=history.moment_of(session, first - 1) or now,
        reached_at=head.at,
        entries=tuple(JumpEntry(entry, _outcome(entry, again)) for entry in ahead),
        duties=len(_opened_ahead(session, site, now)),
        messages=len(session.scalars(_messages_ahead(now)).all()),
        outages=len(
            session.scalars(select(Outage.id).where(Outage.until_at > now + IN_FLIGHT)).all()
        ),
    )


def _outcome(entry: ChainEntry, again: set[str]) -> str:
    if entry.act == Act.PUBLISH and entry.subject in again:
        return "undone: scheduled again, it goes out at its own moment"
    if entry.act == Act.PUBLISH:
        return "stays: its moment has come"
    if entry.act == "open_duties":
        return "undone where nothing was done about them: they open again in their time"
    if entry.act == "follow_adoption":
        return "undone: open duties follow the catalog that is in force today"
    if entry.act == "register":
        moment = str(entry.facts.get("publish_at", ""))
        return f"stays: approved to go out at {moment}; cancel it and draft again if that is wrong"
    return f"stays, recorded at {instant_words(entry.at)}"


def _published_ahead(session: Session, now: datetime) -> Sequence[Edition]:
    """Editions that count as published by record and not by law, see `state_at`."""
    ahead = select(Edition).where(Edition.state == State.PUBLISHED, Edition.publish_at > now)
    return session.scalars(ahead.order_by(Edition.id)).all()


def _told_of(edition: Edition, now: datetime) -> ColumnElement[bool]:
    """What the township was told of an edition that is not out, and has not noted yet."""
    return and_(
        Filing.edition_id == edition.id, Filing.at > now + IN_FLIGHT, Filing.seen_at.is_(None)
    )


def _messages_ahead(now: datetime) -> Select[int]:
    return select(Message.id).where(Message.day_on > village_day(now))


def _take_back_messages(session: Session, now: datetime) -> None:
    """The days to come are planned when they come."""
    session.execute(delete(Reminder).where(Reminder.day_on > village_day(now)))
    session.execute(delete(Message).where(Message.day_on > village_day(now)))


def _opened_ahead(session: Session, site: Site, now: datetime) -> list[int]:
    """Duties that were opened before their time and that nobody has touched."""
    today = village_day(now)
    reminded = exists().where(Reminder.duty_id == Duty.id, Reminder.day_on <= today)
    ahead = select(Duty.id).where(
        Duty.opened_at > now + IN_FLIGHT,
        Duty.due_on > today + timedelta(days=site.horizon_days),
        Duty.matter_id.is_(None),
        Duty.event_on.is_(None),
        Duty.not_applicable_by.is_(None),
        Duty.id.not_in(select(notice_duty.c.duty_id)),
        ~reminded,
    )
    return list(session.scalars(ahead))


def _take_back_duties(session: Session, site: Site, now: datetime) -> None:
    ahead = _opened_ahead(session, site, now)
    for first in range(0, len(ahead), AT_ONCE):
        some = ahead[first : first + AT_ONCE]
        session.execute(delete(DueDayChange).where(DueDayChange.duty_id.in_(some)))
        session.execute(delete(Duty).where(Duty.id.in_(some)))


def _bring_back_moments(session: Session, now: datetime) -> None:
    for moment in _DECIDING:
        session.execute(update(moment.class_).where(moment > now).values({moment: now}))


def _set_heartbeats_back(session: Session, began_at: datetime, now: datetime) -> None:
    """Every round goes on from where the jump began; the publisher's from now, for it was no outage."""
    ahead = update(Heartbeat).where(Heartbeat.at > now + IN_FLIGHT)
    session.execute(ahead.where(Heartbeat.tick == PUBLISH_TICK).values(at=now))
    session.execute(ahead.values(at=min(began_at, now)))
