"""Boards: what hangs there by record, and what has to hang there today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.display_time import last_day_on_board
from bulletin.domain.boards.sheet_verdicts import DueSheet
from bulletin.domain.codes import EditionKey
from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.notices.visibility import PageState, is_over
from bulletin.domain.notices.workflow import APPROVED, State
from bulletin.domain.people import Actor
from bulletin.services.duties.posting_end import edition_calendar
from bulletin.services.notices.visibility import NoticeView, list_moment
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.places import Board, boards_in
from bulletin.store.postings import Posting, pages_of, postings_of
from bulletin.store.public_lists import Place, current


def due_editions(session: Session, site: Site, board: Board, now: datetime) -> list[Edition]:
    """The editions in force of the board's place, in the order of their first day."""
    today = village_day(now)
    place, at = Place(board.township_id, board.village_id), list_moment(session, site, now)
    views = (NoticeView(site, notice, now) for notice in session.scalars(current(place, at)))
    in_force = [view.edition for view in views if view.page_state() is PageState.CURRENT]
    due = [edition for edition in in_force if edition.opens_on and edition.opens_on <= today]
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


@dataclass(frozen=True, kw_only=True)
class HangingSheet:
    posting_id: int
    code: str
    edition: int
    title: str
    hung_on: date
    down_on: date | None
    closes_on: date | None
    until: date | None  # the last day on the board: later than `closes_on` when it was hung late
    has_photo: bool
    is_over: bool  # it hung long enough, it should come down
    is_stale: bool  # a newer edition is in force, or it was taken down or redacted

    @property
    def key(self) -> EditionKey:
        return self.code, self.edition


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    id: int
    village_id: int | None
    village: str
    name: str
    place: str
    hanging: tuple[HangingSheet, ...]
    past: tuple[HangingSheet, ...]


def board_rows(
    site: Site, actor: Actor, now: datetime, *, village_id: int | None = None
) -> list[BoardRow]:
    """The boards that a person may see, with what hangs there by record."""
    today = village_day(now)
    with site.sessions.reading() as session:
        rows = []
        for board in session.scalars(boards_in(actor.township_id, village_id, today)):
            if actor.may_see(board.village_id):
                sheets = [sheet_of(site, p, now) for p in session.scalars(postings_of(board.id))]
                rows.append(_board_row(board, sheets))
        return rows


def _board_row(board: Board, sheets: list[HangingSheet]) -> BoardRow:
    return BoardRow(
        id=board.id,
        village_id=board.village_id,
        village=board.village.name if board.village else "",
        name=board.name,
        place=board.place,
        hanging=tuple(sheet for sheet in sheets if sheet.down_on is None),
        past=tuple(sheet for sheet in sheets if sheet.down_on is not None),
    )


def sheet_of(site: Site, posting: Posting, now: datetime) -> HangingSheet:
    edition = posting.edition
    latest = NoticeView(site, edition.notice, now).in_force
    is_stale = latest is not None and (
        latest.state is State.TAKEN_DOWN or latest.number > edition.number or latest.redacted
    )
    until = hangs_until(site, edition, posting.hung_on)
    return HangingSheet(
        posting_id=posting.id,
        code=edition.notice.code,
        edition=edition.number,
        title=edition.title,
        hung_on=posting.hung_on,
        down_on=posting.down_on,
        closes_on=edition.closes_on,
        until=until,
        has_photo=posting.hung_photo is not None,
        is_over=is_over(until, now),
        is_stale=is_stale,
    )


def hangs_until(site: Site, edition: Edition, hung_on: date) -> date | None:
    """The last day of a paper on the board; None for an edition that has no period."""
    if edition.closes_on is None:
        return None
    return last_day_on_board(
        hung_on,
        edition.closes_on,
        edition.asked_periods,
        edition_calendar(site, edition),
        personal=edition.notice.personal,
    )
