"""By receipt: further words, and the next level, without giving a name."""

from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.feedback.forms import words_refusals
from bulletin.domain.feedback.kinds import BY_ASKER, EntryKind, next_level
from bulletin.domain.feedback.masking import masked_text
from bulletin.domain.feedback.states import addition_refusals, escalation_refusals
from bulletin.services.feedback.records import (
    add_entry,
    receipt_id,
    resident,
    start_term,
    subject_of,
)
from bulletin.services.history import record
from bulletin.services.privacy.check import published_phones
from bulletin.services.site import Site
from bulletin.store.feedback import Feedback


def add_words(site: Site, number: str, code: str, words: str, now: datetime) -> None:
    """Say more. After an answer it is a further question, answered within a new term.

    Raises:
        NotFoundError: no such receipt.
        Refused: nothing was written, too often, or it was turned away.
    """
    feedback_id = receipt_id(site, number, code)
    with site.sessions.writing() as session:
        feedback = session.get_one(Feedback, feedback_id)
        phones = published_phones(session, [feedback.township_id])
        said = masked_text(words.strip(), phones)
        if _is_repeated(feedback, EntryKind.ADDED, said):
            return
        facts = feedback.facts_at(now)
        _ensure_none([*addition_refusals(facts), *words_refusals(words)])
        add_entry(feedback, EntryKind.ADDED, said, now)
        if not facts.is_open:
            start_term(site, feedback, village_day(now))
        actor = resident(feedback.township_id)
        due_on = feedback.terms[-1].due_on.isoformat()
        record(session, actor, "ask_further", subject_of(feedback), now, due_on=due_on)


def escalate(site: Site, number: str, code: str, words: str, now: datetime) -> None:
    """请上一级答复: when not content, or when nobody answered in time.

    Raises:
        NotFoundError: no such receipt.
        Refused: it is not due yet, or there is no level above.
    """
    feedback_id = receipt_id(site, number, code)
    with site.sessions.writing() as session:
        feedback = session.get_one(Feedback, feedback_id)
        said = masked_text(words.strip(), published_phones(session, [feedback.township_id]))
        if _is_repeated(feedback, EntryKind.ESCALATED, said):
            return
        today = village_day(now)
        refusals = escalation_refusals(feedback.facts_at(now), today)
        _ensure_none([*refusals, *(words_refusals(words) if words.strip() else [])])
        above = next_level(feedback.level)
        if above is None:  # pragma: no cover - the rule said so
            raise Refused
        feedback.level = above
        add_entry(feedback, EntryKind.ESCALATED, said, now)
        term = start_term(site, feedback, today)
        actor, due_on = resident(feedback.township_id), term.due_on.isoformat()
        record(
            session, actor, "escalate", subject_of(feedback), now, level=above.value, due_on=due_on
        )


def _is_repeated(feedback: Feedback, kind: EntryKind, said: str) -> bool:
    """Whether a page that was loaded again sends what stands there already."""
    last = feedback.entries[-1]
    return last.kind in BY_ASKER and (last.kind, last.text) == (kind, said)


def _ensure_none(refusals: list[Refusal]) -> None:
    if refusals:
        raise Refused(*refusals)
