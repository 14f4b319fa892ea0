"""How a notice stands before residents now: its page state, the edition shown, and whether names may be."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.notices.visibility import (
    EditionDates,
    PageState,
    in_force,
    is_over,
    page_state,
    shows_content,
)
from bulletin.services.site import Site
from bulletin.store import notices
from bulletin.store.notices import Edition, Notice


def dates_of(notice: Notice) -> list[EditionDates]:
    """What decides which edition is shown, of each edition in order."""
    return [
        EditionDates(e.number, e.state, e.publish_at, e.closes_on, e.redacted_at is not None)
        for e in notice.editions
    ]


def page_state_of(
    site: Site, notice: Notice, scanned: int | None, now: datetime
) -> PageState | None:
    """What the page of its code says first; None while nothing of it was ever approved."""
    return page_state(dates_of(notice), scanned, now, personal=notice.personal, copied=site.copied)


def edition_shown(notice: Notice, now: datetime) -> Edition:
    """The edition that the page speaks of. Only for a notice that has a page state."""
    current = in_force(dates_of(notice), now)
    if current is not None:
        return next(e for e in notice.editions if e.number == current.number)
    return next(e for e in notice.editions if e.closes_on is not None)


def readable_edition(site: Site, session: Session, code: str, now: datetime) -> Edition | None:
    """The edition in force of a code, while its content may be read."""
    notice = notices.notice_by_code(session, code)
    shown = page_state_of(site, notice, None, now) if notice else None
    if notice is None or shown is None or not shows_content(shown, personal=notice.personal):
        return None
    return edition_shown(notice, now)


def hides_names(site: Site, edition: Edition, now: datetime) -> bool:
    """A personal list goes with its period, its title too; a copy of the public site has neither."""
    over = is_over(edition.closes_on, now)
    return edition.notice.personal and (over or site.copied)


def title_shown(site: Site, edition: Edition, now: datetime) -> str:
    """The title as lists and links show it."""
    if hides_names(site, edition, now):
        return edition.notice.public_title
    return edition.title
