"""What photographs of a board show: each sheet judged, what is missing, and where to come closer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import (
    MAX_PHOTOS,
    MissingPages,
    SheetVerdict,
    missing_pages,
    missing_sheets,
    part_words,
)
from bulletin.domain.days import village_day
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.people import Actor
from bulletin.services.access import board_for
from bulletin.services.boards.due_sheets import due_editions, due_sheets
from bulletin.services.boards.photos.board_papers import likely_among, page_counts
from bulletin.services.boards.photos.sheet_verdicts import SeenSheet, SheetJudge
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.site import Site
from bulletin.sheets.board_photos import PhotoReading, read_photo
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.notices import Notice
from bulletin.store.places import Board, boards_in


@dataclass(frozen=True, kw_only=True)
class MissingSheet:
    code: str
    edition: int
    title: str


@dataclass(frozen=True, kw_only=True)
class BoardReading:
    """What some photographs of one board show."""

    board_id: int | None  # None: nothing says which board it is
    board: str  # 张家村 村委会门口公开栏
    guessed: bool  # the board was taken from what hangs there
    photos: tuple[PhotoReading, ...]
    seen: tuple[SeenSheet, ...]
    missing: tuple[MissingSheet, ...]
    missing_pages: tuple[MissingPages, ...]
    hint: str  # how to photograph what could not be read; '' when all was


class PhotoRefused(Refused):
    """One of the photographs can't be read.

    Attributes:
        place: which one, counted from 1.
    """

    def __init__(self, place: int, refused: Refused) -> None:
        self.place = place
        super().__init__(*(Refusal(r.code, f"第{place}张：{r.sentence}") for r in refused.refusals))


def read_board(
    site: Site,
    actor: Actor,
    photos: Iterable[bytes],
    now: datetime,
    *,
    board_id: int | None = None,
    keep: bool = False,
) -> BoardReading:
    """Read photographs of one board. Nothing is stored.

    Args:
        photos: up to 10, each taken when the one before was read, so that memory holds one.
        board_id: the board; None takes the one on which most of these sheets belong.
        keep: make of each what may be stored.

    Raises:
        PhotoRefused: one of the files is no photograph.
        Refused: none, or too many.
        NotFoundError: no such board, or none of this person's.
    """
    readings = _read_all(photos, keep=keep)  # takes seconds; no writer waits for it
    with site.sessions.reading() as session:
        notices = _notices_of(session, site, actor, readings, now)
        board = (
            board_for(session, actor, board_id)
            if board_id is not None
            else _likely_board(session, actor, list(notices.values()), now)
        )
        judge = SheetJudge(session, site, actor.township_id, board, now)
        return _reading(judge, board_id is None, readings, notices)


def _read_all(photos: Iterable[bytes], *, keep: bool) -> list[PhotoReading]:
    readings: list[PhotoReading] = []
    for place, data in enumerate(photos, 1):
        if place > MAX_PHOTOS:
            break
        try:
            readings.append(read_photo(data, keep=keep))
        except Refused as refused:
            raise PhotoRefused(place, refused) from refused
    else:
        if readings:
            return readings
    raise refuse("photo_count", f"一次传1到{MAX_PHOTOS}张照片。")


def _notices_of(
    session: Session, site: Site, actor: Actor, readings: list[PhotoReading], now: datetime
) -> dict[str, Notice]:
    """The notices of this site among the codes; a code that nobody gave out is not ours.

    Of another township's notices, those that ever came before the public.
    """
    codes = {seen.scan.code for reading in readings for seen in reading.codes}
    notices = ((code, notice_by_code(session, code)) for code in sorted(codes))
    return {
        code: notice
        for code, notice in notices
        if notice is not None
        and (notice.township_id == actor.township_id or NoticeView(site, notice, now).page_state())
    }


def _likely_board(
    session: Session, actor: Actor, notices: list[Notice], now: datetime
) -> Board | None:
    """The board of the place that most of the notices speak for, on which most of them hang by record."""
    places = Counter(n.board_village_id for n in notices if n.township_id == actor.township_id)
    if not places:
        return None
    (village_id, _) = places.most_common(1)[0]
    boards = [
        board
        for board in session.scalars(boards_in(actor.township_id, None, village_day(now)))
        if board.village_id == village_id and actor.may_see(village_id)
    ]
    return likely_among(session, boards, notices)


def _reading(
    judge: SheetJudge, guessed: bool, readings: list[PhotoReading], notices: Mapping[str, Notice]
) -> BoardReading:
    session, board = judge.session, judge.board
    codes = [
        (place, code)
        for place, reading in enumerate(readings, 1)
        for code in sorted(reading.codes, key=lambda code: code.scan.tail)
        if code.scan.code in notices
    ]
    seen = tuple(judge.sheet(place, code, notices[code.scan.code]) for place, code in codes)
    due = due_editions(session, judge.site, board, judge.now) if board else []
    titles = {e.key: e.title for e in due}
    right = [sheet.scan for sheet in seen if sheet.verdict is SheetVerdict.RIGHT]
    missing = missing_sheets(due_sheets(session, due), right)
    foreign = {code.host for _, code in codes if not judge.site.is_ours(code.host)}
    return BoardReading(
        board_id=board.id if board else None,
        board=_board_words(board) if board else "",
        guessed=guessed,
        photos=tuple(readings),
        seen=seen,
        missing=tuple(
            MissingSheet(code=sheet.code, edition=sheet.edition, title=titles[sheet.key])
            for sheet in missing
        ),
        missing_pages=tuple(missing_pages(right, page_counts(session, notices.values()))),
        hint=_hint(readings, seen) + _foreign_hint(foreign),
    )


def _board_words(board: Board) -> str:
    return f"{board.village.name if board.village else '乡镇'} {board.name}"


def _hint(readings: list[PhotoReading], seen: tuple[SeenSheet, ...]) -> str:
    """Where to come closer, one sentence for each photograph that needs it."""
    if not seen and not any(reading.unread for reading in readings):
        return "照片里没有读到我们的二维码。请正对公开栏，走近一点再拍。"
    sentences = []
    for place, reading in enumerate(readings, 1):
        parts = Counter(
            part_words(box.centre[0] / reading.width, box.centre[1] / reading.height)
            for box in reading.unread
        )
        if parts:
            where = "、".join(f"{part}{count}个" for part, count in parts.items())
            which = f"第{place}张" if len(readings) > 1 else ""
            sentences.append(f"{which}照片里{where}码没看清，请走近这里再拍一张。")
    return "".join(sentences)


def _foreign_hint(hosts: set[str]) -> str:
    """Our code under another address is a forgery, or of the time before the address was changed."""
    if not hosts:
        return ""
    named = "、".join(sorted(hosts))
    return f"有二维码指向{named}，不是本系统的网址。换过网址的，请管理员把旧网址写进设置；没换过的，请查问。"
