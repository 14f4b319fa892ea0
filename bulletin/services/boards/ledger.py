"""公开栏台账: what hung on a board from when to when, how that is known, and what was too short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.display_time import (
    HowKnown,
    OutageSpan,
    hidden_by,
    is_too_short,
    made_good,
    must_hang_until,
)
from bulletin.domain.codes import EditionKey
from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.notices.workflow import APPROVED
from bulletin.domain.people import Actor
from bulletin.services.access import board_for
from bulletin.services.site import Site
from bulletin.store.heartbeat import outages_between
from bulletin.store.notice_queries import public_notices
from bulletin.store.notices import Edition
from bulletin.store.places import Board
from bulletin.store.postings import Posting, postings_of
from bulletin.store.receipts import last_missed, last_seen


@dataclass(frozen=True)
class LedgerLine:
    """One paper on one board, or one that should have hung there."""

    code: str
    edition: int
    number: str  # 张家村公开〔2026〕12号
    title: str
    hung_on: date | None  # None: nothing says that it hung
    down_on: date | None
    seen_on: date | None  # the last day on which a photograph showed it
    missed_on: date | None  # since then a photograph did not show it, though by record it hung
    until: date  # the last day on which it had to hang
    how_known: HowKnown
    too_short: bool
    posting_id: int | None
    owed_from: date  # the days on which this edition had to hang
    owed_until: date

    @property
    def key(self) -> EditionKey:
        return self.code, self.edition

    def hung_at(self, day: date) -> bool:
        if self.hung_on is None or self.hung_on > day:
            return False
        return self.down_on is None or self.down_on >= day


@dataclass(frozen=True)
class HiddenLine:
    """A period that could not be read online for a while, and how it could be made good."""

    code: str
    title: str
    from_on: date  # the first and the last day that was hidden for an hour or longer
    until_on: date
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
    lines: tuple[LedgerLine, ...]  # the newest first
    hidden: tuple[HiddenLine, ...]

    def on(self, day: date) -> list[LedgerLine]:
        """What hung there on a day, and what had to hang there and did not by any record."""
        there = [line for line in self.lines if line.hung_at(day)]
        known = {line.key for line in there}
        owed = {
            line.key: replace(line, how_known=HowKnown.NOT_AT_ALL)
            for line in self.lines
            if line.owed_from <= day <= line.owed_until
            and (line.hung_on is None or line.hung_on > day)
            and line.key not in known
        }
        return there + list(owed.values())

    @property
    def too_short(self) -> int:
        return sum(line.too_short for line in self.lines)

    @property
    def unknown(self) -> int:
        return sum(line.how_known is HowKnown.NOT_AT_ALL for line in self.lines)


def board_ledger(
    site: Site, actor: Actor, board_id: int, now: datetime, *, first_on: date, last_on: date
) -> BoardLedger:
    """What hung on a board within a span of days, both ends included.

    Raises:
        NotFoundError: no such board, or none of this person's.
    """
    last_known = min(last_on, village_day(now))  # of days to come nobody knows anything
    with site.sessions.reading() as session:
        board = board_for(session, actor, board_id)
        postings = session.scalars(postings_of(board.id)).all()
        seen, missed = last_seen(session, board.id), last_missed(session, board.id)
        hung = [_hung(site, p, seen.get(p.id), missed.get(p.edition.key)) for p in postings]
        kept = {p.edition_id for p in postings if p.hung_on <= last_on}
        due = [e for e in _editions(session, board, now) if _was_due(e, first_on, last_known)]
        never = [_never_hung(edition) for edition in due if edition.id not in kept]
        lines = [line for line in hung if _touches(line, first_on, last_on)] + never
        lines.sort(key=lambda line: (line.hung_on or line.until, line.code), reverse=True)
        return BoardLedger(
            board.id, board.name, board.village.name if board.village else "", first_on, last_on,
            tuple(lines), tuple(_hidden(session, site, due, first_on, last_known)),
        )  # fmt: skip


def _hung(site: Site, posting: Posting, seen_on: date | None, missed_on: date | None) -> LedgerLine:
    edition = posting.edition
    counted = must_hang_until(
        posting.hung_on, edition.posting_days, edition.posting_unit, site.calendar
    )
    until = max(counted, edition.closes_on or counted)
    photo = posting.hung_photo is not None or seen_on is not None
    if missed_on is not None:
        by_record = posting.hung_on <= missed_on and posting.down_on is None
        missed_on = missed_on if by_record and (seen_on is None or seen_on < missed_on) else None
    return _line(
        edition, until, HowKnown.PHOTO if photo else HowKnown.HAND,
        hung_on=posting.hung_on, down_on=posting.down_on, seen_on=seen_on, missed_on=missed_on,
        too_short=is_too_short(until, posting.down_on, _ended_on(edition)), posting_id=posting.id,
    )  # fmt: skip


def _never_hung(edition: Edition) -> LedgerLine:
    return _line(edition, edition.closes_on or date.max, HowKnown.NOT_AT_ALL)


def _line(
    edition: Edition, until: date, how_known: HowKnown, *, hung_on: date | None = None,
    down_on: date | None = None, seen_on: date | None = None, missed_on: date | None = None,
    too_short: bool = False, posting_id: int | None = None,
) -> LedgerLine:  # fmt: skip
    number, (owed_from, owed_until) = edition.notice.register_name or "", _span(edition)
    return LedgerLine(
        edition.notice.code, edition.number, number, edition.title, hung_on, down_on, seen_on, missed_on,
        until, how_known, too_short, posting_id, owed_from, owed_until,
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


def _span(edition: Edition) -> tuple[date, date]:
    """The first and the last whole day on which an approved edition was the one that has to hang."""
    opens_on, closes_on = edition.opens_on or date.max, edition.closes_on or date.max
    ended_on = _ended_on(edition)
    return opens_on, closes_on if ended_on is None else min(closes_on, ended_on - ONE_DAY)


def _editions(session: Session, board: Board, now: datetime) -> list[Edition]:
    """The editions of the board's place that were ever public."""
    return [
        edition
        for notice in session.scalars(public_notices(board.township_id, [board.village_id], now))
        for edition in notice.editions
        if edition.state in APPROVED and edition.publish_at and edition.publish_at <= now
    ]


