"""What falls on the days of a month, counted by day; of each day the first few by name."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, or_, select

from bulletin.domain.days import ONE_DAY, start_of
from bulletin.domain.notices.workflow import APPROVED, State
from bulletin.store.duties import Duty, Matter
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board, Village, in_places
from bulletin.store.posting_lists import AT_ITS_BOARDS, may_be_stale, not_hanging
from bulletin.store.postings import WITH_EDITIONS, Posting
from bulletin.store.reminders import Reminder

Places = Collection[int | None] | None  # None: every place
Span = tuple[date, date]  # both days included


def _first_of_each_day(
    rows: Select[*tuple[Any, ...]], day: Any, by: Any, shown: int, pieces: Any = None
) -> Select[*tuple[Any, ...]]:
    """Of some rows the first few of each day, each with the `total` of its day.

    Args:
        pieces: what a row counts for; None: one.
    """
    place = func.row_number().over(partition_by=day, order_by=by).label("place")
    count = func.count() if pieces is None else func.sum(pieces)
    numbered = rows.add_columns(place, count.over(partition_by=day).label("total")).subquery()
    return select(numbered).where(numbered.c.place <= shown).order_by(numbered.c.place)


def duties_on_days(which: ColumnElement[bool], shown: int) -> Select[*tuple[Any, ...]]:
    """The first few of some duties on each day: id, day, item, adoption, label, village, matter."""
    rows = (
        select(
            Duty.id,
            Duty.due_on.label("day"),
            Duty.item_code,
            Duty.adoption_id,
            Duty.label,
            Village.name.label("village"),
            Matter.title.label("matter"),
        )
        .outerjoin(Village, Village.id == Duty.village_id)
        .outerjoin(Matter, Matter.id == Duty.matter_id)
        .where(which)
    )
    return _first_of_each_day(rows, Duty.due_on, Duty.id, shown)


def _out_between(
    township_id: int, places: Places, span: Span, now: datetime
) -> ColumnElement[bool]:
    """Approved editions whose moment falls on a day of a span; what was taken down came out before."""
    return and_(
        _moments_of(township_id, places, span),
        Edition.state.in_(APPROVED),
        or_(Edition.state != State.TAKEN_DOWN, Edition.publish_at <= now),
    )


def _moments_of(township_id: int, places: Places, span: Span) -> ColumnElement[bool]:
    """Editions of some places with a moment on a day of a span.

    The sum keeps SQLite, which has no statistics, from beginning with all that a township ever published:
    it begins with the state and the moment.
    """
    return and_(
        Edition.township_id + 0 == township_id,
        in_places(Edition.village_id, places),
        Edition.publish_at >= start_of(span[0]),
        Edition.publish_at < start_of(span[1] + ONE_DAY),
    )


def _has_come(now: datetime) -> ColumnElement[int]:
    return case((Edition.publish_at <= now, 1), else_=0)


def publications_on_days(
    township_id: int, places: Places, span: Span, now: datetime, shown: int
) -> Select[*tuple[Any, ...]]:
    """The first few on each day: code, title, day, moment, whether it has come, village."""
    has_come = _has_come(now)
    rows = (
        select(
            Notice.code,
            Edition.title,
            Edition.opens_on.label("day"),
            Edition.publish_at,
            has_come.label("has_come"),
            Village.name.label("village"),
        )
        .join(Notice, Notice.id == Edition.notice_id)
        .outerjoin(Village, Village.id == Edition.village_id)
        .where(_out_between(township_id, places, span, now))
    )
    return _first_of_each_day(rows, (Edition.opens_on, has_come), Edition.publish_at, shown)


def _to_hang(township_id: int, places: Places, span: Span, now: datetime) -> ColumnElement[bool]:
    return and_(_moments_of(township_id, places, span), not_hanging(now))


def hangings_on_days(
    township_id: int, places: Places, span: Span, now: datetime, shown: int
) -> Select[*tuple[Any, ...]]:
    """The first few notices of each day: code, title, day, how many boards, one of them, village."""
    facts = Notice.code, Edition.title, Edition.opens_on.label("day"), Village.name.label("village")
    rows = (
        select(*facts, func.count().label("boards"), func.min(Board.name).label("board"))
        .join(Notice, Notice.id == Edition.notice_id)
        .join(Board, AT_ITS_BOARDS)
        .outerjoin(Village, Village.id == Edition.village_id)
        .where(_to_hang(township_id, places, span, now))
        .group_by(Edition.id, *facts)
    )
    return _first_of_each_day(rows, Edition.opens_on, Edition.id, shown, func.count())


def hanging_until(
    township_id: int, places: Places, last_on: date, day: date
) -> Select[*tuple[Any, ...]]:
    """What hangs and may have to come off by a day, with all that says when: one row a paper."""
    columns: list[Any] = [
        Posting.id,
        Posting.hung_on,
        Edition.closes_on,
        Edition.posting_days,
        Edition.posting_unit,
        cast(Edition.posting_requirements, Text).label("posting_requirements"),
        cast(Edition.closing, Text).label("closing"),  # of thousands few differ
        Notice.personal,
        may_be_stale().label("may_be_stale"),
    ]
    return (
        select(*columns)
        .join(Edition, Edition.id == Posting.edition_id)
        .join(Notice, Notice.id == Edition.notice_id)
        .join(Board, Board.id == Posting.board_id)
        .where(Board.township_id == township_id, in_places(Board.village_id, places))
        .where((Board.closed_on.is_(None)) | (Board.closed_on > day))
        .where(Posting.down_on.is_(None), (Edition.closes_on < last_on) | may_be_stale())
        .order_by(Posting.hung_on, Posting.id)
    )


def reminded_on_days(person_id: int, span: Span) -> Select[date, int]:
    """Of how many duties a person was reminded on each day."""
    return (
        select(Reminder.day_on, func.count())
        .where(Reminder.person_id == person_id, Reminder.day_on.between(*span))
        .group_by(Reminder.day_on)
    )


def disclosure_days(township_id: int, places: Places) -> Select[str, str]:
    """The villages that have a 集中公开日: name and its words."""
    return (
        select(Village.name, Village.disclosure_day)
        .where(Village.township_id == township_id, in_places(Village.id, places))
        .where(Village.disclosure_day != "")
        .order_by(Village.code)
    )


def postings_among(posting_ids: Collection[int]) -> Select[Posting]:
    """Some papers on boards, each with all editions of its notice."""
    return select(Posting).where(Posting.id.in_(posting_ids)).options(WITH_EDITIONS)


def papers(posting_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    """Some papers on boards: id, code, title, board, village."""
    return (
        select(
            Posting.id,
            Notice.code,
            Edition.title,
            Board.name.label("board"),
            Village.name.label("village"),
        )
        .join(Edition, Edition.id == Posting.edition_id)
        .join(Notice, Notice.id == Edition.notice_id)
        .join(Board, Board.id == Posting.board_id)
        .outerjoin(Village, Village.id == Board.village_id)
        .where(Posting.id.in_(posting_ids))
        .order_by(Posting.id)
    )
