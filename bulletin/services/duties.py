"""Duties open by themselves: one per item, publisher and period or event, never twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.cadence import periods
from bulletin.domain.catalog import DisclosureItem
from bulletin.domain.days import village_day
from bulletin.domain.deadlines import Deadline, reckon
from bulletin.domain.people import CLOCK
from bulletin.services.adopting import catalog_on, owed_kinds
from bulletin.services.house import House
from bulletin.services.recording import record
from bulletin.store import clockwork
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty
from bulletin.store.places import Publisher, Township, publishers_of, villages_on

DUTIES_TICK = "duties"
WAITING = "waiting"  # the occasion of an item whose event has not happened
WAITING_LABEL = "发生时公开"


@dataclass(frozen=True)
class Occasion:
    """One time that an item is owed."""

    key: str
    label: str
    deadline: Deadline | None


def open_duties(house: House, now: datetime) -> int:
    """The sweep: open whatever the catalogs demand up to the horizon.

    However often it runs, a duty opens once: item, publisher and occasion are unique.

    Returns:
        How many duties this sweep opened.
    """
    opened = 0
    with house.sessions.reading() as session:
        townships = list(session.scalars(select(Township.id)))
    for township_id in townships:
        for village_id in _places(house, township_id, village_day(now)):
            with house.sessions.writing() as session:
                opened += _open_for(session, house, township_id, village_id, now)
    with house.sessions.writing() as session:
        clockwork.beat(session, DUTIES_TICK, now, f"{opened}")
    return opened


def _places(house: House, township_id: int, today: date) -> list[int | None]:
    with house.sessions.reading() as session:
        villages = session.scalars(villages_on(township_id, today))
        return [None, *(village.id for village in villages)]


def _open_for(
    session: Session, house: House, township_id: int, village_id: int | None, now: datetime
) -> int:
    today = village_day(now)
    in_force = catalog_on(session, township_id, village_id, today)
    if in_force is None:
        return 0
    adoption, catalog = in_force
    publishers = {p.kind: p for p in session.scalars(publishers_of(township_id, village_id))}
    known = _known_occasions(session, [p.id for p in publishers.values()])
    opened = 0
    for item in catalog.items_for(owed_kinds(village_id)):
        publisher = publishers.get(item.publisher)
        if publisher is None:
            continue
        for occasion in occasions(house, item, adoption.in_force_from, today):
            if (publisher.id, item.code, occasion.key) not in known:
                session.add(new_duty(adoption, publisher, item.code, occasion, now))
                opened += 1
    if opened:
        place = village_id or "township"
        record(session, CLOCK, "open_duties", f"duties {place}", now, opened=opened)
    return opened


def _known_occasions(session: Session, publisher_ids: list[int]) -> set[tuple[int, str, str]]:
    rows = session.execute(
        select(Duty.publisher_id, Duty.item_code, Duty.occasion).where(
            Duty.publisher_id.in_(publisher_ids)
        )
    )
    return {(publisher, item, occasion) for publisher, item, occasion in rows}


def occasions(
    house: House, item: DisclosureItem, in_force_from: date, today: date
) -> Iterator[Occasion]:
    """The occasions of an item that fall due between its adoption and the horizon."""
    limit = item.time_limit
    if limit.every is None:
        if item.waits_for_event:
            yield Occasion(WAITING, WAITING_LABEL, None)
        return
    horizon = today + timedelta(days=house.horizon_days)
    # A period reported long after its end may fall due on or after the adoption day: look back.
    for period in periods(limit.every, in_force_from - timedelta(days=400), horizon):
        deadline = reckon(limit, house.calendar, period=period, promptly_days=house.promptly_days)
        if deadline is not None and in_force_from <= deadline.due_on <= horizon:
            yield Occasion(period.key, period.label, deadline)


def new_duty(
    adoption: Adoption, publisher: Publisher, item_code: str, occasion: Occasion, now: datetime,
    **columns: Any,
) -> Duty:  # fmt: skip
    deadline = occasion.deadline
    return Duty(
        township_id=publisher.township_id,
        village_id=publisher.village_id,
        publisher_id=publisher.id,
        adoption_id=adoption.id,
        item_code=item_code,
        occasion=occasion.key,
        label=occasion.label,
        rule_on=deadline.rule_on if deadline else None,
        due_on=deadline.due_on if deadline else None,
        reckoning=reckoning_json(deadline) if deadline else {},
        opened_at=now,
        **columns,
    )


def reckoning_json(deadline: Deadline) -> dict[str, Any]:
    """How a day came about, kept beside it so that it can be explained later."""
    return {
        "counted_from": deadline.counted_from.isoformat() if deadline.counted_from else None,
        "unit": deadline.unit,
        "skipped": [day.isoformat() for day in deadline.skipped],
        "provisional": deadline.provisional,
    }
