"""Which duties some places owe: within a span of days, or of one item."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import Session, aliased

from bulletin.domain.days import ONE_DAY, start_of
from bulletin.store.duties import DueDayChange, Duty
from bulletin.store.judged import judged
from bulletin.store.places import Publisher, in_places

FEW = 10  # places whose duties are fewer than those of all places within a span
Past = aliased(Duty)  # another one of the same item


def owed_in_span(
    session: Session,
    township_id: int,
    villages: Collection[int | None],
    first_on: date,
    last_on: date,
    day: date,
    *,
    since: date | None = None,
) -> ColumnElement[bool]:
    """Duties that existed by a day and are due within a span, or were on that day; or that wait, or waited, for an event.

    Some villages (None: the township) owe them, or owed them before others took over. Those of a few villages are
    found by who owes them, those of many by their days.

    Args:
        since: also those that were due within the span on a day from this one on, before the other.
    """
    moved = list(session.scalars(_moved_after(township_id, first_on, last_on, since or day)))
    is_few = len(villages) <= FEW
    due_on = judged(Duty.due_on) if is_few else Duty.due_on
    due = or_(due_on.is_(None), due_on.between(first_on, last_on), Duty.id.in_(moved))
    return and_(due, owed_at(township_id, villages, is_sought=is_few), known_by(day))


def _moved_after(township_id: int, first_on: date, last_on: date, day: date) -> Select[int]:
    """Duties that were due within a span, or waited, until their day moved after another one: few, and named by id.

    As a question within the question, PostgreSQL would read all duties to answer it.
    """
    before = DueDayChange.before_on
    return (
        select(DueDayChange.duty_id)
        .join(Duty, Duty.id == DueDayChange.duty_id)
        .where(DueDayChange.township_id == township_id, DueDayChange.at >= start_of(day + ONE_DAY))
        .where(or_(before.is_(None), before.between(first_on, last_on)))
        .where(not_(Duty.due_on.between(first_on, last_on)))
        .distinct()
    )


def owed_at(
    township_id: int, villages: Collection[int | None], *, is_sought: bool = False
) -> ColumnElement[bool]:
    """Duties that some villages (None: the township) owe, or owed before others took over.

    Args:
        is_sought: they are found by this; else by what is asked beside it, for SQLite has no statistics to choose by.
    """
    village, taken_over = Duty.village_id, Duty.from_village_id
    mine, theirs = (village, taken_over) if is_sought else (judged(village), judged(taken_over))
    named = [each for each in villages if each is not None]
    owed = or_(in_places(mine, villages), theirs.in_(named))
    return and_(judged(Duty.township_id) == township_id, owed)


def times_of_item(
    township_id: int, villages: Collection[int | None], item_code: str, *, before: date, most: int
) -> ColumnElement[bool]:
    """Duties of an item: the newest of those due before a day, and all that are due later or have no day.

    Some villages owe them, or owed them before others took over. They are found by who publishes them, which an index
    begins with: an item has few, all its days many.
    """
    of_places = in_places(Publisher.village_id, villages)
    publishers = select(Publisher.id).where(Publisher.township_id == township_id, of_places)
    due_on = judged(Duty.due_on)
    newest = (
        select(Past.id)
        .where(Past.publisher_id.in_(publishers), Past.item_code == item_code)
        .where(judged(Past.due_on) < before)
        .order_by(Past.due_on.desc(), Past.id.desc())
        .limit(most)
    )
    return and_(
        Duty.publisher_id.in_(publishers),
        Duty.item_code == item_code,
        or_(due_on.is_(None), due_on >= before, Duty.id.in_(newest)),
    )


def known_by(day: date) -> ColumnElement[bool]:
    """A step of a matter exists from the day it was opened; a period is known beforehand."""
    of_matter = Duty.occasion.startswith("matter:")
    return or_(not_(of_matter), Duty.opened_at < start_of(day + ONE_DAY))
