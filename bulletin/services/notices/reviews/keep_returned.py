"""The text of a round of review that goes back is kept, until the edition is decided.

The history has its fingerprint for good; the words serve whoever reads the next round, and nobody after.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.deadlines.posting_requirements import period_words
from bulletin.store.notices import Edition
from bulletin.store.reviews import ReturnedText


def keep_returned(session: Session, edition: Edition, now: datetime) -> None:
    """Before the drafter writes on: the text as it was handed in."""
    session.add(
        ReturnedText(
            edition_id=edition.id,
            review_round=edition.review_round,
            township_id=edition.township_id,
            fingerprint=edition.fingerprint or "",
            title=edition.title,
            change_note=edition.change_note,
            document=edition.content.document,
            publish_at=edition.publish_at,
            period=period_words(edition.asked_periods),
            returned_at=now,
        )
    )
