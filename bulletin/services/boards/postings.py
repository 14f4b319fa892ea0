"""One posting: for whom it may be opened, its print run and its photographs."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.posting_rules import day_refusals
from bulletin.domain.boards.sheet_verdicts import may_hang
from bulletin.domain.days import day_words, village_day
from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.people import Actor
from bulletin.services.access import POSTING, board_for, ensure_tends_boards
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.places import Board, boards_in
from bulletin.store.postings import Posting
from bulletin.store.print_runs import PrintRun, first_printed_at, last_run
from bulletin.store.receipts import receipts_of_postings


def posting_for(session: Session, actor: Actor, posting_id: int) -> Posting:
    """A posting on a board that the person may see."""
    posting = session.get(Posting, posting_id)
    if posting is None:
        raise NotFoundError("没有这条张贴记录。")
    board_for(session, actor, posting.board_id)
    return posting


def last_run_of(session: Session, edition: Edition) -> PrintRun:
    """The newest print run of an edition.

    Raises:
        Refused: it was never printed.
    """
    run = session.scalar(last_run(edition.id))
    if run is None:
        raise refuse("not_printed", "这一版还没有打印，请先打印。")
    return run


def sheet_from(session: Session, edition: Edition) -> date | None:
    """The first day on which a sheet of the edition existed; None when no print run says."""
    printed_at = first_printed_at(session, edition.id)
    return village_day(printed_at) if printed_at else None


def ensure_days(
    hung_on: date, down_on: date | None, now: datetime, *, sheet_from: date | None = None
) -> None:
    """Refuse days on which no paper can have hung, with every reason why not."""
    today = village_day(now)
    if reasons := day_refusals(hung_on, down_on, today=today, sheet_from=sheet_from):
        raise Refused(*reasons)


@dataclass(frozen=True)
class BoardChoice:
    id: int
    words: str  # 张家村 西社公开栏


@dataclass(frozen=True, kw_only=True)
class PostingToCorrect:
    """A record as its form shows it, and what it may become."""

    posting_id: int
    code: str
    edition: int
    title: str
    board_id: int
    board: str
    hung_on: date
    down_on: date | None
    sheet_from: date | None  # no paper hung before
    boards: tuple[BoardChoice, ...]
    seen_on: tuple[date, ...]  # days on which photographs showed it there
    hung_photo: bool
    down_photo: bool

    @property
    def seen_words(self) -> str:
        return "、".join(day_words(day) for day in self.seen_on)


def posting_to_correct(
    site: Site, actor: Actor, posting_id: int, now: datetime
) -> PostingToCorrect:
    """A posting on a board that the person tends.

    Raises:
        NotFoundError: no such posting, or none of this person's.
        Refused: who only sees the board corrects nothing there.
    """
    with site.sessions.reading() as session:
        posting = posting_for(session, actor, posting_id)
        edition, own = posting.edition, posting.board
        ensure_tends_boards(actor, own.village_id, POSTING)
        boards = session.scalars(boards_in(actor.township_id, None, village_day(now))).all()
        homes = [
            board
            for board in boards
            if board.id != own.id
            and may_hang(edition.notice.board_village_id, board.village_id)
            and actor.tends_boards_of(board.village_id)
        ]
        return PostingToCorrect(
            posting_id=posting.id,
            code=edition.notice.code,
            edition=edition.number,
            title=edition.title,
            board_id=own.id,
            board=own.name,
            hung_on=posting.hung_on,
            down_on=posting.down_on,
            sheet_from=sheet_from(session, edition),
            boards=tuple(BoardChoice(board.id, _words(board)) for board in (own, *homes)),
            seen_on=tuple(seen_on(session, posting)),
            hung_photo=posting.hung_photo is not None,
            down_photo=posting.down_photo is not None,
        )


def _words(board: Board) -> str:
    return f"{board.village.name if board.village else '乡镇'} {board.name}"


def seen_on(session: Session, posting: Posting) -> list[date]:
    """The days on which photographs of its board were received that show the paper."""
    receipts = receipts_of_postings(session, [posting.id]).get(posting.id, [])
    moments = (r.visit.received_at for r in receipts if r.visit.board_id == posting.board_id)
    days = {village_day(moment) for moment in moments}
    return sorted(day for day in days if day >= posting.hung_on)  # else it was corrected before


def run_of(site: Site, actor: Actor, posting_id: int) -> int:
    """The print run of the sheet that was hung."""
    with site.sessions.reading() as session:
        posting = posting_for(session, actor, posting_id)
        return posting.print_run_id or last_run_of(session, posting.edition).id


def photo_of(site: Site, actor: Actor, posting_id: int, which: str) -> bytes:
    """The photograph of hanging (`hung`) or taking off (`down`); for staff only."""
    with site.sessions.reading() as session:
        posting = posting_for(session, actor, posting_id)
        digest = posting.hung_photo if which == "hung" else posting.down_photo
        data = site.files.get(digest) if digest else None
        if data is None:
            raise NotFoundError("没有这张照片。")
        return data
