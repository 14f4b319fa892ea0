"""How a notice stands before residents now: its face, the edition shown, and whether names may be."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.notices.visibility import (
    EditionDates,
    Face,
    face,
    in_force,
    is_over,
    shows_content,
)
from bulletin.services.registering import title_without_names
from bulletin.services.site import House
from bulletin.store import notices
from bulletin.store.notices import Edition, Notice


def dates_of(notice: Notice) -> list[EditionDates]:
    """What decides which edition is shown, of each edition in order."""
    return [
        EditionDates(e.number, e.state, e.publish_at, e.closes_on, e.redacted_at is not None)
        for e in notice.editions
    ]


def face_of(house: House, notice: Notice, scanned: int | None, now: datetime) -> Face | None:
    """What the page of its code says first; None while nothing of it was ever approved."""
    return face(dates_of(notice), scanned, now, personal=notice.personal, copied=house.copied)


def edition_shown(notice: Notice, now: datetime) -> Edition:
    """The edition that the page speaks of. Only for a notice that has a face."""
    current = in_force(dates_of(notice), now)
    if current is not None:
        return next(e for e in notice.editions if e.number == current.number)
    return next(e for e in notice.editions if e.closes_on is not None)


def readable_edition(house: House, session: Session, code: str, now: datetime) -> Edition | None:
    """The edition in force of a code, while its content may be read."""
    notice = notices.notice_by_code(session, code)
    shown = face_of(house, notice, None, now) if notice else None
    if notice is None or shown is None or not shows_content(shown, personal=notice.personal):
        return None
    return edition_shown(notice, now)


def hides_names(house: House, edition: Edition, now: datetime) -> bool:
    """A personal list goes with its period, its title too; a copy of the public site has neither."""
    over = is_over(edition.closes_on, now)
    return edition.notice.personal and (over or house.copied)


def title_shown(house: House, edition: Edition, now: datetime) -> str:
    """The title as lists and links show it."""
    if hides_names(house, edition, now):
        return title_without_names(edition.notice)
    return edition.title
