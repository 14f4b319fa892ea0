"""转给村里: the township lets the village read, in other words where the asker's would tell who it is."""

from datetime import datetime

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.feedback.forms import MAX_WORDS
from bulletin.domain.feedback.kinds import BY_ASKER
from bulletin.domain.feedback.permissions import FeedbackAct
from bulletin.domain.people import Actor
from bulletin.services.feedback.records import NO_FEEDBACK, feedback_for, subject_of
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site


def pass_on(
    site: Site,
    actor: Actor,
    feedback_id: int,
    entry_id: int,
    words: str,
    now: datetime,
    *,
    with_photo: bool = False,
) -> None:
    """Let the village read what was asked, or added, from now on.

    Args:
        words: what the village reads; '' for the asker's own.

    Raises:
        NotFoundError: no such question or entry for this person.
        Refused: not the township's, passed on already, or personal data in the words.
    """
    with site.sessions.writing() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.PASS_ON, now)
        waiting = [e for e in feedback.entries if e.kind in BY_ASKER and e.passed_at is None]
        entry = next((each for each in waiting if each.id == entry_id), None)
        if entry is None:
            raise NotFoundError(NO_FEEDBACK)
        words = ensure_text_is_clean(session, actor, words or entry.text, "转给村里的话")
        if not words or len(words) > MAX_WORDS:
            raise refuse("words_missing", f"转给村里的话要写，最多{MAX_WORDS}字。")
        entry.passed_at, entry.passed_by = now, actor.id
        entry.passed_text = "" if words == entry.text else words
        entry.passed_photo = with_photo and bool(entry.photo)
        reworded = int(bool(entry.passed_text))
        record(session, actor, "pass_on", subject_of(feedback), now, reworded=reworded)
