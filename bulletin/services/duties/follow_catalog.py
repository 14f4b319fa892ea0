"""Open duties follow the catalog that comes into force; what was due before it stays as it was."""

from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog, DisclosureItem
from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.deadlines.rules import RecountCause
from bulletin.domain.duties.succession import sets_days
from bulletin.domain.people import clock_for
from bulletin.services.catalog.in_force import InForce, catalogs_on, owed_kinds
from bulletin.services.duties.due_date import deadline_of
from bulletin.services.duties.open import WAITING, occasion_calculation, succession_occasions
from bulletin.services.duties.recalculate import move
from bulletin.services.duties.succession import RuleDays, Succession
from bulletin.services.history import record
from bulletin.services.one_by_one import one_by_one
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty
from bulletin.store.duties_by_catalog import ended_by_catalog, ended_duty, of_own_publisher
from bulletin.store.notice_queries import notices_by_duty


def follow_adoptions(site: Site, now: datetime) -> int:
    """Bring what is not yet due under the catalog in force.

    A duty that someone is answering, one due before the catalog came into force, and one whose
    new day would lie before it, keep their day. Returns how many duties follow another catalog, or
    are owed again or no longer by it.

    Raises:
        SomeFailed: of some places, once all had their turn.
    """
    with site.sessions.reading() as session:
        places = catalogs_on(session, village_day(now))
    followed, days = 0, RuleDays(site.calendar)
    with one_by_one() as those:
        for place in places:
            with those.turn_of(place.subject), site.sessions.writing() as session:
                followed += _follow(session, site, place, days, now)
    return followed


def _follow(session: Session, site: Site, place: InForce, days: RuleDays, now: datetime) -> int:
    adoption, village_id = place.adoption, place.village_id
    catalog = place.catalog.only(owed_kinds(village_id))
    behind = session.scalars(_behind(adoption)).all()
    answered = notices_by_duty(session, [duty.id for duty in behind]) if behind else {}
    open_duties = [duty for duty in behind if duty.id not in answered]
    followed = sum(_bring(session, site, duty, adoption, catalog, now) for duty in open_duties)
    if behind:
        session.flush()
        followed += _take_up(session, place, catalog, days, now)
    if followed:
        where = f"duties {village_id or 'township'}"
        clock = clock_for(adoption.township_id)
        record(session, clock, "follow_adoption", where, now, followed=followed)
    return followed


def _behind(adoption: Adoption) -> Select[Duty]:
    """What is open under an earlier catalog; locked, so that two clocks take it once."""
    return (
        select(Duty)
        .where(
            Duty.township_id == adoption.township_id,
            Duty.village_id == adoption.village_id,
            Duty.adoption_id != adoption.id,
            of_own_publisher(adoption),
            or_(Duty.not_applicable_reason == "", ended_by_catalog()),
            or_(Duty.due_on.is_(None), Duty.due_on >= adoption.in_force_from),
        )
        .order_by(Duty.id)
        .with_for_update()
    )


def _bring(
    session: Session, site: Site, duty: Duty, adoption: Adoption, catalog: Catalog, now: datetime
) -> bool:
    """Whether a duty changed: its catalog, or whether it is owed."""
    item = catalog.find(duty.item_code)
    if item is not None and item.publisher is not duty.publisher.kind:
        return False  # the new publisher begins with the next period
    if end := _end(duty, item, adoption.in_force_from):
        if duty.not_applicable_reason:
            return False  # ended before
        duty.declare_not_applicable(end, None, now)
        return True  # it stays under the catalog that knows its name
    is_back = duty.not_applicable_reason != ""
    duty.declare_applicable(session, now)
    return _take_over(session, site, duty, adoption, item, now) or is_back


def _take_over(
    session: Session,
    site: Site,
    duty: Duty,
    adoption: Adoption,
    item: DisclosureItem | None,
    now: datetime,
) -> bool:
    """Put an open duty under a catalog; False where it keeps the one that it has, with its day."""
    if item is None:
        return False  # a matter that has begun is finished under the catalog that it began with
    if duty.due_on is not None:
        deadline = deadline_of(site, duty, item)
        if deadline is None or deadline.due_on < adoption.in_force_from:
            return False
        move(session, duty, deadline, RecountCause.ADOPTION, now)
    duty.adoption_id = adoption.id
    return True


def _take_up(
    session: Session, place: InForce, catalog: Catalog, days: RuleDays, now: datetime
) -> int:
    """What an earlier catalog ended is owed again where it takes the place of what this one ended."""
    succession, taken = Succession(session, place, days), 0
    for item in catalog.items:
        for occasion in succession_occasions(item, succession):
            again = ended_duty(place.adoption, item.publisher, item.code, occasion.key)
            duty = session.scalar(again)
            if duty is None or occasion.deadline is None:
                continue
            duty.declare_applicable(session, now)
            move(session, duty, occasion.deadline, RecountCause.ADOPTION, now)
            duty.calculation = occasion_calculation(occasion)
            duty.adoption_id = place.adoption.id
            taken += 1
    return taken


def _end(duty: Duty, item: DisclosureItem | None, from_on: date) -> str:
    """Why the new catalog no longer asks for a duty, in Chinese; '' while it does.

    What an ended duty covered is owed by what follows it, see `succession`. Where nothing follows
    by periods, one that has begun is finished under the catalog that it began with.
    """
    if duty.matter_id is not None:
        return ""
    start = f"{day_words(from_on)}起施行的目录"
    if item is None:
        return f"{start}里不再有这一项。"
    limit = item.time_limit
    if duty.occasion == WAITING:
        return "" if item.waits_for_event else f"{start}里这一项不再等事情发生。"
    period = Period.parse(duty.occasion)
    if limit.every is None or not sets_days(limit):
        has_begun = period.first < from_on and not duty.not_applicable_reason
        return "" if has_begun else f"{start}里这一项不再按期公开。"
    if period.every is not limit.every:
        return f"{start}里这一项改为{limit.every.label}公开。"
    return ""
