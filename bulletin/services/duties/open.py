"""Duties open by themselves: one per item, publisher and period or event, never twice."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Period, periods
from bulletin.domain.deadlines.rules import ON_EVENT, Deadline, TimeLimit, due_date
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.people import clock_for
from bulletin.domain.ticks import DUTIES_TICK
from bulletin.services.catalog.in_force import InForce, catalogs_on, owed_kinds
from bulletin.services.duties.succession import RuleDays, Succession
from bulletin.services.history import record
from bulletin.services.one_by_one import one_by_one
from bulletin.services.site import Site
from bulletin.store import heartbeat
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty
from bulletin.store.places import Publisher, Township
from bulletin.store.publishers import publishers_of

WAITING = "waiting"  # the occasion of an item whose event has not happened
WAITING_LABEL = "发生时公开"
LOOK_BACK = timedelta(days=60)  # before the last sweep; holidays move no day further


@dataclass(frozen=True)
class Occasion:
    """One time that an item is owed."""

    key: str
    label: str
    deadline: Deadline | None
    instead_of: str = ""  # 2026年第四季度, which covered it until the cadence changed


def open_duties(site: Site, now: datetime, *, but: Collection[str] = ()) -> int:
    """The sweep: open whatever the catalogs demand up to the horizon.

    However often it runs, a duty opens once: item, publisher and occasion are unique.

    Args:
        but: places, as the history names them, that could not follow their catalog: it is not opened beside the old one.

    Returns:
        How many duties this sweep opened.

    Raises:
        SomeFailed: of some places, once all had their turn.
    """
    opened = 0
    with site.sessions.reading() as session:
        plan = Plan(site, village_day(now), heartbeat.last_beat(session, DUTIES_TICK, now))
        places = [each for each in catalogs_on(session, plan.today) if each.subject not in but]
    with one_by_one() as those:
        for place in places:
            with those.turn_of(place.subject), site.sessions.writing() as session:
                opened += _open_for(session, plan, place, now)
    if but:  # no beat where one failed: the next sweep looks as far back for it
        return opened
    with site.sessions.writing() as session:
        heartbeat.beat(session, DUTIES_TICK, now, f"{opened}")
    return opened


def _open_for(session: Session, plan: "Plan", place: InForce, now: datetime) -> int:
    adoption, village_id = place.adoption, place.village_id
    first_on = plan.first_day(place)
    moves_ends = session.get_one(Township, adoption.township_id).moves_ends
    to_publish = publishers_of(adoption.township_id, village_id)
    publishers = {publisher.kind: publisher for publisher in session.scalars(to_publish)}
    succession = Succession(session, place, plan.rule_days)
    owed = [
        (publisher, item.code, occasion)
        for item in place.catalog.items_for(owed_kinds(village_id))
        if (publisher := publishers.get(item.publisher)) is not None
        for occasion in plan.owed(item, succession, first_on, moves_ends=moves_ends)
    ]
    known = _known(session, publishers.values(), {occasion.key for _, _, occasion in owed})
    rows = [
        duty_row(adoption, publisher, code, occasion, now)
        for publisher, code, occasion in owed
        if (publisher.id, code, occasion.key) not in known
    ]
    if rows:
        session.execute(insert(Duty), rows)
        where = f"duties {village_id or 'township'}"
        clock = clock_for(adoption.township_id)
        record(session, clock, "open_duties", where, now, opened=len(rows))
    return len(rows)


def _known(
    session: Session, publishers: Iterable[Publisher], occasions: set[str]
) -> set[tuple[int, str, str]]:
    """What was opened already for some occasions: publisher, item, occasion."""
    rows = session.execute(
        select(Duty.publisher_id, Duty.item_code, Duty.occasion)
        .where(Duty.publisher_id.in_([publisher.id for publisher in publishers]))
        .where(Duty.occasion.in_(occasions))
    )
    return set(rows)


class Plan:
    """What one sweep has to open: the occasions of each rule, counted once for all villages."""

    def __init__(self, site: Site, today: date, last_sweep_at: datetime | None) -> None:
        self.site, self.today, self.last_sweep_at = site, today, last_sweep_at
        self.horizon = today + timedelta(days=site.horizon_days)
        self.rule_days = RuleDays(site.calendar)
        self._occasions: dict[tuple[TimeLimit, date, bool], tuple[Occasion, ...]] = {}

    def first_day(self, place: InForce) -> date:
        """From which due day on to look: what an earlier sweep opened is not looked at again.

        Days that moved when holidays became known lie within the look back.
        """
        from_on = place.adoption.in_force_from
        if self.last_sweep_at is None or place.adoption.adopted_at >= self.last_sweep_at:
            return from_on
        last_on = village_day(self.last_sweep_at)
        if max(from_on, place.since_on) >= last_on:
            return from_on
        return max(from_on, last_on - LOOK_BACK)

    def owed(
        self,
        item: DisclosureItem,
        succession: Succession,
        first_on: date,
        *,
        moves_ends: bool = True,
    ) -> Iterator[Occasion]:
        """What a place owes of an item: what its rule makes due, and what an ended duty leaves."""
        left = {occasion.key: occasion for occasion in succession_occasions(item, succession)}
        for occasion in left.values():
            if occasion.deadline is not None and occasion.deadline.due_on <= self.horizon:
                yield occasion
        for occasion in self.occasions(item.time_limit, first_on, moves_ends=moves_ends):
            is_period = occasion.deadline is not None
            covered = is_period and succession.covers(item, Period.parse(occasion.key))
            if occasion.key not in left and not covered:
                yield occasion

    def occasions(
        self, limit: TimeLimit, first_on: date, *, moves_ends: bool = True
    ) -> tuple[Occasion, ...]:
        """The occasions of a rule that fall due between a day and the horizon.

        Args:
            moves_ends: what its township does with ends on days off.
        """
        key = limit, first_on, moves_ends
        if key not in self._occasions:
            calendar = replace(self.site.calendar, moves_ends=moves_ends)
            self._occasions[key] = tuple(self._occasions_of(limit, first_on, calendar))
        return self._occasions[key]

    def _occasions_of(
        self, limit: TimeLimit, first_on: date, calendar: WorkCalendar
    ) -> Iterator[Occasion]:
        if limit.every is None:
            if limit.kind in ON_EVENT:
                yield Occasion(WAITING, WAITING_LABEL, None)
            return
        # A period reported long after its end may fall due on or after the first day: look back.
        for period in periods(limit.every, first_on - timedelta(days=400), self.horizon):
            deadline = due_date(
                limit, calendar, period=period, promptly_days=self.site.promptly_days
            )
            if deadline is not None and first_on <= deadline.due_on <= self.horizon:
                yield Occasion(period.key, period.label, deadline)


def succession_occasions(item: DisclosureItem, succession: Succession) -> Iterator[Occasion]:
    """What is owed of an item in place of duties that a change of its cadence ended."""
    for heir in succession.owed(item):
        is_other = not heir.is_regular and heir.earlier != heir.period
        instead_of = heir.earlier.label if is_other else ""
        yield Occasion(heir.period.key, heir.period.label, heir.deadline, instead_of)


def new_duty(
    adoption: Adoption,
    publisher: Publisher,
    item_code: str,
    occasion: Occasion,
    now: datetime,
    **columns: Any,
) -> Duty:
    """A duty that opens; further columns by name."""
    return Duty(**duty_row(adoption, publisher, item_code, occasion, now), **columns)


def duty_row(
    adoption: Adoption, publisher: Publisher, item_code: str, occasion: Occasion, now: datetime
) -> dict[str, Any]:
    """The columns of a duty that opens."""
    deadline = occasion.deadline
    return {
        "township_id": publisher.township_id,
        "village_id": publisher.village_id,
        "publisher_id": publisher.id,
        "adoption_id": adoption.id,
        "item_code": item_code,
        "occasion": occasion.key,
        "label": occasion.label,
        "rule_on": deadline.rule_on if deadline else None,
        "due_on": deadline.due_on if deadline else None,
        "calculation": occasion_calculation(occasion),
        "opened_at": now,
    }


def occasion_calculation(occasion: Occasion) -> dict[str, Any]:
    calculation = calculation_json(occasion.deadline) if occasion.deadline else {}
    return calculation | ({"instead_of": occasion.instead_of} if occasion.instead_of else {})


def calculation_json(deadline: Deadline) -> dict[str, Any]:
    """How a day came about, kept beside it so that it can be explained later."""
    return {
        "counted_from": deadline.counted_from.isoformat() if deadline.counted_from else None,
        "unit": deadline.unit,
        "skipped": [day.isoformat() for day in deadline.days_skipped],
        "provisional": deadline.provisional,
        **_moved_from(deadline),
    }


def _moved_from(deadline: Deadline) -> dict[str, Any]:
    """Where the count ended, and why that was not the last day."""
    if not deadline.day_off:
        return {}
    return {"counted_on": deadline.rule_on.isoformat(), "day_off": deadline.day_off}
