"""公开栏台账: what hung on a board from when to when, how that is known, and what was too short."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.days import start_of, village_day
from bulletin.domain.hanging import HowKnown, hidden_by, is_too_short, must_hang_until
from bulletin.domain.people import Actor
from bulletin.domain.workflow import APPROVED, State
from bulletin.services.house import House
from bulletin.services.registering import number_words
from bulletin.services.walls import board_for
from bulletin.store.clockwork import outages_between
from bulletin.store.notice_queries import public_notices
from bulletin.store.notices import Edition
from bulletin.store.places import Board
from bulletin.store.postings import Posting, postings_of
from bulletin.store.receipts import last_seen


@dataclass(frozen=True)
class HungLine:
    """One paper on one board, or one that should have hung there."""

    code: str
    edition: int
    number: str  # 张家村公开〔2026〕12号
    title: str
    hung_on: date | None  # None: nothing says that it hung
    down_on: date | None
    seen_on: date | None  # the last day on which a photograph showed it
    until: date  # the last day on which it had to hang
    how_known: HowKnown
    too_short: bool
    posting_id: int | None

    def hung_at(self, day: date) -> bool:
        if self.hung_on is None or self.hung_on > day:
            return False
        return self.down_on is None or self.down_on >= day


@dataclass(frozen=True)
class HiddenLine:
    """A period that could not be read online for a while, and how it could be made good."""

    code: str
    title: str
    from_at: datetime
    until_at: datetime
    hours: int
    closes_on: date
    proposed: date  # the last day, with the hidden days added


@dataclass(frozen=True)
class BoardLedger:
    board_id: int
    board: str
    village: str
    first_on: date
    last_on: date
    lines: tuple[HungLine, ...]  # the newest first
    hidden: tuple[HiddenLine, ...]

    @property
    def too_short(self) -> int:
        return sum(line.too_short for line in self.lines)

    @property
    def unknown(self) -> int:
        return sum(line.how_known is HowKnown.NOT_AT_ALL for line in self.lines)


def board_ledger(
    house: House, actor: Actor, board_id: int, now: datetime, *, first_on: date, last_on: date
) -> BoardLedger:
    """What hung on a board within a span of days, both ends included.

    Raises:
        NotFoundError: no such board, or none of this person's.
    """
    with house.sessions.reading() as session:
        board = board_for(session, actor, board_id)
        postings = session.scalars(postings_of(board.id)).all()
        seen = last_seen(session, board.id)
        hung = [_hung(house, posting, seen.get(posting.id)) for posting in postings]
        kept = {posting.edition_id for posting in postings}
        due = _due(session, board, now, first_on, last_on)
        never = [_never_hung(edition) for edition in due if edition.id not in kept]
        lines = [line for line in hung if _touches(line, first_on, last_on)] + never
        lines.sort(key=lambda line: (line.hung_on or line.until, line.code), reverse=True)
        return BoardLedger(
            board.id, board.name, board.village.name if board.village else "", first_on, last_on,
            tuple(lines), tuple(_hidden(session, due, first_on, last_on)),
        )  # fmt: skip


def _hung(house: House, posting: Posting, seen_on: date | None) -> HungLine:
    edition = posting.edition
    until = must_hang_until(
        posting.hung_on, edition.posting_days, edition.posting_unit, house.calendar
    )
    photo = posting.hung_photo is not None or seen_on is not None
    return HungLine(
        edition.notice.code, edition.number, number_words(edition.notice) or "", edition.title,
        posting.hung_on, posting.down_on, seen_on, until,
        HowKnown.PHOTO if photo else HowKnown.HAND,
        is_too_short(until, posting.down_on, _ended_on(edition)), posting.id,
    )  # fmt: skip


def _ended_on(edition: Edition) -> date | None:
    """The day from which the paper had to come down: corrected, taken down, or redacted."""
    newer = [
        other.opens_on
        for other in edition.notice.editions
        if other.number > edition.number and other.state in APPROVED and other.opens_on
    ]
    ends = [village_day(end) for end in (edition.ended_at, edition.redacted_at) if end is not None]
    return min([*newer, *ends], default=None)


def _never_hung(edition: Edition) -> HungLine:
    return HungLine(
        edition.notice.code, edition.number, number_words(edition.notice) or "", edition.title,
        None, None, None, edition.closes_on or date.max, HowKnown.NOT_AT_ALL, too_short=False,
        posting_id=None,
    )  # fmt: skip


def _due(
    session: Session, board: Board, now: datetime, first_on: date, last_on: date
) -> list[Edition]:
    """The editions that were in force within the span, of the board's place."""
    return [
        edition
        for notice in session.scalars(public_notices(board.township_id, [board.village_id], now))
        for edition in notice.editions
        if edition.state in {State.PUBLISHED, State.SCHEDULED}
        and edition.opens_on is not None
        and edition.closes_on is not None
        and edition.opens_on <= last_on
        and edition.closes_on >= first_on
    ]


def _touches(line: HungLine, first_on: date, last_on: date) -> bool:
    begun = line.hung_on is not None and line.hung_on <= last_on
    return begun and (line.down_on is None or line.down_on >= first_on)


def _hidden(
    session: Session, editions: Iterable[Edition], first_on: date, last_on: date
) -> Iterable[HiddenLine]:
    span = start_of(first_on), start_of(last_on + timedelta(days=1))
    outages = session.scalars(outages_between(*span)).all()
    for edition in editions:
        if edition.opens_on is None or edition.closes_on is None:
            continue
        for outage in outages:
            found = hidden_by(outage.from_at, outage.until_at, edition.opens_on, edition.closes_on)
            if found is not None:
                yield HiddenLine(
                    edition.notice.code, edition.title, outage.from_at, outage.until_at,
                    found.hours, edition.closes_on, edition.closes_on + timedelta(days=found.days),
                )  # fmt: skip
