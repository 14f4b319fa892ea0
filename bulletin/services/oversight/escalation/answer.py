"""答复: the village says what it did; what it said before stays."""

from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.oversight.escalation.course import (
    EscalationEntryKind,
    may_answer,
    why_not_said,
)
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.escalation.access import ensure_open, escalation_to_read, item_of
from bulletin.services.site import Site
from bulletin.store.escalations import EscalationEntry


def answer(
    site: Site, actor: Actor, escalation_id: int, words: str, now: datetime, *, item: int = 1
) -> None:
    """Add an answer of the village.

    Args:
        item: to which of the things that the paper names, from 1.

    Raises:
        NotFoundError: no such step or item, or none for this person.
        Refused: not who answers for the village, nothing said, or closed.
    """
    if reasons := why_not_said(words, "怎么办的、办到哪一步"):
        raise Refused(*reasons)
    with site.sessions.writing() as session:
        escalation = escalation_to_read(session, actor, escalation_id)
        if not may_answer(actor, escalation.village_id):
            raise refuse("not_your_role", "督办由村里的信息员或者主任答复。")
        ensure_open(item_of(escalation, item))
        escalation.entries.append(
            EscalationEntry(
                township_id=escalation.township_id,
                kind=EscalationEntryKind.ANSWER,
                item=item,
                words=words.strip(),
                said_on=village_day(now),
                said_at=now,
                said_by=actor.id,
            )
        )
        said = sha256_hex(words.strip().encode())
        subject = f"escalation {escalation.id}"
        record(session, actor, "answer_escalation", subject, now, said=said, item=item)
