"""What is left to do with a notice that is approved: print it, hang it on each board, send it to the chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refused
from bulletin.domain.notices.workflow import APPROVED, State, state_at
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.boards.boards_of_notice import carrying_boards
from bulletin.services.boards.overview import HangingSheet, sheet_of
from bulletin.services.outlets.share import edition_to_share
from bulletin.services.site import Site
from bulletin.store.notices import Edition, Notice
from bulletin.store.outlets import Outlet, last_chat, outlets_on, sendings_of
from bulletin.store.places import Board
from bulletin.store.postings import Posting, postings_of_notice
from bulletin.store.print_runs import PrintRun, is_outdated, last_run


@dataclass(frozen=True, kw_only=True)
class CardPaper:
    """The newest print run."""

    run_id: int
    printed_at: datetime
    paper: str  # A4
    pages: int
    is_outdated: bool  # it says other days than those in force


@dataclass(frozen=True, kw_only=True)
class BoardPaper:
    """One board of the place, and the paper there."""

    board_id: int
    name: str
    sheet: HangingSheet | None  # of this edition: hangs, or hung until its day
    older: HangingSheet | None  # of an edition before it, and still there
    has_down_photo: bool = False

    @property
    def must_come_off(self) -> bool:
        papers = [paper for paper in (self.sheet, self.older) if paper and not paper.down_on]
        return any(paper.is_over or paper.is_stale for paper in papers)


@dataclass(frozen=True, kw_only=True)
class ChatLine:
    """One time that it was sent to a chat."""

    sending_id: int
    chat: str
    edition: int
    sent_on: date
    sender: str


@dataclass(frozen=True, kw_only=True)
class PublicationCard:
    edition: int
    publish_at: datetime | None
    is_public: bool  # else its moment is to come, or it was taken down
    is_ahead: bool  # its moment is to come
    is_open: bool  # it is to be printed and hung; else its period is over or it was taken down
    paper: CardPaper | None
    boards: tuple[BoardPaper, ...]
    sent: tuple[ChatLine, ...]
    not_for_chats: str  # why it does not go to a chat; '' when it may
    chats: tuple[str, ...]  # of the place that must have it and don't, by name
    has_chats: bool  # the place has such ones: then it is they that count
    chat: str  # which one is offered where none is registered

    @property
    def is_printed(self) -> bool:
        return self.paper is not None and not self.paper.is_outdated

    @property
    def is_hung(self) -> bool:
        return bool(self.boards) and all(board.sheet for board in self.boards)

    @property
    def left(self) -> int:
        """How many of the three steps are left; what goes to no chat has two."""
        steps = (self.is_printed, self.is_hung, self.is_sent or bool(self.not_for_chats))
        return steps.count(False)

    @property
    def is_sent(self) -> bool:
        """Every chat of the place has it; where none is registered, some chat."""
        if self.has_chats:
            return not self.chats
        return any(line.edition == self.edition for line in self.sent)


def publication_card(site: Site, actor: Actor, code: str, now: datetime) -> PublicationCard | None:
    """The three steps after approval, of the newest approved edition; None before there is one."""
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        edition = next((e for e in reversed(notice.editions) if e.state in APPROVED), None)
        if edition is None or edition.redacted_at is not None:
            return None
        state = state_at(edition.state, edition.publish_at, now)
        chats = _chats(session, notice, village_day(now))
        sent = _sent(session, notice)
        has_it = {line.chat for line in sent if line.edition == edition.number}
        return PublicationCard(
            edition=edition.number,
            publish_at=edition.publish_at,
            is_public=state is State.PUBLISHED,
            is_ahead=state is State.SCHEDULED,
            is_open=state is not State.TAKEN_DOWN
            and edition.closes_on is not None
            and edition.closes_on >= village_day(now),
            paper=_paper(session, edition),
            boards=_boards(session, site, edition, now),
            sent=sent,
            not_for_chats=_why_not_for_chats(site, notice, now),
            chats=tuple(outlet.name for outlet in chats if outlet.name not in has_it),
            has_chats=bool(chats),
            chat=session.scalar(last_chat(notice.township_id, notice.village_id))
            or f"{notice.village.name if notice.village else notice.township.name}村民群",
        )


def _paper(session: Session, edition: Edition) -> CardPaper | None:
    run: PrintRun | None = session.scalar(last_run(edition.id))
    if run is None:
        return None
    return CardPaper(
        run_id=run.id,
        printed_at=run.printed_at,
        paper=run.paper.upper(),
        pages=run.pages,
        is_outdated=is_outdated(run, edition),
    )


def _boards(
    session: Session, site: Site, edition: Edition, now: datetime
) -> tuple[BoardPaper, ...]:
    """The boards in use, and those where it hung before they were given up."""
    postings = session.scalars(postings_of_notice(edition.notice_id)).all()
    boards: dict[int, Board] = {
        board.id: board for board in carrying_boards(session, edition, village_day(now))
    }
    boards |= {posting.board_id: posting.board for posting in postings}
    return tuple(_board(site, board, edition, postings, now) for board in boards.values())


def _board(
    site: Site, board: Board, edition: Edition, postings: Sequence[Posting], now: datetime
) -> BoardPaper:
    here = [posting for posting in postings if posting.board_id == board.id]
    own = next((posting for posting in here if posting.edition_id == edition.id), None)
    older = next((p for p in here if p.edition_id != edition.id and p.down_on is None), None)
    return BoardPaper(
        board_id=board.id,
        name=board.name,
        sheet=sheet_of(site, own, now) if own else None,
        older=sheet_of(site, older, now) if older else None,
        has_down_photo=own is not None and own.down_photo is not None,
    )


def _chats(session: Session, notice: Notice, day: date) -> list[Outlet]:
    """The place's own outlets that are chats."""
    served = session.scalars(outlets_on(notice.township_id, day))
    return [
        outlet
        for outlet in served
        if outlet.kind is OutletKind.CHAT and outlet.village_id == notice.village_id
    ]


def _sent(session: Session, notice: Notice) -> tuple[ChatLine, ...]:
    """To which chats it went, the newest first."""
    sendings = session.scalars(sendings_of(notice.id)).all()
    return tuple(
        ChatLine(
            sending_id=sending.id,
            chat=sending.outlet.name,
            edition=sending.edition.number,
            sent_on=village_day(sending.sent_at),
            sender=sending.person_name,
        )
        for sending in reversed(sendings)
        if sending.outlet.kind is OutletKind.CHAT and sending.removed_at is None
    )


def _why_not_for_chats(site: Site, notice: Notice, now: datetime) -> str:
    try:
        edition_to_share(site, notice, now)
    except Refused as refused:
        return str(refused)
    return ""
