"""When the holidays of a year become known, days that were counted on a guess are counted anew."""

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bulletin.domain.catalog import DisclosureItem
from bulletin.domain.days import village_day
from bulletin.domain.deadlines import Deadline, reckon
from bulletin.domain.people import CLOCK
from bulletin.services.adopting import adopted
from bulletin.services.duties import occasions, reckoning_json
from bulletin.services.house import House
from bulletin.services.recording import record
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty


def reckon_anew(house: House, now: datetime) -> int:
    """Count provisional days again; what is over stays as it was judged.

    `rule_on` keeps what was first said, `due_on` is the day in force. Returns how many days moved.
    """
    today = village_day(now)
    moved = 0
    with house.sessions.reading() as session:
        waiting = [d.id for d in session.scalars(_ahead(today)) if d.reckoning.get("provisional")]
    for duty_id in waiting:
        with house.sessions.writing() as session:
            moved += _count_again(session, house, session.get_one(Duty, duty_id), now)
    return moved


def _ahead(today: date) -> Select[Duty]:
    return select(Duty).where(Duty.due_on >= today).order_by(Duty.id)


def _count_again(session: Session, house: House, duty: Duty, now: datetime) -> bool:
    catalog = adopted(session.get_one(Adoption, duty.adoption_id))
    item = catalog.find(duty.item_code)
    deadline = _deadline(session, house, duty, item, now) if item else None
    if deadline is None or deadline.provisional:
        return False
    before, duty.due_on = duty.due_on, deadline.due_on
    duty.reckoning = reckoning_json(deadline)
    if before == deadline.due_on:
        return False
    record(
        session, CLOCK, "reckon_anew", f"duty {duty.id}", now,
        before=before.isoformat() if before else "", due_on=deadline.due_on.isoformat(),
    )  # fmt: skip
    return True


def _deadline(
    session: Session, house: House, duty: Duty, item: DisclosureItem, now: datetime
) -> Deadline | None:
    if duty.event_on is not None:
        return reckon(
            item.limit_of(duty.phase), house.calendar, event_on=duty.event_on,
            promptly_days=house.promptly_days,
        )  # fmt: skip
    from_on = session.get_one(Adoption, duty.adoption_id).in_force_from
    found = occasions(house, item, from_on, village_day(now))
    return next((each.deadline for each in found if each.key == duty.occasion), None)
