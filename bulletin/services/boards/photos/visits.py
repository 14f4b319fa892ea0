"""What a visit to a board showed on its photographs, as the page lays it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import BY_URGENCY, SheetVerdict
from bulletin.domain.codes import EditionKey
from bulletin.domain.days import day_words
from bulletin.domain.errors import NotFoundError
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor
from bulletin.services.access import board_for, may_see
from bulletin.services.site import Site
from bulletin.sheets.photos import shrunk
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.people import Person
from bulletin.store.postings import hanging_on
from bulletin.store.receipts import BoardPhoto, BoardVisit, Receipt, visits_of

ON_PAGE = 1400  # px


@dataclass(frozen=True, kw_only=True)
class PhotoMark:
    """A frame around a code, in per cent of the picture."""

    left: float
    top: float
    width: float
    height: float
    verdict: SheetVerdict
    words: str  # 贴对了：关于…的公开


@dataclass(frozen=True, kw_only=True)
class PhotoView:
    place: int
    width: int
    height: int
    taken: str
    marks: tuple[PhotoMark, ...]


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """One paper that was seen, all its pages together."""

    code: str
    edition: int
    title: str
    verdict: SheetVerdict
    words: str
    pages: tuple[int, ...]
    posting_id: int | None  # hanging by record


@dataclass(frozen=True, kw_only=True)
class VisitView:
    id: int
    board_id: int
    board: str
    village: str
    received_at: datetime
    received_by: str
    confirmed_at: datetime | None
    photos: tuple[PhotoView, ...]
    sheets: tuple[SheetView, ...]  # what has to be done first
    missing: tuple[dict[str, object], ...]
    missing_pages: tuple[dict[str, object], ...]
    hint: str
    own: frozenset[str]  # the codes of notices that the person may open
    fresh: int  # right, and by no record hanging yet
    is_mine: bool  # to confirm


def visit_view(site: Site, actor: Actor, visit_id: int) -> VisitView:
    """One visit, for a person who may see its board."""
    with site.sessions.reading() as session:
        visit = visit_for(session, actor, visit_id)
        board = visit.board
        hanging = {p.edition.key: p.id for p in session.scalars(hanging_on(board.id))}
        sheets = _sheets(visit.receipts, hanging)
        right = [sheet for sheet in sheets if sheet.verdict is SheetVerdict.RIGHT]
        return VisitView(
            id=visit.id,
            board_id=board.id,
            board=visit.board_name,
            village=board.village.name if board.village else "",
            received_at=visit.received_at,
            received_by=session.get_one(Person, visit.received_by).name,
            confirmed_at=visit.confirmed_at,
            photos=tuple(_photo(photo, visit.receipts) for photo in visit.photos),
            sheets=sheets,
            missing=_missing(visit, sheets),
            missing_pages=tuple(visit.missing_pages),
            hint=visit.hint,
            own=_own(session, actor, visit),
            fresh=sum(
                sheet.posting_id is None and (sheet.code, sheet.edition) not in visit.in_part
                for sheet in right
            ),
            is_mine=actor.tends_boards_of(board.village_id),
        )


def _missing(visit: BoardVisit, sheets: Iterable[SheetView]) -> tuple[dict[str, object], ...]:
    """What should hang there; without what an older edition that hangs there already asks for."""
    older = {sheet.code for sheet in sheets if sheet.verdict is SheetVerdict.OLDER}
    return tuple(sheet for sheet in visit.missing if sheet["code"] not in older)


def _own(session: Session, actor: Actor, visit: BoardVisit) -> frozenset[str]:
    """A paper of the township, or of the next village, is seen on the board and opened by others."""
    codes = {r.notice_code for r in visit.receipts} | {sheet["code"] for sheet in visit.missing}
    notices = (notice_by_code(session, code) for code in codes)
    return frozenset(notice.code for notice in notices if notice and may_see(actor, notice))


def _sheets(receipts: Iterable[Receipt], hanging: dict[EditionKey, int]) -> tuple[SheetView, ...]:
    receipts_by_sheet: dict[EditionKey, list[Receipt]] = {}
    for receipt in receipts:
        receipts_by_sheet.setdefault(receipt.key, []).append(receipt)
    views = [
        SheetView(
            code=code,
            edition=edition,
            title=pages[0].title,
            verdict=pages[0].verdict,
            words=pages[0].verdict.label,
            pages=tuple(sorted({r.page for r in pages if r.page is not None})),
            posting_id=hanging.get((code, edition)),
        )
        for (code, edition), pages in receipts_by_sheet.items()
    ]
    return tuple(sorted(views, key=lambda view: (BY_URGENCY.index(view.verdict), view.title)))


def _photo(photo: BoardPhoto, receipts: Iterable[Receipt]) -> PhotoView:
    return PhotoView(
        place=photo.place,
        width=photo.width,
        height=photo.height,
        taken=taken_words(photo.taken),
        marks=tuple(_mark(photo, receipt) for receipt in receipts if receipt.photo_id == photo.id),
    )


def taken_words(taken: str) -> str:
    """What the photograph says of its own time: 2026年10月8日 09:30; '' for nothing."""
    if not taken:
        return ""
    moment = datetime.fromisoformat(taken)
    return f"{day_words(moment.date())} {moment:%H:%M}"


def _mark(photo: BoardPhoto, receipt: Receipt) -> PhotoMark:
    box = receipt.box
    return PhotoMark(
        left=100 * box["left"] / photo.width,
        top=100 * box["top"] / photo.height,
        width=100 * (box["right"] - box["left"]) / photo.width,
        height=100 * (box["bottom"] - box["top"]) / photo.height,
        verdict=receipt.verdict,
        words=f"{receipt.verdict.label}：{receipt.title}",
    )


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    id: int
    received_at: datetime
    sheets: int
    wrong: int
    missing: int
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class BoardVisits:
    board_id: int
    board: str
    village: str
    page: Page[VisitLine]
    is_mine: bool  # to photograph


def board_visits(site: Site, actor: Actor, board_id: int, number: int | None = None) -> BoardVisits:
    """The visits to a board, the newest first, a page of them."""
    with site.sessions.reading() as session:
        board = board_for(session, actor, board_id)
        every = visits_of(board_id)
        ids = every.with_only_columns(BoardVisit.id).order_by(None).subquery()
        span = page_span(session.scalar(select(func.count()).select_from(ids)) or 0, number)
        visits = session.scalars(every.offset(span.first).limit(span.per_page))
        return BoardVisits(
            board_id=board.id,
            board=board.name,
            village=board.village.name if board.village else "",
            page=span.with_lines([_visit_line(visit) for visit in visits]),
            is_mine=actor.photographs_boards_of(board.village_id),
        )


def _visit_line(visit: BoardVisit) -> VisitLine:
    verdicts = {receipt.key: receipt.verdict for receipt in visit.receipts}
    return VisitLine(
        id=visit.id,
        received_at=visit.received_at,
        sheets=len(verdicts),
        wrong=sum(verdict is not SheetVerdict.RIGHT for verdict in verdicts.values()),
        missing=len(visit.missing),
        confirmed=visit.confirmed_at is not None,
    )


def photo_data(
    site: Site, actor: Actor, visit_id: int, place: int, *, small: bool = False
) -> bytes:
    """One photograph as it is kept (JPEG), or small, as the page of a phone shows it."""
    with site.sessions.reading() as session:
        visit = visit_for(session, actor, visit_id)
        digest = next((p.digest for p in visit.photos if p.place == place), None)
        data = site.files.get(digest) if digest else None
        if data is None:
            raise NotFoundError("没有这张照片。")
    return shrunk(data, ON_PAGE) if small else data


def visit_for(session: Session, actor: Actor, visit_id: int) -> BoardVisit:
    """A visit to a board that the person may see."""
    visit = session.get(BoardVisit, visit_id)
    if visit is None:
        raise NotFoundError("没有这次拍照的记录。")
    board_for(session, actor, visit.board_id)
    return visit
