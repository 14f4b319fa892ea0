"""答复: in the name of the level where the question is; added to, never edited."""

from datetime import datetime

from bulletin.domain.errors import refuse
from bulletin.domain.feedback.forms import MAX_WORDS
from bulletin.domain.feedback.kinds import WHERE_TO_GO, EntryKind, NotTaken
from bulletin.domain.feedback.permissions import FeedbackAct
from bulletin.domain.people import Actor
from bulletin.services.feedback.records import (
    add_entry,
    answering_body,
    close,
    feedback_for,
    subject_of,
)
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site


def answer(site: Site, actor: Actor, feedback_id: int, words: str, now: datetime) -> None:
    """Answer, or add to an answer. The first answer of a term stops its clock.

    Raises:
        NotFoundError: no such question for this person.
        Refused: not at this person's level, empty, or personal data in the words.
    """
    with site.sessions.writing() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.ANSWER, now)
        words = ensure_text_is_clean(session, actor, words, "答复")
        if not words or len(words) > MAX_WORDS:
            raise refuse("words_missing", f"请写答复，最多{MAX_WORDS}字。")
        entry = add_entry(feedback, EntryKind.ANSWERED, words, now)
        entry.person_id, entry.body = actor.id, answering_body(session, feedback)
        was_open = feedback.closed_at is None
        close(feedback, now)
        record(
            session,
            actor,
            "answer",
            subject_of(feedback),
            now,
            level=feedback.level.value,
            first=int(was_open),
        )


def turn_away(site: Site, actor: Actor, feedback_id: int, reason: NotTaken, now: datetime) -> None:
    """不在这里办理: for a reason of the closed list, and told where to go.

    Raises:
        NotFoundError: no such question for this person.
        Refused: not the township's, or answered already.
    """
    with site.sessions.writing() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.TURN_AWAY, now)
        words = f"{reason.label}，不在这里办理。{WHERE_TO_GO[reason]}"
        entry = add_entry(feedback, EntryKind.NOT_TAKEN, words, now)
        entry.person_id, entry.body = actor.id, answering_body(session, feedback)
        feedback.not_taken = reason
        close(feedback, now)
        record(session, actor, "turn_away", subject_of(feedback), now, reason=reason.value)
