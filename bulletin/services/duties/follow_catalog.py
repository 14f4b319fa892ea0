"""Open duties follow the catalog that comes into force; what was due before it stays as it was."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog, DisclosureItem
from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.deadlines.rules import RecountCause
from bulletin.domain.people import CLOCK
from bulletin.services.catalog.in_force import InForce, catalogs_on, owed_kinds
from bulletin.services.duties.due_date import deadline_of
from bulletin.services.duties.open import WAITING
from bulletin.services.duties.recalculate import move
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import notices_by_duty


def follow_adoptions(site: Site, now: datetime) -> int:
    """Bring what is not yet due under the catalog in force.

    A duty that someone is answering, one due before the catalog came into force, and one whose
    new day would lie before it, keep their day. Returns how many duties follow another catalog.
    """
    with site.sessions.reading() as session:
        places = catalogs_on(session, village_day(now))
    followed = 0
    for place in places:
        with site.sessions.writing() as session:
            followed += _follow(session, site, place, now)
    return followed


def _follow(session: Session, site: Site, place: InForce, now: datetime) -> int:
    adoption, village_id = place.adoption, place.village_id
    catalog = place.catalog.only(owed_kinds(village_id))
    behind = session.scalars(_behind(adoption)).all()
    answered = notices_by_duty(session, [duty.id for duty in behind]) if behind else {}
    open_duties = [duty for duty in behind if duty.id not in answered]
    followed = sum(_bring(session, site, duty, adoption, catalog, now) for duty in open_duties)
    if followed:
        where = f"duties {village_id or 'township'}"
        record(session, CLOCK, "follow_adoption", where, now, followed=followed)
    return followed


def _behind(adoption: Adoption) -> Select[Duty]:
    """What is open under an earlier catalog; locked, so that two clocks take it once."""
    return (
        select(Duty)
        .where(
            Duty.township_id == adoption.township_id,
            Duty.village_id.is_not_distinct_from(adoption.village_id),
            Duty.adoption_id != adoption.id,
            or_(Duty.not_applicable_reason == "", _ended_by_a_catalog()),
            or_(Duty.due_on.is_(None), Duty.due_on >= adoption.in_force_from),
        )
        .order_by(Duty.id)
        .with_for_update()
    )


def _ended_by_a_catalog() -> ColumnElement[bool]:
    """No person declared it not applicable, nor did its matter go past it."""
    return and_(Duty.not_applicable_by.is_(None), Duty.matter_id.is_(None))


def _bring(
    session: Session, site: Site, duty: Duty, adoption: Adoption, catalog: Catalog, now: datetime
) -> bool:
    item = catalog.find(duty.item_code)
    if end := _end(duty, item, adoption.in_force_from):
        if duty.not_applicable_reason:
            return False  # ended before
        duty.declare_not_applicable(end, None, now)
        return True  # it stays under the catalog that knows its name
    duty.declare_applicable(session, now)  # the item is back
    if item is None:
        return False  # a matter that has begun is finished under the catalog that it began with
    if duty.due_on is not None:
        deadline = deadline_of(site, duty, item)
        if deadline is None or deadline.due_on < adoption.in_force_from:
            return False
        move(session, duty, deadline, RecountCause.ADOPTION, now)
    duty.adoption_id = adoption.id
    return True


def _end(duty: Duty, item: DisclosureItem | None, from_on: date) -> str:
    """Why the new catalog no longer asks for a duty, in Chinese; '' while it does."""
    if duty.matter_id is not None:
        return ""
    start = f"{day_words(from_on)}起施行的目录"
    if item is None:
        return f"{start}里不再有这一项。"
    every = item.time_limit.every
    if duty.occasion == WAITING:
        return "" if item.waits_for_event else f"{start}里这一项不再等事情发生。"
    if every is None:
        return f"{start}里这一项不再按期公开。"
    if Period.parse(duty.occasion).every is not every:
        return f"{start}里这一项改为{every.label}公开。"
    return ""
