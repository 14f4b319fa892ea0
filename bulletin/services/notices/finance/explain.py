"""Explain a difference: the words are kept with the edition, and stand in the text for the residents."""

from dataclasses import asdict
from datetime import UTC, datetime

from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import Paragraph
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.history import record
from bulletin.services.notices.finance.differences import Explanation, open_differences
from bulletin.services.notices.finance.new_text import set_document, with_block
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may, subject_of

LEAST = 4  # characters: 见附件 explains nothing
MAX_REASON = 200


def explain(site: Site, actor: Actor, code: str, words: str, reason: str, now: datetime) -> None:
    """Write why a difference stands as it does.

    It counts as long as the two figures stay: other figures are another difference.

    Args:
        words: the sentence of the check that is explained.

    Raises:
        Refused: the reason is missing or too long or holds personal data, or there is no such difference.
    """
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        reason = ensure_text_is_clean(session, actor, reason, "说明").removeprefix("说明：")
        if not LEAST <= len(reason) <= MAX_REASON:
            raise refuse(
                "explanation_missing", f"请写明差在哪里、为什么，{LEAST}到{MAX_REASON}字。"
            )
        found = open_differences(session, site, edition, now)
        check = next((check for check in found if check.words == words), None)
        if check is None:
            raise refuse("no_difference", "这一处已经改过了，请看改后的数。")
        explanation = Explanation(
            code=check.code,
            words=check.words,
            reason=reason,
            by=actor.name,
            at=now.astimezone(UTC).isoformat(timespec="seconds"),
        )
        edition.explained = [*edition.explained, asdict(explanation)]
        document = edition_document(edition)
        at = len(document.blocks) if check.block is None else check.block + 1
        note = Paragraph(f"说明：{reason}")
        if note not in document.blocks:
            set_document(edition, with_block(document, at, note), actor, now)
        record(session, actor, "explain", subject_of(edition), now, code=check.code)
