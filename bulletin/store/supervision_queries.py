"""What is asked of the database for 督查: when places disclosed something, and how their walls and questions stand."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from bulletin.domain.days import ONE_DAY, start_of
from bulletin.domain.notices.workflow import State
from bulletin.store.feedback import Feedback, ReplyTerm
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board, Village, in_places
from bulletin.store.postings import Posting
from bulletin.store.village_days import day_of

Places = Collection[int | None] | None
_PUBLIC = (State.SCHEDULED, State.PUBLISHED, State.TAKEN_DOWN)
Newer = aliased(Edition)  # of the same notice; made once, for that takes longer than to ask
LaterTerm = aliased(ReplyTerm)


def _first_editions(township_id: int, places: Places, until: datetime) -> ColumnElement[bool]:
    """What a notice said first, public by a moment: what corrects it later discloses nothing new."""
    return and_(
        Edition.township_id == township_id,
        in_places(Edition.village_id, places),
        Edition.number == 1,
        Edition.state.in_(_PUBLIC),
        Edition.publish_at < until,
    )


def days_disclosed(
    township_id: int, places: Places, since: datetime, until: datetime
) -> Select[int | None, str]:
    """On which days some places disclosed something from a moment until before another one: village, 2026-10-09 2026-10-12.

    In a line for each village: a county has fifty thousand days in a year.

    Args:
        places: {None}: the township; None: each of its villages.
    """
    which = _first_editions(township_id, places, until)
    if places is None:  # village by village there is an index by the moment
        villages = select(Village.id).where(Village.township_id == township_id)
        which = and_(which, Edition.village_id.in_(villages))
    days = (
        select(Edition.village_id, cast(day_of(Edition.publish_at), Text).label("day"))
        .where(which, Edition.publish_at >= since)
        .subquery()
    )
    every = func.aggregate_strings(days.c.day, " ")
    return select(days.c.village_id, every).group_by(days.c.village_id)


def last_disclosed_at(
    township_id: int, villages: Collection[int], until: datetime
) -> Select[int | None, datetime | None]:
    """When each of some villages last disclosed something before a moment: one look into an index for each."""
    last = (
        select(Edition.publish_at)
        .where(_first_editions(township_id, None, until), Edition.village_id == Village.id)
        .order_by(Edition.publish_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(Village.id, last).where(Village.id.in_(villages))


def township_last_disclosed_at(township_id: int, until: datetime) -> Select[datetime | None]:
    """The same of the township itself."""
    return select(func.max(Edition.publish_at)).where(_first_editions(township_id, {None}, until))


def _there_on(day: date) -> ColumnElement[bool]:
    """Papers that hang at the end of a day."""
    return and_(Posting.hung_on <= day, or_(Posting.down_on.is_(None), Posting.down_on > day))


def last_hung_on(
    board_ids: Collection[int], day: date, *, off_after: date | None = None
) -> Select[int, date]:
    """The last day on which something was hung on each of some boards, by a day: board and day.

    Args:
        off_after: among what hangs, or came off after this day; an index has it. None: among all of the past.
    """
    last = select(Posting.board_id, func.max(Posting.hung_on)).where(
        Posting.board_id.in_(board_ids), Posting.hung_on <= day
    )
    if off_after is not None:
        last = last.where(or_(Posting.down_on.is_(None), Posting.down_on > off_after))
    return last.group_by(Posting.board_id)


def may_be_stale_on(board_ids: Collection[int], day: date) -> Select[*tuple[Any, ...]]:
    """What hangs on some boards at the end of a day though it is over, or no longer in force.

    The id of each, its board, whether it is no longer in force, and what tells its last day. A paper that was hung late
    may have to stay longer than its period: whoever asks tells those apart.

    Args:
        board_ids: by name, for an index finds what hangs on each: where only their place is named, PostgreSQL reads
            every paper that ever hung anywhere.
    """
    end = start_of(day + ONE_DAY)
    replaced = exists().where(
        Newer.notice_id == Edition.notice_id,
        Newer.number > Edition.number,
        Newer.state.in_(_PUBLIC),
        Newer.publish_at < end,
    )
    taken_down = and_(Edition.state == State.TAKEN_DOWN, Edition.ended_at < end)
    ended = or_(replaced, taken_down, Edition.redacted_at < end)
    return (
        select(
            Posting.id,
            Posting.board_id,
            case((ended, True), else_=False),
            Posting.hung_on,
            Edition.closes_on,
            Notice.personal,
            Edition.posting_days,
            Edition.posting_unit,
            cast(Edition.posting_requirements, Text),
            cast(Edition.closing, Text),
        )
        .join(Edition, Edition.id == Posting.edition_id)
        .join(Notice, Notice.id == Edition.notice_id)
        .where(Posting.board_id.in_(board_ids), _there_on(day))
        .where(or_(Edition.closes_on < day, ended))
    )


def papers_among(ids: Collection[int]) -> Select[Posting]:
    """Some papers with what a line of them names."""
    edition = joinedload(Posting.edition).joinedload(Edition.notice)
    board = joinedload(Posting.board).joinedload(Board.village)
    return select(Posting).where(Posting.id.in_(ids)).options(edition, board)


def running_on(day: date) -> ColumnElement[bool]:
    """Terms within which somebody had to answer at the end of a day.

    Of a question that went to the next level, only the last one runs.
    """
    started_later = exists().where(
        LaterTerm.feedback_id == ReplyTerm.feedback_id,
        LaterTerm.id > ReplyTerm.id,
        LaterTerm.started_on <= day,
    )
    not_answered = or_(ReplyTerm.answered_on.is_(None), ReplyTerm.answered_on > day)
    return and_(ReplyTerm.started_on <= day, not_answered, ~started_later)


def running_terms(township_id: int, places: Places, day: date) -> Select[int | None, date]:
    """The terms that run at the end of a day: village and last day."""
    return (
        select(Feedback.village_id, ReplyTerm.due_on)
        .join(Feedback, Feedback.id == ReplyTerm.feedback_id)
        .where(ReplyTerm.township_id == township_id, in_places(Feedback.village_id, places))
        .where(running_on(day))
    )
