"""The papers of a board among years of them: what hangs, what hung within a span, what should come off."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import RELEASED, State
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board, FormerBoardVillage, in_places
from bulletin.store.postings import WITH_EDITIONS, Posting, hanging_on, postings_of

Later = aliased(Edition)  # of the same notice; made once, for that takes longer than to ask


def postings_between(board_id: int, first_on: date, last_on: date) -> Select[Posting]:
    """What hung on a board on some day of a span, the newest first."""
    there = or_(Posting.down_on.is_(None), Posting.down_on >= first_on)
    return postings_of(board_id).where(Posting.hung_on <= last_on, there)


def hanging_editions(board_ids: list[int]) -> Select[int, int, str, int]:
    """What hangs on some boards now, the newest first: board, posting, code and number."""
    return (
        select(Posting.board_id, Posting.id, Notice.code, Edition.number)
        .join(Edition, Edition.id == Posting.edition_id)
        .join(Notice, Notice.id == Edition.notice_id)
        .where(Posting.board_id.in_(board_ids), Posting.down_on.is_(None))
        .order_by(Posting.id.desc())
    )


def hanging_of_notice(board_id: int, code: str) -> Select[Posting]:
    """The papers of a notice that hang on a board now."""
    return (
        hanging_on(board_id)
        .join(Edition, Edition.id == Posting.edition_id)
        .join(Notice, Notice.id == Edition.notice_id)
        .where(Notice.code == code)
    )


def past_count(board_id: int) -> Select[int]:
    """How many papers hung on a board and were taken off."""
    return select(func.count(Posting.id)).where(
        Posting.board_id == board_id, Posting.down_on.is_not(None)
    )


def hung_by(board_id: int, edition_ids: list[int], day: date) -> Select[int]:
    """Those of some editions that were hung on a board by a day."""
    return select(Posting.edition_id).where(
        Posting.board_id == board_id, Posting.edition_id.in_(edition_ids), Posting.hung_on <= day
    )


def still_on(board_id: int, posting_ids: list[int]) -> Select[int]:
    """Those of some records that are about a board, and not withdrawn."""
    return select(Posting.id).where(Posting.board_id == board_id, Posting.id.in_(posting_ids))


def may_be_stale() -> ColumnElement[bool]:
    """Papers of an edition that was taken down or redacted, or beside which a later one was begun."""
    return exists().where(
        Later.notice_id == Edition.notice_id,
        Later.number >= Edition.number,
        or_(
            Later.number > Edition.number,
            Later.state == State.TAKEN_DOWN,
            Later.redacted_at.is_not(None),
        ),
    )


def not_hanging(now: datetime) -> ColumnElement[bool]:
    """Editions and boards: the paper has to hang there, now or from its day on, and does not.

    For a question that joins boards to the editions of their place.
    """
    day = village_day(now)
    is_replaced = exists().where(
        Later.notice_id == Edition.notice_id,
        Later.number > Edition.number,
        or_(
            Later.state.in_([State.PUBLISHED, State.TAKEN_DOWN]),
            and_(Later.state == State.SCHEDULED, Later.publish_at <= now),
        ),
    )
    hangs = exists().where(
        Posting.board_id == Board.id,
        Posting.edition_id == Edition.id,
        Posting.down_on.is_(None),
        Posting.withdrawn.is_(False),
    )
    return and_(
        Edition.state.in_(RELEASED),
        Edition.closes_on >= day,
        Edition.redacted_at.is_(None),
        or_(Board.closed_on.is_(None), Board.closed_on > day),
        ~is_replaced,
        ~hangs,
    )


AT_ITS_BOARDS = and_(
    Board.township_id == Edition.township_id,
    Board.village_id.is_not_distinct_from(Edition.village_id),
    ~exists().where(  # it became a board of this village later
        FormerBoardVillage.board_id == Board.id, FormerBoardVillage.until_on >= Edition.opens_on
    ),
)


def papers_not_hanging(
    township_id: int, places: Collection[int | None], now: datetime
) -> Select[Edition, int]:
    """Each paper that does not hang though it has to, now or from its day on, with the board's id."""
    return (
        select(Edition, Board.id)
        .join(Board, AT_ITS_BOARDS)
        .where(Edition.township_id == township_id, in_places(Edition.village_id, places))
        .where(not_hanging(now))
        .options(joinedload(Edition.notice).selectinload(Notice.duties))
        .order_by(Edition.opens_on, Edition.id)
    )


def papers_left_behind(
    township_id: int, places: Collection[int | None], now: datetime
) -> Select[Edition, int]:
    """The same of villages that are no more, at the boards that were theirs."""
    return (
        select(Edition, Board.id)
        .join(FormerBoardVillage, FormerBoardVillage.village_id == Edition.village_id)
        .join(Board, Board.id == FormerBoardVillage.board_id)
        .where(Edition.township_id == township_id, in_places(Edition.village_id, places))
        .where(not_hanging(now))
        .options(joinedload(Edition.notice).selectinload(Notice.duties))
        .order_by(Edition.opens_on, Edition.id)
    )


def may_come_off(township_id: int, places: Collection[int | None], day: date) -> Select[Posting]:
    """What hangs on the boards of some places though its period is over, or it is no longer in force.

    The oldest first; a paper that was hung late may have to stay longer: whoever asks tells those apart.
    """
    return (
        select(Posting)
        .join(Edition, Edition.id == Posting.edition_id)
        .join(Board, Board.id == Posting.board_id)
        .where(Board.township_id == township_id, in_places(Board.village_id, places))
        .where(or_(Board.closed_on.is_(None), Board.closed_on > day))
        .where(Posting.down_on.is_(None), or_(Edition.closes_on < day, may_be_stale()))
        .options(WITH_EDITIONS, joinedload(Posting.board))
        .order_by(Posting.hung_on, Posting.id)
    )
