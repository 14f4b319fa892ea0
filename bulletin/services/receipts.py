"""回执: photographs of a board read, judged sheet by sheet, kept as evidence, confirmed with one tap."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.codes import Scan
from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.domain.refusals import NotFoundError, Refusal, Refused, refuse
from bulletin.domain.visibility import in_force, is_over
from bulletin.domain.wall import (
    MissingPages,
    Verdict,
    missing_pages,
    missing_sheets,
    part_words,
    verdict,
)
from bulletin.services.house import House
from bulletin.services.posting import post_seen
from bulletin.services.recording import record
from bulletin.services.showing import dates_of, face_of
from bulletin.services.walls import board_for, due_editions, due_sheets, ensure_liaison
from bulletin.sheets.board_photos import Box, PhotoReading, read_photo
from bulletin.store.notices import Edition, Notice, notice_by_code
from bulletin.store.places import Board, boards_in
from bulletin.store.postings import hanging_on, pages_of
from bulletin.store.receipts import BoardPhoto, BoardVisit, Receipt

MOST_PHOTOS = 6


@dataclass(frozen=True)
class SeenSheet:
    """One code of ours that a photograph shows."""

    photo: int  # counted from 1
    scan: Scan
    verdict: Verdict
    title: str
    fingerprint: str  # '' when there is no such edition
    box: Box


@dataclass(frozen=True)
class MissingSheet:
    code: str
    edition: int
    title: str


@dataclass(frozen=True)
class BoardReading:
    """What some photographs of one board show."""

    board_id: int | None  # None: nothing told which board it is
    board: str  # 张家村 村委会门口公开栏
    guessed: bool  # the board was taken from what hangs there
    photos: tuple[PhotoReading, ...]
    seen: tuple[SeenSheet, ...]
    missing: tuple[MissingSheet, ...]
    missing_pages: tuple[MissingPages, ...]
    hint: str  # how to photograph what could not be read; '' when all was


def read_board(
    house: House, actor: Actor, photos: Sequence[bytes], now: datetime, *,
    board_id: int | None = None,
) -> BoardReading:  # fmt: skip
    """Read photographs of one board. Nothing is kept.

    Args:
        board_id: the board; None takes the one on which most of these sheets belong.

    Raises:
        Refused: one of the files is no photograph; says which one.
        NotFoundError: no such board, or none of this person's.
    """
    if not 1 <= len(photos) <= MOST_PHOTOS:
        raise refuse("photo_count", f"一次传1到{MOST_PHOTOS}张照片。")
    readings = _read_all(photos)  # takes seconds; no writer waits for it
    with house.sessions.reading() as session:
        notices = _notices_of(session, actor, readings)
        board = (
            board_for(session, actor, board_id)
            if board_id is not None
            else _likely_board(session, actor, list(notices.values()), now)
        )
        return _reading(session, house, board, board_id is None, readings, notices, now)


def _read_all(photos: Sequence[bytes]) -> list[PhotoReading]:
    readings = []
    for place, data in enumerate(photos, 1):
        try:
            readings.append(read_photo(data))
        except Refused as refused:
            if len(photos) == 1:
                raise
            reasons = [Refusal(r.code, f"第{place}张：{r.sentence}") for r in refused.refusals]
            raise Refused(*reasons) from refused
    return readings


def _notices_of(session: Session, actor: Actor, readings: list[PhotoReading]) -> dict[str, Notice]:
    """Our notices among the codes; a code that we never gave out is not ours."""
    codes = {seen.scan.code for reading in readings for seen in reading.codes}
    found = ((code, notice_by_code(session, code)) for code in sorted(codes))
    return {
        code: notice
        for code, notice in found
        if notice is not None and notice.township_id == actor.township_id
    }


def _likely_board(
    session: Session, actor: Actor, notices: list[Notice], now: datetime
) -> Board | None:
    """The board of the place that most of the notices speak for, on which most of them hang by record."""
    if not notices:
        return None
    places = Counter(notice.village_id for notice in notices)
    (village_id, _) = places.most_common(1)[0]
    boards = [
        board
        for board in session.scalars(boards_in(actor.township_id or 0, None, village_day(now)))
        if board.village_id == village_id and (actor.id is None or actor.may_see(village_id))
    ]
    ids = {notice.id for notice in notices}
    return max(boards, key=lambda board: _hung_there(session, board, ids), default=None)


def _hung_there(session: Session, board: Board, notice_ids: set[int]) -> int:
    return sum(p.edition.notice_id in notice_ids for p in session.scalars(hanging_on(board.id)))


def _reading(
    session: Session, house: House, board: Board | None, guessed: bool,
    readings: list[PhotoReading], notices: dict[str, Notice], now: datetime,
) -> BoardReading:  # fmt: skip
    seen = tuple(
        _seen(house, place, code.scan, code.box, notices[code.scan.code], board, now)
        for place, reading in enumerate(readings, 1)
        for code in sorted(reading.codes, key=lambda code: code.scan.tail)
        if code.scan.code in notices
    )
    due = due_editions(session, house, board, now) if board else []
    titles = {(e.notice.code, e.number): e.title for e in due}
    right = [s.scan for s in seen if s.verdict is Verdict.RIGHT]
    gone = missing_sheets(due_sheets(session, due), right)
    return BoardReading(
        board.id if board else None,
        _board_words(board) if board else "",
        guessed,
        tuple(readings),
        seen,
        tuple(MissingSheet(s.code, s.edition, titles[s.code, s.edition]) for s in gone),
        tuple(missing_pages(right, _pages(session, notices.values()))),
        _hint(readings, seen),
    )


def _board_words(board: Board) -> str:
    return f"{board.village.name if board.village else '乡镇'} {board.name}"


def _seen(
    house: House, photo: int, scan: Scan, box: Box, notice: Notice, board: Board | None,
    now: datetime,
) -> SeenSheet:  # fmt: skip
    edition = next((e for e in notice.editions if e.number == scan.edition), None)
    current = in_force(dates_of(notice), now)
    found = verdict(
        face_of(house, notice, scan.edition, now),
        at_home=board is None or board.village_id == notice.village_id,
        is_over=current is not None and is_over(current.closes_on, now),
        opens_on=edition.opens_on if edition else None,
        today=village_day(now),
    )
    title = (edition or notice.standing).title
    return SeenSheet(photo, scan, found, title, (edition.fingerprint or "") if edition else "", box)


def _pages(session: Session, notices: Iterable[Notice]) -> dict[tuple[str, int], int]:
    editions: list[Edition] = [e for notice in notices for e in notice.editions]
    pages = pages_of(session, [edition.id for edition in editions])
    return {(e.notice.code, e.number): pages[e.id] for e in editions if e.id in pages}


def _hint(readings: list[PhotoReading], seen: tuple[SeenSheet, ...]) -> str:
    """Where to come closer, one sentence for each photograph that needs it."""
    if not seen and not any(reading.unread for reading in readings):
        return "照片里没有读到我们的二维码。请正对公开栏，走近一点再拍。"
    said = []
    for place, reading in enumerate(readings, 1):
        parts = Counter(
            part_words(box.centre[0] / reading.width, box.centre[1] / reading.height)
            for box in reading.unread
        )
        if parts:
            where = "、".join(f"{part}{count}个" for part, count in parts.items())
            which = f"第{place}张" if len(readings) > 1 else ""
            said.append(f"{which}照片里{where}码没看清，请走近这里再拍一张。")
    return "".join(said)


def receive(
    house: House, actor: Actor, board_id: int, photos: Sequence[bytes], now: datetime
) -> int:
    """Read photographs of a board and keep them with what they showed, to be confirmed.

    Returns:
        The visit's id.
    """
    with house.sessions.reading() as session:
        village_id = board_for(session, actor, board_id).village_id
        ensure_liaison(actor, village_id, "公开栏由信息员拍照。")
    reading = read_board(house, actor, photos, now, board_id=board_id)
    digests = [house.files.put(photo.kept) for photo in reading.photos]
    with house.sessions.writing() as session:
        board = board_for(session, actor, board_id)
        visit = BoardVisit(
            township_id=board.township_id, board_id=board.id,
            village_code=board.village.code if board.village else "", board_name=board.name,
            received_at=now, received_by=actor.id,
            missing=[asdict(sheet) for sheet in reading.missing],
            missing_pages=[asdict(gap) for gap in reading.missing_pages], hint=reading.hint,
        )  # fmt: skip
        session.add(visit)
        session.flush()
        kept = [
            BoardPhoto(
                township_id=board.township_id, visit_id=visit.id, place=place, digest=digest,
                width=photo.width, height=photo.height, taken=photo.taken,
            )
            for place, (photo, digest) in enumerate(zip(reading.photos, digests, strict=True), 1)
        ]  # fmt: skip
        session.add_all(kept)
        session.flush()
        session.add_all(
            Receipt(
                township_id=board.township_id, visit_id=visit.id, photo_id=kept[seen.photo - 1].id,
                notice_code=seen.scan.code, edition_number=seen.scan.edition, page=seen.scan.page,
                title=seen.title, fingerprint=seen.fingerprint, verdict=seen.verdict,
                box=asdict(seen.box),
            )
            for seen in reading.seen
        )  # fmt: skip
        record(
            session, actor, "photograph_board", f"board {board.id}", now,
            photos=",".join(digests), sheets=len(reading.seen), missing=len(reading.missing),
        )  # fmt: skip
        return visit.id


def confirm(house: House, actor: Actor, visit_id: int, now: datetime) -> int:
    """What hangs right is recorded as hanging, on the day on which the photographs arrived.

    A sheet of which pages were not seen is not whole on the wall, so no record is made of it.

    Returns:
        How many sheets were recorded that no record had.
    """
    with house.sessions.writing() as session:
        visit = visit_for(session, actor, visit_id)
        ensure_liaison(actor, visit.board.village_id, "张贴由信息员办理。")
        if visit.confirmed_at is not None:
            return 0
        fresh = 0
        in_part = visit.in_part
        seen = {(receipt.notice_code, receipt.edition_number) for receipt in visit.receipts}
        for receipt in visit.receipts:
            paper = (receipt.notice_code, receipt.edition_number)
            if receipt.verdict is Verdict.RIGHT and paper not in in_part:
                posting, is_new = post_seen(
                    session, actor, visit.board, receipt.notice_code, receipt.edition_number,
                    village_day(visit.received_at), receipt.photo.digest, now,
                    also_seen={number for code, number in seen if code == receipt.notice_code},
                )  # fmt: skip
                receipt.posting_id = posting.id
                fresh += is_new
        visit.confirmed_at, visit.confirmed_by = now, actor.id
        record(session, actor, "confirm_receipts", f"board {visit.board_id}", now, visit=visit.id)
        return fresh


def visit_for(session: Session, actor: Actor, visit_id: int) -> BoardVisit:
    """A round of photographs of a board that the person may see."""
    visit = session.get(BoardVisit, visit_id)
    if visit is None:
        raise NotFoundError("没有这次拍照的记录。")
    board_for(session, actor, visit.board_id)
    return visit
