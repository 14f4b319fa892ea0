"""Counts and pages of duties, however many there are: groups for the rule to judge, one page in order."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select

from bulletin.store.duties import Duty, in_places
from bulletin.store.notice_queries import not_settled

Order = tuple[ColumnElement[bool] | ColumnElement[int], ...]
BY_DAY: Order = (Duty.due_on.is_(None), Duty.due_on, Duty.id)  # type: ignore[assignment]
MATTERS_FIRST: Order = (Duty.matter_id.is_(None), Duty.id)  # type: ignore[assignment]


def duties_at(township_id: int, *wanted: Collection[int | None] | None) -> Select[Duty]:
    """The duties of those villages that every collection names (None in it: the township)."""
    duties = select(Duty).where(Duty.township_id == township_id)
    for places in wanted:
        duties = in_places(duties, places)
    return duties


def count_by_day(duties: Select[Duty]) -> Select[date | None, int]:
    """How many of some duties are due on each day; None: they wait for an event."""
    return duties.with_only_columns(Duty.due_on, func.count()).group_by(Duty.due_on)


def place_in(duties: Select[Duty], order: Order, duty_id: int) -> Select[int]:
    """Where a duty stands in a list, from 0; nothing when it is not in it."""
    ranked = duties.with_only_columns(
        Duty.id, func.row_number().over(order_by=order).label("place")
    ).subquery()
    return select(ranked.c.place - 1).where(ranked.c.id == duty_id)


def first_overdue(duties: Select[Duty], today: date, now: datetime) -> Select[Duty, int]:
    """Of each place that is late its longest overdue duty, and how many are; the longest first."""
    late = not_settled(duties, now).where(Duty.due_on < today)
    ranked = late.with_only_columns(
        Duty.id,
        func.row_number()
        .over(partition_by=Duty.village_id, order_by=(Duty.due_on, Duty.id))
        .label("place"),
        func.count().over(partition_by=Duty.village_id).label("count"),
    ).subquery()
    return (
        select(Duty, ranked.c.count)
        .join(ranked, ranked.c.id == Duty.id)
        .where(ranked.c.place == 1)
        .order_by(Duty.due_on, Duty.id)
    )
