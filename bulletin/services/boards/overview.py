"""Boards: what hangs there by record, and what has to hang there today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bulletin.domain.boards.display_time import last_day_on_board
from bulletin.domain.codes import EditionKey
from bulletin.domain.days import village_day
from bulletin.domain.notices.visibility import is_over
from bulletin.domain.notices.workflow import State
from bulletin.domain.pages import PER_PAGE, PageSpan, page_span
from bulletin.domain.people import Actor
from bulletin.services.access import board_for
from bulletin.services.duties.posting_end import edition_calendar
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.places import Board, boards_in
from bulletin.store.posting_lists import (
    hanging_editions,
    hanging_of_notice,
    may_come_off,
    past_count,
)
from bulletin.store.postings import Posting, postings_of


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
    personal: bool  # a list of people comes off with its period
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
    keys: tuple[EditionKey, ...]  # all that hangs there, the newest first


@dataclass(frozen=True, kw_only=True)
class BoardPapers(BoardRow):
    """A board with its papers."""

    hanging: tuple[HangingSheet, ...]  # a page of it
    span: PageSpan  # which page
    past: tuple[HangingSheet, ...]  # the newest that hung there before
    past_count: int


def boards_in_brief(
    site: Site, actor: Actor, now: datetime, *, village_id: int | None = None
) -> list[BoardRow]:
    """The boards that a person may see, and by record which editions hang there; no paper is read."""
    with site.sessions.reading() as session:
        boards = _boards(session, actor, village_id, None, now)
        hanging = _hanging(session, boards)
        return [BoardRow(**_named(board, hanging[board.id])) for board in boards]


def board_rows(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    village_id: int | None = None,
    board_id: int | None = None,
    number: int | None = None,
    sheet: int | None = None,
) -> list[BoardPapers]:
    """The boards that a person may see, with what hangs there by record, a page of each.

    Args:
        village_id: only the boards of this village.
        board_id: only this board.
        number: which page; before the first or after the last: the first or the last.
        sheet: the posting that is shown in any case, wherever it hangs or hung.
    """
    with site.sessions.reading() as session:
        boards = _boards(session, actor, village_id, board_id, now)
        hanging = _hanging(session, boards)
        return [_board_row(session, site, b, hanging[b.id], number, sheet, now) for b in boards]


def sheets_hanging(
    site: Site, actor: Actor, board_id: int, code: str, now: datetime
) -> list[HangingSheet]:
    """The papers of a notice that hang on a board.

    Raises:
        NotFoundError: no such board, or none of this person's.
    """
    with site.sessions.reading() as session:
        board = board_for(session, actor, board_id)
        hanging = session.scalars(hanging_of_notice(board.id, code))
        return [sheet_of(site, posting, now) for posting in hanging]


def _boards(
    session: Session, actor: Actor, village_id: int | None, board_id: int | None, now: datetime
) -> list[Board]:
    boards = boards_in(actor.township_id, village_id, village_day(now))
    return [
        board
        for board in session.scalars(boards.options(joinedload(Board.village)))
        if actor.may_see(board.village_id) and board_id in {None, board.id}
    ]


def _named(board: Board, hanging: dict[int, EditionKey]) -> dict[str, Any]:
    return {
        "id": board.id,
        "village_id": board.village_id,
        "village": board.village.name if board.village else "",
        "name": board.name,
        "place": board.place,
        "keys": tuple(hanging.values()),
    }


def _hanging(session: Session, boards: list[Board]) -> dict[int, dict[int, EditionKey]]:
    """The editions that hang on each of some boards, by board and posting, the newest first."""
    hanging: dict[int, dict[int, EditionKey]] = {board.id: {} for board in boards}
    for board_id, posting_id, code, number in session.execute(hanging_editions(list(hanging))):
        hanging[board_id][posting_id] = code, number
    return hanging


def _board_row(
    session: Session,
    site: Site,
    board: Board,
    hanging: dict[int, EditionKey],
    number: int | None,
    sheet: int | None,
    now: datetime,
) -> BoardPapers:
    postings = list(hanging)
    index = postings.index(sheet) if sheet in hanging else None
    span = page_span(len(postings), number, holding=index)
    of_board = postings_of(board.id)
    shown = of_board.where(Posting.id.in_(postings[span.first : span.end]))
    gone = of_board.where(Posting.down_on.is_not(None))
    past = list(session.scalars(gone.limit(PER_PAGE)))
    if sheet is not None and sheet not in hanging and all(p.id != sheet for p in past):
        past += session.scalars(gone.where(Posting.id == sheet))
    return BoardPapers(
        **_named(board, hanging),
        hanging=tuple(sheet_of(site, posting, now) for posting in session.scalars(shown)),
        span=span,
        past=tuple(sheet_of(site, posting, now) for posting in past),
        past_count=session.scalar(past_count(board.id)) or 0,
    )


def sheets_to_take_off(
    site: Site, actor: Actor, now: datetime, *, places: Collection[int | None]
) -> tuple[list[tuple[int, HangingSheet]], int]:
    """What should come off the boards of some places, with the board's id, the oldest first.

    And how many more there may be, beyond a page.
    """
    query = may_come_off(actor.township_id, places, village_day(now))
    with site.sessions.reading() as session:
        count = session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
        postings = session.scalars(query.limit(PER_PAGE))
        sheets = [(posting.board_id, sheet_of(site, posting, now)) for posting in postings]
    due = [(board, sheet) for board, sheet in sheets if sheet.is_over or sheet.is_stale]
    return due, (count or 0) - len(sheets)


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
        personal=edition.notice.personal,
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
