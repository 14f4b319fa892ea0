"""公开栏台账: what hung on a board from when to when, how that is known, and what was too short."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.display_time import HowKnown, is_too_short
from bulletin.domain.codes import EditionKey
from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import APPROVED
from bulletin.domain.people import Actor
from bulletin.services.access import board_for
from bulletin.services.boards.corrections import CorrectionLine, correction_lines
from bulletin.services.boards.due_sheets import due_days, ended_on
from bulletin.services.boards.outages import HiddenLine, hidden_lines
from bulletin.services.boards.overview import hangs_until
from bulletin.services.site import Site
from bulletin.store.notice_queries import chunks, displayed_between, with_all_editions
from bulletin.store.notices import Edition
from bulletin.store.places import Board
from bulletin.store.posting_corrections import corrections_of_board
from bulletin.store.posting_lists import hung_by, postings_between, still_on
from bulletin.store.postings import Posting
from bulletin.store.receipts import last_missed, last_seen


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One paper on one board, or one that should have hung there."""

    code: str
    edition: int
    number: str  # 张家村公开〔2026〕12号
    title: str
    hung_on: date | None = None  # None: nothing says that it hung
    down_on: date | None = None
    seen_on: date | None = None  # the last day on which a photograph showed it
    missed_on: date | None = None  # since then a photograph lacked it, though by record it hung
    until: date  # the last day on which it had to hang
    how_known: HowKnown = HowKnown.NOT_AT_ALL
    too_short: bool = False
    posting_id: int | None = None
    due_from: date  # the days on which this edition had to hang
    due_until: date
    corrections: tuple[CorrectionLine, ...] = ()  # of this record, the newest first

    @property
    def key(self) -> EditionKey:
        return self.code, self.edition

    def hung_there(self, day: date) -> bool:
        if self.hung_on is None or self.hung_on > day:
            return False
        return self.down_on is None or self.down_on >= day


@dataclass(frozen=True, kw_only=True)
class BoardLedger:
    board_id: int
    board: str
    village_id: int | None
    village: str
    first_on: date
    last_on: date
    lines: tuple[LedgerLine, ...]  # the newest first
    hidden: tuple[HiddenLine, ...]
    gone: tuple[CorrectionLine, ...]  # records of this board that were withdrawn or moved away

    def on(self, day: date) -> list[LedgerLine]:
        """What hung there on a day, and what had to hang there and did not by any record."""
        hanging = [line for line in self.lines if line.hung_there(day)]
        known = {line.key for line in hanging}
        due = {
            line.key: replace(line, how_known=HowKnown.NOT_AT_ALL)
            for line in self.lines
            if line.due_from <= day <= line.due_until
            and (line.hung_on is None or line.hung_on > day)
            and line.key not in known
        }
        return hanging + list(due.values())

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
        postings = session.scalars(postings_between(board.id, first_on, last_on)).all()
        seen, missed = last_seen(session, board.id), last_missed(session, board.id)
        corrections = correction_lines(session.scalars(corrections_of_board(board.id)))
        hung = [
            replace(
                _hung(site, p, seen.get(p.id), missed.get(p.edition.key)),
                corrections=tuple(line for line in corrections if line.posting_id == p.id),
            )
            for p in postings
        ]
        span = first_on, last_known
        known = {posting.edition_id: posting.edition for posting in postings}
        editions = _editions(session, board, span, now, known)
        due = [edition for edition in editions if _was_due(edition, *span)]
        recorded = _recorded(session, board, due, last_on)
        lines = hung + [_never_hung(edition) for edition in due if edition.id not in recorded]
        lines.sort(key=lambda line: (line.hung_on or line.until, line.code), reverse=True)
        return BoardLedger(
            board_id=board.id,
            board=board.name,
            village_id=board.village_id,
            village=board.village.name if board.village else "",
            first_on=first_on,
            last_on=last_on,
            lines=tuple(lines),
            hidden=tuple(hidden_lines(session, site, due, first_on, last_known)),
            gone=_gone(session, board, corrections, last_on),
        )


def _gone(
    session: Session, board: Board, corrections: tuple[CorrectionLine, ...], last_on: date
) -> tuple[CorrectionLine, ...]:
    """What the ledger would have said of days up to the last one, had nobody corrected it."""
    ids = sorted({line.posting_id for line in corrections})
    here = {row for some in chunks(ids) for row in session.scalars(still_on(board.id, some))}
    return tuple(
        line for line in corrections if line.posting_id not in here and line.hung_on <= last_on
    )


def _hung(site: Site, posting: Posting, seen_on: date | None, missed_on: date | None) -> LedgerLine:
    edition = posting.edition
    until = hangs_until(site, edition, posting.hung_on) or date.max
    if seen_on is not None and seen_on < posting.hung_on:  # corrected since, against the photograph
        seen_on = None
    has_photo = posting.hung_photo is not None or seen_on is not None
    if missed_on is not None:
        by_record = posting.hung_on <= missed_on and posting.down_on is None
        missed_on = missed_on if by_record and (seen_on is None or seen_on < missed_on) else None
    return replace(
        _never_hung(edition),
        hung_on=posting.hung_on,
        down_on=posting.down_on,
        seen_on=seen_on,
        missed_on=missed_on,
        until=until,
        how_known=HowKnown.PHOTO if has_photo else HowKnown.HAND,
        too_short=is_too_short(until, posting.down_on, ended_on(edition)),
        posting_id=posting.id,
    )


def _never_hung(edition: Edition) -> LedgerLine:
    due_from, due_until = due_days(edition)
    return LedgerLine(
        code=edition.notice.code,
        edition=edition.number,
        number=edition.notice.register_name or "",
        title=edition.title,
        until=edition.closes_on or date.max,
        due_from=due_from,
        due_until=due_until,
    )


def _editions(
    session: Session,
    board: Board,
    span: tuple[date, date],
    now: datetime,
    known: Mapping[int, Edition],
) -> list[Edition]:
    """The public editions that had to hang on the board and whose period touches a span of days.

    Args:
        known: those that hung there, by id: nearly all, of which nothing is read again.
    """
    public = Edition.state.in_(APPROVED), Edition.publish_at <= now
    ids = [
        edition_id
        for village_id in board.villages
        for edition_id, opens_on in session.execute(
            displayed_between(board.township_id, village_id, span).where(*public)
        )
        if board.carries(village_id, opens_on or date.max)
    ]
    found = dict(known)
    for some in chunks([each for each in ids if each not in known]):
        found |= {edition.id: edition for edition in session.scalars(with_all_editions(some))}
    return [found[each] for each in ids]


def _recorded(
    session: Session, board: Board, editions: list[Edition], last_on: date
) -> frozenset[int]:
    """Those of some editions that were on the board by a day, by any record."""
    found: set[int] = set()
    for some in chunks([edition.id for edition in editions]):
        found.update(session.scalars(hung_by(board.id, some, last_on)))
    return frozenset(found)


def _was_due(edition: Edition, first_on: date, last_on: date) -> bool:
    """Whether it had to hang on a day of a span. One replaced on its first day never had to."""
    opens_on, until = due_days(edition)
    return max(opens_on, first_on) <= min(until, last_on)
