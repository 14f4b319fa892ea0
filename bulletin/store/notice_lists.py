"""The desk's lists of notices, as questions to the database: a page and its counts, whatever lies behind.

Each notice is there with its edition in effect; `Notice.effective_edition` is the rule, and a test holds the two
together over every mix of editions. What is alike in state and moment is a group, which the rule judges.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from bulletin.domain.notices.workflow import State
from bulletin.store.notice_queries import with_row_facts
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import in_places

# Of one notice: the edition in effect, and any other.
Effective, Other = aliased(Edition), aliased(Edition)
StateGroup = tuple[State, int]  # a state, and whether its moment has come


def notices_at(
    township_id: int, *wanted: Collection[int | None] | None, few: bool = False
) -> ColumnElement[bool]:
    """Notices of those places that every collection names (None in it: the township; None: every place).

    Args:
        few: for a question about what is on its way or has ended. The sum keeps SQLite, which has no statistics,
            from beginning with all that a township ever published.
    """
    of_township = Notice.township_id + 0 if few else Notice.township_id
    return and_(
        of_township == township_id,
        *(in_places(Notice.village_id, places) for places in wanted),
    )


def state_groups(
    which: ColumnElement[bool], now: datetime
) -> Select[State, int, datetime | None, int]:
    """Of some notices how many are in each state, before and after their moment, and one such moment.

    Those on the record as published are left out: nearly all are, and they are what remains of the count.
    """
    state, has_come = Effective.state, _has_come(now)
    columns = state, has_come, func.max(Effective.publish_at), func.count()
    return _with_edition(*columns, which=and_(which, _is_few(now))).group_by(state, has_come)


def count_of(which: ColumnElement[bool]) -> Select[int]:
    """How many some notices are."""
    return select(func.count()).select_from(Notice).where(which)


def notice_ids(
    which: ColumnElement[bool], groups: Iterable[StateGroup], now: datetime
) -> Select[int]:
    """Those of some notices that are in some of those groups, the newest first."""
    in_groups = _in_groups(groups, now)
    return _with_edition(Notice.id, which=and_(which, in_groups)).order_by(Notice.id.desc())


def other_ids(
    which: ColumnElement[bool],
    few: ColumnElement[bool],
    groups: Iterable[StateGroup],
    now: datetime,
) -> Select[int]:
    """All of some notices but those in some of those groups, the newest first.

    Args:
        few: the same notices, as `notices_at` has them for what is on its way or has ended.
    """
    left_out = _with_edition(Notice.id, which=and_(few, _in_groups(groups, now)))
    ids = select(Notice.id).where(which, Notice.id.not_in(left_out))
    return ids.order_by(Notice.id.desc())


def states_of(which: ColumnElement[bool]) -> Select[int, State, datetime | None]:
    """The state of each of some notices, and its moment; the newest first."""
    rows = _with_edition(Notice.id, Effective.state, Effective.publish_at, which=which)
    return rows.order_by(Notice.id.desc())


def _is_few(now: datetime) -> ColumnElement[bool]:
    """What is on its way or has ended: beside the years of what was published, little.

    A clock that was set back makes of some that were published what is still to come.
    """
    on_record = Effective.state == State.PUBLISHED
    others = Effective.state.in_([state for state in State if state is not State.PUBLISHED])
    return or_(others, and_(on_record, Effective.publish_at > now))


def _in_groups(groups: Iterable[StateGroup], now: datetime) -> ColumnElement[bool]:
    has_come = _has_come(now)
    in_groups = [and_(Effective.state == state, has_come == come) for state, come in groups]
    return and_(_is_few(now), or_(false(), *in_groups))


def _with_edition(*columns: Any, which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The newest edition; one that was given up leaves the one before it in effect."""
    given_up, valid = Effective.state == State.CANCELLED, Other.state != State.CANCELLED
    newer = Other.number > Effective.number
    better = or_(and_(given_up, or_(valid, newer)), and_(valid, newer))
    in_effect = ~exists().where(Other.notice_id == Effective.notice_id, better)
    joined = select(*columns).select_from(Notice).join(Effective, Effective.notice_id == Notice.id)
    return joined.where(which, in_effect)


def _has_come(now: datetime) -> ColumnElement[int]:
    """0: no moment is chosen; 1: it has come; 2: it is still to come."""
    at = Effective.publish_at
    return case((at.is_(None), 0), (at <= now, 1), else_=2)


def in_hand(which: ColumnElement[bool]) -> Select[Notice]:
    """Of some notices those that somebody writes, the newest first."""
    ids = _with_edition(Notice.id, which=and_(which, Effective.state == State.DRAFT))
    return with_row_facts(select(Notice).where(Notice.id.in_(ids))).order_by(Notice.id.desc())
