"""What changed in an edition since it went back, or since the edition that is out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.notices.changes.document import NoticeChanges, NoticeText, notice_changes
from bulletin.domain.notices.workflow import APPROVED
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.notices.reviews.notice_text import edition_text, returned_text
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.reviews import newest_returned


class Since(StrEnum):
    RETURN = "return"
    EDITION = "edition"


@dataclass(frozen=True)
class Basis:
    """What a text is compared with."""

    since: Since
    words: str  # 10月9日退回的那一稿 | 第1版


@dataclass(frozen=True)
class EditionComparison:
    basis: Basis
    others: tuple[Basis, ...]  # what it could be compared with as well
    changes: NoticeChanges


def comparison(
    site: Site, actor: Actor, code: str, now: datetime, *, since: str = ""
) -> EditionComparison | None:
    """The edition in effect against what came before it; None when nothing did.

    Args:
        since: one of `Since`; by default against the text that went back, as that was read last.
    """
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        texts = list(_texts_before(session, edition, now))
        if not texts:
            return None
        basis, before = next((each for each in texts if each[0].since == since), texts[0])
        others = tuple(other for other, _ in texts if other is not basis)
        return EditionComparison(basis, others, notice_changes(before, edition_text(edition)))


def _texts_before(
    session: Session, edition: Edition, now: datetime
) -> Iterator[tuple[Basis, NoticeText]]:
    kept = session.scalar(newest_returned(edition.id))
    if kept is not None:
        day = day_words(village_day(kept.returned_at), since=village_day(now))
        yield Basis(Since.RETURN, f"{day}退回的那一稿"), returned_text(kept)
    for other in reversed(edition.notice.editions):
        if other.number < edition.number and other.state in APPROVED and not other.redacted_at:
            # Moment and note are each edition's own: the former ones are no words that changed.
            own = edition_text(edition)
            before = replace(
                edition_text(other), publish_at=own.publish_at, change_note=own.change_note
            )
            yield Basis(Since.EDITION, f"第{other.number}版"), before
            return
