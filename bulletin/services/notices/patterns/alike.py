"""Whether a draft says word for word what is public already: last period's notice, or another village's.

Each submission keeps a digest of what the notice says, without the names of its period and place; a draft
is compared by one look into the index of digests, however many notices there are. Last period's own
notice is read where an earlier release kept no digest.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.notices.draft_checks import DraftCheck, Weight
from bulletin.domain.patterns.pattern import period_of
from bulletin.domain.patterns.same_text import text_digest
from bulletin.services.edition_document import edition_document
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.patterns import alike_editions, earlier_of_publisher


def edition_text_digest(edition: Edition) -> str | None:
    """The digest of what an edition says; None when it says hardly anything, or answers no duty."""
    notice = edition.notice
    if not notice.duties:  # a paper of a higher body is the same in every village
        return None
    periods = [period for duty in notice.duties if (period := period_of(duty.occasion))]
    places = [notice.township.name, notice.village.name if notice.village else ""]
    places += [notice.matter.title] if notice.matter else []
    return text_digest(edition_document(edition), periods, places) or None


def same_text_checks(
    session: Session, _site: Site, edition: Edition, now: datetime
) -> Iterator[DraftCheck]:
    """A doubt, when some public notice says the same."""
    digest = edition_text_digest(edition)
    other = _alike(session, edition, digest, now) if digest else None
    if other is None:
        return
    notice = other.notice
    own = notice.village_id == edition.notice.village_id
    whose = "" if own else f"{notice.village.name if notice.village else '乡镇'}的"
    words = f"正文和{whose}“{other.title}”一字不差，请核对是不是忘了改。确实一样的，核对后再提交。"
    yield DraftCheck(code="same_text", words=words, weight=Weight.DOUBT)


def _alike(session: Session, edition: Edition, digest: str, now: datetime) -> Edition | None:
    for other in session.scalars(alike_editions(edition.township_id, digest, now)):
        if other.notice_id != edition.notice_id:
            return other
    for other in session.scalars(earlier_of_publisher(edition.notice.duties[0], now)):
        if other.notice_id != edition.notice_id:
            undigested = other.text_digest is None and edition_text_digest(other) == digest
            return other if undigested else None
    return None
