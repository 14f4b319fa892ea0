"""What anybody's photograph of a board shows: which papers are in force there, which are not, and which are missing.

Nothing is kept, neither photograph nor reading: what was read are the codes on the papers, and those travel in the
address of the answer. What is not public yet is never missing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import BY_URGENCY, SheetVerdict, missing_pages
from bulletin.domain.codes import Scan
from bulletin.domain.days import day_words, village_day
from bulletin.domain.notices.visibility import PageState
from bulletin.services.boards.due_sheets import due_editions
from bulletin.services.boards.photos.board_papers import likely_among, page_counts
from bulletin.services.boards.photos.sheet_verdicts import SheetJudge
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.places.phones import phones_of
from bulletin.services.site import Site
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board, Township, boards_of

_NAMED = frozenset(
    {PageState.CURRENT, PageState.PERIOD_OVER}
)  # of what else only the catalog's words are said


@dataclass(frozen=True, kw_only=True)
class PaperSeen:
    tail: str  # of the address of this very paper; of the notice, where there is no such edition
    title: str
    number: str
    place: str  # 张家村
    verdict: SheetVerdict
    pages_missing: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PaperMissing:
    code: str
    title: str
    number: str
    since: date
    question: str  # what a resident may ask about it


@dataclass(frozen=True, kw_only=True)
class BoardNamed:
    id: int
    name: str
    where: str
    village: str


@dataclass(frozen=True, kw_only=True)
class BoardCheck:
    papers: tuple[PaperSeen, ...]  # what is wrong first
    missing: tuple[PaperMissing, ...]
    unknown: tuple[str, ...]  # codes that nobody gave out
    board: BoardNamed | None  # by which it was judged
    boards: tuple[BoardNamed, ...]  # which it could be
    places: tuple[str, ...]  # whose papers are on it, the most first
    phones: tuple[tuple[str, str], ...]


def check_board(
    site: Site, scans: Sequence[Scan], now: datetime, *, board_id: int | None = None
) -> BoardCheck:
    """Judge the papers of one board.

    Args:
        scans: the codes of the papers.
        board_id: one of the boards that it could be; else the one on which most of them hang by record.
    """
    with site.sessions.reading() as session:
        notices = _known(session, site, scans, now)
        ours = [scan for scan in scans if scan.code in notices]
        boards = _boards(session, [notices[scan.code] for scan in ours], village_day(now))
        board = next((each for each in boards if each.id == board_id), None) or _likely(
            session, boards, notices
        )
        return BoardCheck(
            papers=_papers(session, site, ours, notices, board, now),
            missing=_missing(session, site, ours, board, now) if board else (),
            unknown=tuple({scan.code: None for scan in scans if scan.code not in notices}),
            board=_named(board) if board else None,
            boards=tuple(map(_named, boards)),
            places=_places(notices[scan.code] for scan in ours),
            phones=_phones(session, board, notices),
        )


def _known(session: Session, site: Site, scans: Iterable[Scan], now: datetime) -> dict[str, Notice]:
    """What was given out; a draft has no paper."""
    found = {code: notice_by_code(session, code) for code in sorted({scan.code for scan in scans})}
    return {
        code: notice
        for code, notice in found.items()
        if notice is not None and NoticeView(site, notice, now).page_state() is not None
    }


def _boards(session: Session, notices: Iterable[Notice], today: date) -> list[Board]:
    """The boards of the places whose papers hang there, of the village that has most of them first."""
    counts = Counter((notice.township_id, notice.board_village_id) for notice in notices)
    return [
        board
        for (township_id, village_id), _count in sorted(
            counts.items(), key=lambda each: (each[0][1] is None, -each[1])
        )
        for board in session.scalars(boards_of(township_id, village_id, today=today))
    ]


def _likely(session: Session, boards: list[Board], notices: dict[str, Notice]) -> Board | None:
    """Of the first place the one on which most of them hang by record."""
    first = [board for board in boards if _place(board) == _place(boards[0])]
    return likely_among(session, first, notices.values())


def _place(board: Board) -> tuple[int, int | None]:
    return board.township_id, board.village_id


def _papers(
    session: Session,
    site: Site,
    scans: Sequence[Scan],
    notices: dict[str, Notice],
    board: Board | None,
    now: datetime,
) -> tuple[PaperSeen, ...]:
    """Each paper once, however many of its pages were seen."""
    gaps = {
        (gap.code, gap.edition): gap.pages
        for gap in missing_pages(scans, page_counts(session, notices.values()))
    }
    judge = SheetJudge(session, site, board.township_id if board else None, board, now)
    papers = []
    for key in dict.fromkeys(scan.key for scan in scans):
        notice = notices[key[0]]
        verdict = judge.verdict(Scan(*key), notice)
        papers.append(
            PaperSeen(
                tail=Scan(*key).tail,
                title=_title(site, notice, now),
                number=notice.register_name or "",
                place=(notice.village or notice.township).name,
                verdict=verdict,
                pages_missing=gaps.get(key, ()) if verdict is SheetVerdict.RIGHT else (),
            )
        )
    return tuple(sorted(papers, key=lambda paper: BY_URGENCY.index(paper.verdict)))


def _title(site: Site, notice: Notice, now: datetime) -> str:
    """As the page of its code has it."""
    view = NoticeView(site, notice, now)
    return view.title if view.page_state() in _NAMED else notice.public_title


def _missing(
    session: Session, site: Site, scans: Sequence[Scan], board: Board, now: datetime
) -> tuple[PaperMissing, ...]:
    """What is public and should hang there; where an older edition hangs, that one is named already."""
    hanging = {scan.code for scan in scans}
    return tuple(
        _missing_paper(site, edition, board, now)
        for edition in due_editions(session, site, board, now)
        if edition.notice.code not in hanging
    )


def _missing_paper(site: Site, edition: Edition, board: Board, now: datetime) -> PaperMissing:
    notice, since = edition.notice, edition.opens_on or village_day(now)
    where = f"{_named(board).village}{board.name}"
    return PaperMissing(
        code=notice.code,
        title=NoticeView(site, notice, now).title,
        number=notice.register_name or "",
        since=since,
        question=f"这份公开件{day_words(since)}起应当贴在{where}，{day_words(village_day(now))}没有看到。请问为什么没有贴？",
    )


def _named(board: Board) -> BoardNamed:
    village = board.village.name if board.village else ""
    return BoardNamed(id=board.id, name=board.name, where=board.place, village=village)


def _places(notices: Iterable[Notice]) -> tuple[str, ...]:
    counts = Counter((notice.village or notice.township).name for notice in notices)
    return tuple(name for name, _count in counts.most_common())


def _phones(
    session: Session, board: Board | None, notices: dict[str, Notice]
) -> tuple[tuple[str, str], ...]:
    if board is not None:
        return phones_of(session.get_one(Township, board.township_id), board.village)
    first = next(iter(notices.values()), None)
    return phones_of(first.township, first.village) if first else ()
