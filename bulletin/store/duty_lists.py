"""Duties among thousands, as questions to the database: what is alike is counted, not read.

Alike is what nobody has done anything about. `domain.duties.coverage` is the rule and judges each group of
those, and one by one whatever has a history; a test holds the counts and the single duties together.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from bulletin.domain.days import ONE_DAY, start_of
from bulletin.domain.notices.workflow import State
from bulletin.store.answers import ANSWERING
from bulletin.store.duties import DueDayChange, Duty, NotApplicableSpan
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.places import in_places


def duties_at(
    township_id: int, *wanted: Collection[int | None] | None, last_due: date | None = None
) -> ColumnElement[bool]:
    """Duties of those places that every collection names (None in it: the township; None: every place).

    Args:
        last_due: those due later are left out; those that wait for an event are not.
    """
    which = and_(
        Duty.township_id == township_id, *(in_places(Duty.village_id, places) for places in wanted)
    )
    if last_due is None:
        return which
    return and_(which, or_(Duty.due_on.is_(None), Duty.due_on <= last_due))


def untouched(day: date) -> ColumnElement[bool]:
    """Duties of which the evidence as of a day has nothing but the day on which they are due.

    No notice was approved or planned for a moment, it always applied, and its day has not moved since.
    Each exception is a short list beside the years of duties: it is read once, and not asked of every duty.
    """
    planned = (  # and answers nothing
        select(notice_duty.c.duty_id)
        .join(Edition, Edition.notice_id == notice_duty.c.notice_id)
        .where(Edition.state.in_([state for state in State if state not in ANSWERING]))
        .where(Edition.publish_at.is_not(None), Edition.closes_on.is_not(None))
    )
    spared = select(NotApplicableSpan.duty_id)
    moved = select(DueDayChange.duty_id).where(DueDayChange.at >= start_of(day + ONE_DAY))
    return and_(
        Duty.answered_at.is_(None),
        Duty.not_applicable_reason == "",
        *(Duty.id.not_in(exception) for exception in (planned, spared, moved)),
    )


def unsettled(day: date, now: datetime) -> ColumnElement[bool]:
    """Duties that apply as of a day and that no notice answered in public by then.

    What was taken down stays among them, also after its period: whoever asks tells those apart.
    """
    end, answered_at = start_of(day + ONE_DAY), Duty.answered_at
    open_then = or_(answered_at.is_(None), answered_at > now, answered_at >= end)
    declared_later = Duty.not_applicable_at >= end
    return and_(or_(Duty.not_applicable_reason == "", declared_later), open_then)


def groups_by_day(
    which: ColumnElement[bool], alike: ColumnElement[bool]
) -> Select[date | None, int | None, int]:
    """Of some duties those that are alike by due day, and each of the others by itself.

    Rows are due day, the id of one of the others, how many.
    """
    due_on, single = Duty.due_on, case((alike, None), else_=Duty.id)
    return select(due_on, single, func.count()).where(which).group_by(due_on, single)


def groups_by_origin(
    which: ColumnElement[bool], alike: ColumnElement[bool]
) -> Select[date | None, int | None, int, int | None]:
    """The same for each village that owed them first, before another one took over: it stands last."""
    origin = func.coalesce(Duty.from_village_id, Duty.village_id)
    due_on, single = Duty.due_on, case((alike, None), else_=Duty.id)
    groups = select(due_on, single, func.count(), origin).where(which)
    return groups.group_by(due_on, single, origin)


def count_by_place(which: ColumnElement[bool]) -> Select[int | None, int, date | None]:
    """How many of some duties each place has, and the first day on which one is due."""
    counts = select(Duty.village_id, func.count(), func.min(Duty.due_on)).where(which)
    return counts.group_by(Duty.village_id)


def first_on(
    which: ColumnElement[bool], days: Iterable[tuple[int | None, date | None]]
) -> Select[int | None, int]:
    """Of some duties the first that each place has on its day: village and id."""
    of_day: dict[date | None, list[int | None]] = {}
    for place, day in days:
        of_day.setdefault(day, []).append(place)
    wanted = [
        and_(Duty.due_on == day, in_places(Duty.village_id, places))
        for day, places in of_day.items()
    ]
    first = select(Duty.village_id, func.min(Duty.id)).where(which, or_(false(), *wanted))
    return first.group_by(Duty.village_id)


def due_on_days(days: Iterable[date | None]) -> ColumnElement[bool]:
    """Duties of some days; None among them: those that wait for an event."""
    wanted = set(days)
    waiting = Duty.due_on.is_(None) if None in wanted else false()
    return or_(Duty.due_on.in_(wanted - {None}), waiting)


def sort_columns(which: ColumnElement[bool]) -> Select[int, date | None, int | None]:
    """What sorts duties in a list: id, due day, matter."""
    return select(Duty.id, Duty.due_on, Duty.matter_id).where(which)


def count_by_day(which: ColumnElement[bool]) -> Select[date | None, int]:
    """How many of some duties are due on each day; None: they wait for an event."""
    return select(Duty.due_on, func.count()).where(which).group_by(Duty.due_on)


def count_of(which: ColumnElement[bool]) -> Select[int]:
    """How many some duties are."""
    return select(func.count()).select_from(Duty).where(which)


def duties_with_places(duty_ids: Collection[int]) -> Select[Duty]:
    """Some duties, each with what its line names."""
    named = (joinedload(Duty.village), joinedload(Duty.publisher), joinedload(Duty.matter))
    return select(Duty).where(Duty.id.in_(duty_ids)).options(*named)


def duties_with_changes(duty_ids: Collection[int]) -> Select[Duty]:
    """Some duties, each with what explains its day."""
    explained = (joinedload(Duty.matter), selectinload(Duty.changes))
    return select(Duty).where(Duty.id.in_(duty_ids)).options(*explained)


def answered_by(codes: Collection[str]) -> Select[int]:
    """The duties that some notices answer, by due day."""
    answers = (
        select(notice_duty.c.duty_id)
        .join(Notice, Notice.id == notice_duty.c.notice_id)
        .where(Notice.code.in_(codes))
    )
    return (
        select(Duty.id)
        .where(Duty.id.in_(answers))
        .order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id)
    )
