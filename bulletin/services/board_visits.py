"""What a round of photographs of a board showed, as its page lays it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.people import Actor, Role
from bulletin.domain.refusals import NotFoundError
from bulletin.domain.wall import VERDICT_WORDS, Verdict
from bulletin.services.house import House
from bulletin.services.receipts import visit_for
from bulletin.services.walls import board_for
from bulletin.store.people import Person
from bulletin.store.postings import hanging_on
from bulletin.store.receipts import BoardPhoto, Receipt, visits_of

ORDER = (
    Verdict.TAKEN_DOWN, Verdict.UNKNOWN, Verdict.OLDER, Verdict.OVER, Verdict.ELSEWHERE,
    Verdict.EARLY, Verdict.RIGHT,
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A frame around a code, in per cent of the picture."""

    left: float
    top: float
    width: float
    height: float
    verdict: Verdict
    said: str


@dataclass(frozen=True)
class PhotoView:
    place: int
    width: int
    height: int
    taken: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class SheetView:
    """One paper that was seen, all its pages together."""

    code: str
    edition: int
    title: str
    verdict: Verdict
    words: str
    pages: tuple[int, ...]
    posting_id: int | None  # hanging by record


@dataclass(frozen=True)
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
    fresh: int  # right, and by no record hanging yet
    is_mine: bool  # to confirm


def visit_view(house: House, actor: Actor, visit_id: int) -> VisitView:
    """A round of photographs, for the one who may see its board."""
    with house.sessions.reading() as session:
        visit = visit_for(session, actor, visit_id)
        board = visit.board
        hanging = {
            (p.edition.notice.code, p.edition.number): p.id
            for p in session.scalars(hanging_on(board.id))
        }
        sheets = _sheets(visit.receipts, hanging)
        right = [sheet for sheet in sheets if sheet.verdict is Verdict.RIGHT]
        return VisitView(
            visit.id, board.id, visit.board_name, board.village.name if board.village else "",
            visit.received_at, session.get_one(Person, visit.received_by).name,
            visit.confirmed_at,
            tuple(_photo(photo, visit.receipts) for photo in visit.photos),
            sheets, tuple(visit.missing), tuple(visit.missing_pages), visit.hint,
            fresh=sum(
                sheet.posting_id is None and (sheet.code, sheet.edition) not in visit.in_part
                for sheet in right
            ),
            is_mine=actor.holds(Role.LIAISON, board.village_id) or actor.holds(Role.LIAISON, None),
        )  # fmt: skip


def _sheets(
    receipts: Iterable[Receipt], hanging: dict[tuple[str, int], int]
) -> tuple[SheetView, ...]:
    papers: dict[tuple[str, int], list[Receipt]] = {}
    for receipt in receipts:
        papers.setdefault((receipt.notice_code, receipt.edition_number), []).append(receipt)
    views = [
        SheetView(
            code, edition, found[0].title, found[0].verdict, VERDICT_WORDS[found[0].verdict],
            tuple(sorted({r.page for r in found if r.page is not None})),
            hanging.get((code, edition)),
        )
        for (code, edition), found in papers.items()
    ]  # fmt: skip
    return tuple(sorted(views, key=lambda view: (ORDER.index(view.verdict), view.title)))


def _photo(photo: BoardPhoto, receipts: Iterable[Receipt]) -> PhotoView:
    return PhotoView(
        photo.place, photo.width, photo.height, photo.taken,
        tuple(_mark(photo, receipt) for receipt in receipts if receipt.photo_id == photo.id),
    )  # fmt: skip


def _mark(photo: BoardPhoto, receipt: Receipt) -> Mark:
    box = receipt.box
    return Mark(
        100 * box["left"] / photo.width, 100 * box["top"] / photo.height,
        100 * (box["right"] - box["left"]) / photo.width,
        100 * (box["bottom"] - box["top"]) / photo.height,
        receipt.verdict, f"{VERDICT_WORDS[receipt.verdict]}：{receipt.title}",
    )  # fmt: skip


@dataclass(frozen=True)
class VisitLine:
    id: int
    received_at: datetime
    sheets: int
    wrong: int
    missing: int
    confirmed: bool


@dataclass(frozen=True)
class BoardVisits:
    board_id: int
    board: str
    village: str
    visits: tuple[VisitLine, ...]


def board_visits(house: House, actor: Actor, board_id: int) -> BoardVisits:
    """The rounds of photographs of a board, the newest first."""
    with house.sessions.reading() as session:
        board = board_for(session, actor, board_id)
        lines = []
        for visit in session.scalars(visits_of(board_id)):
            papers = {(r.notice_code, r.edition_number): r.verdict for r in visit.receipts}
            wrong = sum(found is not Verdict.RIGHT for found in papers.values())
            lines.append(
                VisitLine(
                    visit.id, visit.received_at, len(papers), wrong, len(visit.missing),
                    visit.confirmed_at is not None,
                )
            )  # fmt: skip
        return BoardVisits(
            board.id, board.name, board.village.name if board.village else "", tuple(lines)
        )


def photo_data(house: House, actor: Actor, visit_id: int, place: int) -> bytes:
    """One photograph as it is kept (JPEG)."""
    with house.sessions.reading() as session:
        visit = visit_for(session, actor, visit_id)
        digest = next((p.digest for p in visit.photos if p.place == place), None)
        data = house.files.get(digest) if digest else None
        if data is None:
            raise NotFoundError("没有这张照片。")
        return data