def _was_due(edition: Edition, first_on: date, last_on: date) -> bool:
    """Whether it had to hang on a day of a span. One replaced on its first day never had to."""
    opens_on, until = _span(edition)
    return max(opens_on, first_on) <= min(until, last_on)


def _touches(line: LedgerLine, first_on: date, last_on: date) -> bool:
    begun = line.hung_on is not None and line.hung_on <= last_on
    return begun and (line.down_on is None or line.down_on >= first_on)


def _hidden(
    session: Session, site: Site, editions: Iterable[Edition], first_on: date, last_on: date
) -> Iterator[HiddenLine]:
    """What outages hid of each edition that still stands and was not made good since."""
    outages = session.scalars(outages_between(start_of(first_on), start_of(last_on + ONE_DAY)))
    spans = [OutageSpan(outage.from_at, outage.until_at) for outage in outages]
    for edition in editions:
        if edition.closes_on is None or _ended_on(edition) is not None:
            continue
        found = hidden_by(_since(edition.publish_at, spans), *_span(edition))
        if found is None:
            continue
        proposed = made_good(edition.closes_on, found, edition.posting_unit, site.calendar)
        if proposed > edition.closes_on:
            yield HiddenLine(
                edition.notice.code, edition.title, found.days[0], found.days[-1], found.hours,
                edition.closes_on, proposed,
            )  # fmt: skip


def _since(moment: datetime | None, spans: Iterable[OutageSpan]) -> Iterator[OutageSpan]:
    """What could not be read before it was public hid nothing."""
    for span in spans:
        if moment is not None and span.until_at > moment:
            yield OutageSpan(max(moment, span.from_at), span.until_at)
