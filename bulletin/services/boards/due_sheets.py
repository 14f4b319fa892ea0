"""Which papers have to hang on a board, and on which days."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import DueSheet
from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.notices.visibility import PageState
from bulletin.domain.notices.workflow import APPROVED
from bulletin.services.notices.visibility import NoticeView, list_moment
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.places import Board
from bulletin.store.print_runs import pages_of
from bulletin.store.public_lists import Place, current


def due_editions(session: Session, site: Site, board: Board, now: datetime) -> list[Edition]:
    """The editions in force that have to hang on a board, in the order of their first day."""
    today = village_day(now)
    at = list_moment(session, site, now)
    places = (Place(board.township_id, village_id) for village_id in board.villages)
    notices = (notice for place in places for notice in session.scalars(current(place, at)))
    views = (NoticeView(site, notice, now) for notice in notices)
    in_force = [view.edition for view in views if view.page_state() is PageState.CURRENT]
    due = [
        edition
        for edition in in_force
        if edition.opens_on
        and edition.opens_on <= today
        and board.carries(edition.village_id, edition.opens_on)
    ]
    return sorted(due, key=lambda edition: (edition.opens_on, edition.id))


def due_sheets(session: Session, editions: Sequence[Edition]) -> list[DueSheet]:
    """The same as sheets, with the pages of the newest print run."""
    pages = pages_of(session, [edition.id for edition in editions])
    return [DueSheet(e.notice.code, e.number, pages.get(e.id)) for e in editions]


def ended_on(edition: Edition) -> date | None:
    """The day from which the paper had to come down: corrected, taken down, or redacted."""
    newer = [
        other.opens_on
        for other in edition.notice.editions
        if other.number > edition.number and other.state in APPROVED and other.opens_on
    ]
    ends = [village_day(end) for end in (edition.ended_at, edition.redacted_at) if end is not None]
    return min([*newer, *ends], default=None)


def due_days(edition: Edition) -> tuple[date, date]:
    """The first and the last whole day on which an approved edition was the one that has to hang."""
    opens_on, closes_on = edition.opens_on or date.max, edition.closes_on or date.max
    end = ended_on(edition)
    return opens_on, closes_on if end is None else min(closes_on, end - ONE_DAY)
