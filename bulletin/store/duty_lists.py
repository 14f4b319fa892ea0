"""Duties among thousands, as questions to the database: what is alike is counted, not read.

Alike is what nobody has done anything about. `domain.duties.coverage` is the rule and judges each group of
those, and one by one whatever has a history; a test holds the counts and the single duties together.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    union,
)
from sqlalchemy.orm import joinedload, selectinload

from bulletin.domain.days import ONE_DAY, start_of
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.notices.workflow import RELEASED, State
from bulletin.store.annual_reports import AnnualReportEdition, answers_duty
from bulletin.store.duties import DueDayChange, Duty, NotApplicableSpan
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.places import in_places


def duties_at(
    township_id: int,
    *wanted: Collection[int | None] | None,
    first_due: date | None = None,
    last_due: date | None = None,
    by_day: bool = False,
) -> ColumnElement[bool]:
    """Duties of those places that every collection names (None in it: the township; None: every place).

    Args:
        first_due: those due earlier are left out, and those that wait for an event.
        last_due: those due later are left out; those that wait for an event are not.
        by_day: they are counted by day.
    """
    which = and_(*(in_places(Duty.village_id, places) for places in wanted))
    if first_due is None and not by_day and all(places is None for places in wanted):
        which = and_(Duty.township_id == township_id, which)
    else:  # the sum keeps SQLite from beginning with all that a township ever owed
        which = and_(Duty.township_id + 0 == township_id, which)
    if first_due is not None:
        which = and_(Duty.due_on >= first_due, which)
    if last_due is None:
        return which
    return and_(which, or_(Duty.due_on.is_(None), Duty.due_on <= last_due))


def untouched(day: date) -> ColumnElement[bool]:
    """Duties of which the evidence as of a day has nothing but the day on which they are due.

    No notice was approved or planned for a moment, it always applied, and its day has not moved since.
    Each exception is a short list beside the years of duties: it is read once, and not asked of every duty.
    """
    return and_(_QUIET, *(Duty.id.not_in(exception) for exception in _exceptions(day)))


# As the index has it: what is compared with a bound value, SQLite does not find there.
_APPLIES = Duty.not_applicable_reason == literal_column("''")
_QUIET = and_(Duty.answered_at.is_(None), _APPLIES)  # nearly all of these are untouched
_ORIGIN = func.coalesce(Duty.from_village_id, Duty.village_id)  # whose it was first


def _exceptions(day: date) -> Iterator[Select[int]]:
    """Duties of which the evidence as of a day may have more than the day, though they are quiet."""
    yield (  # planned, and answers nothing
        select(notice_duty.c.duty_id)
        .join(Edition, Edition.notice_id == notice_duty.c.notice_id)
        .where(Edition.state.in_([state for state in State if state not in RELEASED]))
        .where(Edition.publish_at.is_not(None), Edition.closes_on.is_not(None))
    )
    yield select(NotApplicableSpan.duty_id)  # spared for a time
    yield select(Duty.id).join(AnnualReportEdition, answers_duty())  # beside any notice
    yield select(DueDayChange.duty_id).where(DueDayChange.at >= start_of(day + ONE_DAY))  # moved


def excepted(day: date) -> CompoundSelect[int]:
    """The ids of those duties, and of those that were declared not applicable since; each once."""
    declared = select(Duty.id).where(~_APPLIES, Duty.not_applicable_at >= start_of(day + ONE_DAY))
    return union(*_exceptions(day), declared)


def unsettled(day: date, now: datetime) -> ColumnElement[bool]:
    """Duties that apply as of a day and that no notice answered in public by then.

    What was taken down stays among them, also after its period: whoever asks tells those apart.
    """
    end, answered_at = start_of(day + ONE_DAY), Duty.answered_at
    open_then = or_(answered_at.is_(None), answered_at > now, answered_at >= end)
    declared_later = Duty.not_applicable_at >= end
    return and_(or_(Duty.not_applicable_reason == "", declared_later), open_then)


def _group(*, by_place: bool, by_item: bool) -> tuple[Any, ...]:
    item = (Duty.item_code,) if by_item else ()
    return (Duty.due_on, _ORIGIN, *item) if by_place else (Duty.due_on,)


def quiet_groups(
    which: ColumnElement[bool], *, by_place: bool, by_item: bool = False
) -> Select[*tuple[Any, ...]]:
    """How many of some duties are quiet: the count, the day on which they are due, if asked the village, and the item.

    The village is the one that owed them first. Without the item an index alone answers, so that a hundred thousand
    are counted at once.
    """
    group = _group(by_place=by_place, by_item=by_item)
    return select(func.count(), *group).where(which, _QUIET).group_by(*group)


def excepted_among(
    which: ColumnElement[bool], duty_ids: Collection[int], *, by_place: bool, by_item: bool = False
) -> Select[*tuple[Any, ...]]:
    """Those of some duties that are in a list of ids: the id, whether it is quiet, and its group as above."""
    is_quiet = case((_QUIET, True), else_=False)
    group = _group(by_place=by_place, by_item=by_item)
    return select(Duty.id, is_quiet, *group).where(which, Duty.id.in_(duty_ids))


def answered_before(which: ColumnElement[bool], day: date, now: datetime) -> ColumnElement[bool]:
    """Those of some duties that apply today, and that a notice answered in public by a day."""
    return and_(
        which, _APPLIES, Duty.answered_at <= now, Duty.answered_at < start_of(day + ONE_DAY)
    )


def not_answered_before(day: date, now: datetime) -> ColumnElement[bool]:
    """Duties that are neither quiet nor answered in public by a day: answered later, or not applicable."""
    later = or_(Duty.answered_at > now, Duty.answered_at >= start_of(day + ONE_DAY))
    return or_(~_APPLIES, later)


def answered_later(day: date, now: datetime) -> ColumnElement[bool]:
    """Duties that apply, and that a notice answers though they are unsettled as of a day."""
    earliest = min(now, start_of(day + ONE_DAY))
    return and_(_APPLIES, Duty.answered_at >= earliest, unsettled(day, now))


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
    on_days = due_on_days(of_day)  # the few from which SQLite is to begin
    village = Duty.village_id + 0  # sorted at last, and not by the index of villages
    first = select(village, func.min(Duty.id)).where(which, on_days, or_(false(), *wanted))
    return first.group_by(village)


def due_on_runs(days: Collection[date | None], every: Iterable[date | None]) -> ColumnElement[bool]:
    """Duties of some days among all on which any is due: as spans, since a thousand days are few spans."""
    runs: list[list[date]] = []
    is_open = False
    for day in sorted({day for day in every if day is not None}):
        if day not in days:
            is_open = False
        elif is_open:
            runs[-1][1] = day
        else:
            runs.append([day, day])
            is_open = True
    # In a call: SQLite is to go through the index by village, which sorts nothing.
    due_on = func.coalesce(Duty.due_on, Duty.due_on)
    spans = [due_on.between(first, last) for first, last in runs]
    return or_(Duty.due_on.is_(None) if None in days else false(), *spans)


def reports_on(periods: Iterable[Period]) -> ColumnElement[bool]:
    """Duties that report on one of some periods after its last day."""
    each = (and_(Duty.occasion == period.key, Duty.due_on > period.last) for period in periods)
    return or_(false(), *each)


def due_after(day: date) -> ColumnElement[bool]:
    """Duties that are due later than a day."""
    return Duty.due_on > day


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
