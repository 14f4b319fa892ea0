"""One way to one board is one piece of work: all that is hung, changed and taken off there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from bulletin.domain.codes import EditionKey
from bulletin.domain.days import ONE_DAY, day_words, village_day
from bulletin.domain.people import Actor, Role
from bulletin.services.boards.overview import HangingSheet, sheets_to_take_off
from bulletin.services.desk.cards import (
    Errand,
    ErrandLine,
    Rank,
    TaskCard,
    Work,
    late_detail,
    more_card,
    rank_of,
    when_words,
)
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.places import Board, boards_in, in_places
from bulletin.store.posting_lists import papers_left_behind, papers_not_hanging
from bulletin.store.postings import Posting, hanging_on
from bulletin.store.print_runs import outdated_editions, printed_editions

_WORDS = {
    Errand.PRINT: "打印后贴",
    Errand.HANG: "贴",
    Errand.REPLACE: "换",
    Errand.TAKE_OFF: "取",
}


@dataclass
class _Trip:
    """What is done at one board on one day."""

    board_id: int
    place: str  # 张家村 西社公开栏
    lines: list[ErrandLine] = field(default_factory=list)
    days: list[date] = field(default_factory=list)  # from when each paper has to hang
    list_days: list[date] = field(default_factory=list)  # on which lists of people have to come off
    is_pressing: bool = False  # what nobody may read any more hangs there

    def add(self, line: ErrandLine, day: date | None = None) -> None:
        self.lines.append(line)
        if day is not None:
            self.days.append(day)


def board_trips(site: Site, actor: Actor, now: datetime) -> list[TaskCard]:
    """The ways to the boards of a liaison: today's, and what can be printed ahead of its day."""
    places, today = actor.places_of(Role.LIAISON), village_day(now)
    trips: dict[tuple[int, date], _Trip] = {}
    with site.sessions.reading() as session:
        boards = {
            board.id: _place_words(board)
            for board in session.scalars(
                boards_in(actor.township_id, None, today).where(in_places(Board.village_id, places))
            )
        }
        missing = [
            row
            for papers in (papers_not_hanging, papers_left_behind)
            for row in session.execute(papers(actor.township_id, places, now)).all()
        ]
        codes = list({edition.notice.code for edition, _ in missing})
        outdated = _keys(session, outdated_editions(actor.township_id))
        printed = _keys(session, printed_editions(codes)) - outdated
        for edition, board_id in missing:
            trip = _trip(trips, boards, board_id, max(edition.opens_on or today, today))
            _hang(trip, edition, is_printed=edition.key in printed, now=now)
        for posting in _to_replace(session, boards, outdated, today):
            _replace(_trip(trips, boards, posting.board_id, today), posting.edition, today)
    sheets, more = sheets_to_take_off(site, actor, now, places=places)
    for board_id, sheet in sheets:
        _take_off(_trip(trips, boards, board_id, today), sheet)
    cards = [_card(trip, today) for trip in trips.values()]
    return [*cards, *more_card(more, "该取下的纸", "boards", Rank.ANY_TIME, today)]


def _keys(session: Session, editions: Select[str, int]) -> set[EditionKey]:
    return {(code, number) for code, number in session.execute(editions)}


def _trip(
    trips: dict[tuple[int, date], _Trip], boards: Mapping[int, str], board_id: int, on: date
) -> _Trip:
    return trips.setdefault((board_id, on), _Trip(board_id, boards[board_id]))


def _hang(trip: _Trip, edition: Edition, *, is_printed: bool, now: datetime) -> None:
    """What is not there yet hangs from its day on; nobody hangs it before."""
    today = village_day(now)
    opens_on = edition.opens_on or today
    trip.add(
        ErrandLine(
            errand=Errand.HANG if is_printed else Errand.PRINT,
            code=edition.notice.code,
            edition=edition.number,
            title=edition.title,
            detail=f"{day_words(opens_on, since=today)}起公示{late_detail(late_plan_of(edition, now))}",
        ),
        opens_on,
    )


def _to_replace(
    session: Session, boards: Collection[int], outdated: set[EditionKey], today: date
) -> list[Posting]:
    """What hangs and says days that are no longer right: until another is printed, nobody takes it off."""
    return [
        posting
        for board_id in boards
        if outdated
        for posting in session.scalars(hanging_on(board_id))
        if posting.edition.key in outdated and (posting.edition.closes_on or date.min) >= today
    ]


def _replace(trip: _Trip, edition: Edition, today: date) -> None:
    until = day_words(edition.closes_on, since=today) if edition.closes_on else ""
    trip.add(
        ErrandLine(
            errand=Errand.REPLACE,
            code=edition.notice.code,
            edition=edition.number,
            title=edition.title,
            detail=f"日子改了，公示到{until}：重印一张换上，先不要取下",
        ),
        today,
    )


def _take_off(trip: _Trip, sheet: HangingSheet) -> None:
    """What a newer paper takes the place of, comes off with its hanging."""
    trip.is_pressing |= sheet.is_stale
    if sheet.personal and sheet.until is not None:
        trip.list_days.append(sheet.until + ONE_DAY)
    goes = any(
        line.code == sheet.code and line.errand is not Errand.TAKE_OFF for line in trip.lines
    )
    trip.add(
        ErrandLine(
            errand=Errand.TAKE_OFF,
            code=sheet.code,
            edition=sheet.edition,
            title=sheet.title,
            detail="贴上新版就记为取下" if goes and sheet.is_stale else _why_off(sheet),
            posting_id=sheet.posting_id,
        )
    )


def _why_off(sheet: HangingSheet) -> str:
    if sheet.is_stale:
        return "已有新版或已撤下，旧纸要取下"
    if sheet.personal:
        return "名单里有个人信息，公示期满就要取下"
    return "公示期已过，可以取下"


def _card(trip: _Trip, today: date) -> TaskCard:
    opens_on = min(trip.days, default=None)
    first = min([*trip.days, *trip.list_days], default=None)
    rank = rank_of(first, today) if first else Rank.ANY_TIME
    when = when_words(first, today) if first else "该取下"
    if trip.is_pressing:
        rank, when = Rank.AT_ONCE, "马上"
    return TaskCard(
        work=Work.BOARD,
        when=when,
        day=f"{day_words(opens_on, since=today)}起公示" if opens_on else "",
        title=trip.place,
        detail=_sums(trip.lines),
        action="",
        target=str(trip.board_id),
        rank=rank,
        due_on=first or today,
        errands=tuple(sorted(trip.lines, key=lambda line: list(Errand).index(line.errand))),
    )


def _place_words(board: Board) -> str:
    return f"{board.village.name if board.village else '乡镇'} {board.name}"


def _sums(lines: Iterable[ErrandLine]) -> str:
    """打印后贴2张，取1张."""
    counts: Mapping[Errand, int] = {
        errand: sum(line.errand is errand for line in lines) for errand in Errand
    }
    return "，".join(f"{_WORDS[errand]}{n}张" for errand, n in counts.items() if n)
