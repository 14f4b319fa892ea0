"""Keep what a draft begins with."""

from sqlalchemy.orm import Session

from bulletin.domain.patterns.pattern import Taken, pattern_json
from bulletin.store.notices import Edition
from bulletin.store.patterns import EditionPattern


def keep_pattern(session: Session, edition: Edition, taken: Taken, source_code: str) -> None:
    """From now on the draft is compared with what it began with."""
    session.add(
        EditionPattern(
            edition_id=edition.id,
            township_id=edition.township_id,
            source_code=source_code,
            is_own=taken.is_own,
            pattern=pattern_json(taken.pattern),
            confirmed=[],
        )
    )
