"""All questions of a township as a ledger: narrowed to how they stood on a day, and counted by what came of them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from bulletin.domain.days import ONE_DAY, start_of
from bulletin.domain.feedback.kinds import Level
from bulletin.domain.notices.workflow import State
from bulletin.store.feedback import Feedback, FeedbackCorrection, ReplyTerm
from bulletin.store.feedback_queries import feedback_at
from bulletin.store.notices import Edition, Notice
from bulletin.store.supervision_queries import running_on


def asked_by(
    township_id: int, places: Collection[int | None] | None, day: date
) -> Select[Feedback]:
    """What was asked in some places by a day, the newest first."""
    every = feedback_at(township_id, places, only_open=False, only_passed=False)
    return every.where(Feedback.asked_at < start_of(day + ONE_DAY))


def waiting_on(query: Select[Feedback], day: date, *, only_late: bool) -> Select[Feedback]:
    """Those that somebody had to answer at the end of a day; only those whose day had passed."""
    term = exists().where(ReplyTerm.feedback_id == Feedback.id, running_on(day))
    return query.where(term.where(ReplyTerm.due_on < day) if only_late else term)


def above_village(query: Select[Feedback], day: date) -> Select[Feedback]:
    """Those that went on to the township, or further, by a day."""
    went_on = exists().where(
        ReplyTerm.feedback_id == Feedback.id,
        ReplyTerm.level != Level.VILLAGE,
        ReplyTerm.started_on <= day,
    )
    return query.where(Feedback.village_id.is_not(None), went_on)


def with_correction(query: Select[Feedback]) -> Select[Feedback]:
    """Those because of which a correction was begun."""
    return query.where(exists().where(FeedbackCorrection.feedback_id == Feedback.id))


def asked_between(township_id: int, first_on: date, last_on: date) -> Select[*tuple[Any, ...]]:
    """What was asked within a span of days: id, village, kind, channel, why it was not taken, who signed jointly."""
    return select(
        Feedback.id,
        Feedback.village_id,
        Feedback.kind,
        Feedback.channel,
        Feedback.not_taken,
        Feedback.joint_kind,
    ).where(
        Feedback.township_id == township_id,
        Feedback.asked_at >= start_of(first_on),
        Feedback.asked_at < start_of(last_on + ONE_DAY),
    )


def terms_between(township_id: int, first_on: date, last_on: date) -> Select[*tuple[Any, ...]]:
    """The terms of these in order: question, level, last day, day of the answer."""
    asked = asked_between(township_id, first_on, last_on).with_only_columns(Feedback.id)
    return (
        select(ReplyTerm.feedback_id, ReplyTerm.level, ReplyTerm.due_on, ReplyTerm.answered_on)
        .where(ReplyTerm.feedback_id.in_(asked))
        .order_by(ReplyTerm.id)
    )


def corrections_between(township_id: int, first_on: date, last_on: date) -> Select[Edition]:
    """The editions that came out within a span of days because somebody had asked, each once."""
    caused = select(FeedbackCorrection.edition_id).where(
        FeedbackCorrection.township_id == township_id
    )
    return (
        select(Edition)
        .where(Edition.id.in_(caused), Edition.state.in_([State.PUBLISHED, State.TAKEN_DOWN]))
        .where(Edition.publish_at >= start_of(first_on))
        .where(Edition.publish_at < start_of(last_on + ONE_DAY))
        .options(joinedload(Edition.notice).joinedload(Notice.village))
        .order_by(Edition.publish_at, Edition.id)
    )
