"""The texts that a reviewer compares: as it is now, as it was handed in before, as it is out."""

from bulletin.domain.deadlines.posting_requirements import period_words
from bulletin.domain.notices.changes.document import NoticeText
from bulletin.domain.notices.content_serialization import read_document
from bulletin.services.edition_document import edition_document
from bulletin.store.notices import Edition
from bulletin.store.reviews import ReturnedText


def edition_text(edition: Edition) -> NoticeText:
    """An edition as it stands."""
    return NoticeText(
        title=edition.title,
        document=edition_document(edition),
        change_note=edition.change_note,
        publish_at=edition.publish_at,
        period=period_words(edition.asked_periods),
    )


def returned_text(kept: ReturnedText) -> NoticeText:
    """What was handed in for a round that went back."""
    return NoticeText(
        title=kept.title,
        document=read_document(kept.document),
        change_note=kept.change_note,
        publish_at=kept.publish_at,
        period=kept.period,
    )
