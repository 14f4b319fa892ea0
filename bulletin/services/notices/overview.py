"""Lists of notices and boards, for the desk and the command line."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.boards.display_time import must_hang_until
from bulletin.domain.codes import EditionKey, Scan
from bulletin.domain.days import village_day
from bulletin.domain.notices.visibility import in_force, is_over
from bulletin.domain.notices.workflow import IN_REVIEW, State, state_at
from bulletin.domain.people import Actor
from bulletin.services.edition_progress import lies_with, return_reason, state_words
from bulletin.services.notices.visibility import dates_of
from bulletin.services.registering import number_words
from bulletin.services.site import House
from bulletin.services.transition import notice_for
from bulletin.store.notice_queries import notices_of
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board, boards_in
from bulletin.store.postings import Posting, postings_of


@dataclass(frozen=True)
class NoticeRow:
    code: str
    edition: int
    number: str | None
    title: str
    village_id: int | None
    village: str
    publisher: str
    items: tuple[str, ...]
    state: State
    state_words: str
    lies_with: str
    since_on: date
    return_reason: str
    publish_at: datetime | None
    opens_on: date | None
    closes_on: date | None
    url: str
    forced: bool  # and not endorsed yet

    @property
    def public_state(self) -> str:
        """The state in the words of the command line: every step of review is `in_review`."""
        return "in_review" if self.state in IN_REVIEW else self.state.value


def notice_rows(
    house: House, actor: Actor, now: datetime, *, village_id: int | None = None
) -> list[NoticeRow]:
    """The notices that a person may see, the newest first, each with its newest edition."""
    with house.sessions.reading() as session:
        found = session.scalars(notices_of(actor.township_id or 0, village_id))
        return [
            row_of(house, notice.standing, now)
            for notice in found
            if actor.may_see(notice.village_id)
        ]


def edition_rows(house: House, actor: Actor, code: str, now: datetime) -> list[NoticeRow]:
    """Every edition of one notice, the newest first."""
    with house.sessions.reading() as session:
        notice: Notice = notice_for(session, actor, code)
        return [row_of(house, edition, now) for edition in reversed(notice.editions)]


def row_of(house: House, edition: Edition, now: datetime) -> NoticeRow:
    notice = edition.notice
    return NoticeRow(
        code=notice.code,
        edition=edition.number,
        number=number_words(notice),
        title=edition.title,
        village_id=notice.village_id,
        village=notice.village.name if notice.village else "",
        publisher="、".join(s.publisher.name for s in notice.signatures),
        items=tuple(item["code"] for item in notice.items),
        state=state_at(edition.state, edition.publish_at, now),
        state_words=state_words(edition),
        lies_with=lies_with(house, edition),
        since_on=village_day(edition.state_since),
        return_reason=return_reason(edition),
        publish_at=edition.publish_at,
        opens_on=edition.opens_on,
        closes_on=edition.closes_on,
        url=Scan(notice.code, edition.number).url(house.public_url),
        forced=edition.forced and edition.endorsed_at is None,
    )


@dataclass(frozen=True)
class HangingSheet:
    posting_id: int
    code: str
    edition: int
    title: str
    hung_on: date
    down_on: date | None
    closes_on: date | None
    until: date | None  # the last day on the wall: later than `closes_on` when it was hung late
    has_photo: bool
    is_over: bool  # it hung long enough, it should come down
    is_stale: bool  # a newer edition is in force, or it was taken down or redacted

    @property
    def key(self) -> EditionKey:
        return self.code, self.edition


@dataclass(frozen=True)
class BoardRow:
    id: int
    village_id: int | None
    village: str
    name: str
    place: str
    hanging: tuple[HangingSheet, ...]
    past: tuple[HangingSheet, ...]


def board_rows(
    house: House, actor: Actor, now: datetime, *, village_id: int | None = None
) -> list[BoardRow]:
    """The boards that a person may see, with what hangs there by record."""
    today = village_day(now)
    with house.sessions.reading() as session:
        rows = []
        for board in session.scalars(boards_in(actor.township_id or 0, village_id, today)):
            if actor.may_see(board.village_id):
                sheets = [sheet_of(house, p, now) for p in session.scalars(postings_of(board.id))]
                rows.append(_board_row(board, sheets))
        return rows


def _board_row(board: Board, sheets: list[HangingSheet]) -> BoardRow:
    return BoardRow(
        board.id, board.village_id, board.village.name if board.village else "",
        board.name, board.place,
        hanging=tuple(sheet for sheet in sheets if sheet.down_on is None),
        past=tuple(sheet for sheet in sheets if sheet.down_on is not None),
    )  # fmt: skip


def sheet_of(house: House, posting: Posting, now: datetime) -> HangingSheet:
    edition = posting.edition
    current = in_force(dates_of(edition.notice), now)
    stale = current is not None and (
        current.state is State.TAKEN_DOWN or current.number > edition.number or current.redacted
    )
    until = hangs_until(house, edition, posting.hung_on)
    return HangingSheet(
        posting.id, edition.notice.code, edition.number, edition.title,
        posting.hung_on, posting.down_on, edition.closes_on, until,
        has_photo=posting.hung_photo is not None,
        is_over=is_over(until, now),
        is_stale=stale,
    )  # fmt: skip


def hangs_until(house: House, edition: Edition, hung_on: date) -> date | None:
    """The last day on the wall: of the period, or later when the paper was hung late.

    A personal list goes with its period, also when it was hung late.
    """
    if edition.closes_on is None or edition.notice.personal:
        return edition.closes_on
    days, unit = edition.posting_days, edition.posting_unit
    return max(edition.closes_on, must_hang_until(hung_on, days, unit, house.calendar))
