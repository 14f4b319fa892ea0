"""How many of some duties stand how: what is untouched by groups, what has a history one by one.

Every standing is the one rule's (`domain.duties.coverage`): the database only says which duties are alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from bulletin.domain.duties.coverage import Evidence, Standing, standing_of
from bulletin.services.catalog.in_force import items_by_adoption
from bulletin.services.duties.evidence import EvidenceBook
from bulletin.services.site import Site
from bulletin.store.coverage_queries import duty_facts
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import groups_by_day, unsettled, untouched
from bulletin.store.notice_queries import chunks


@dataclass(frozen=True, kw_only=True)
class DutyGroup:
    """Duties of one place and day that stand alike."""

    village_id: int | None
    listed_on: date | None  # the due day by which lists are sorted
    due_on: date | None  # the due day as of the day asked for: it may have moved since
    standing: Standing
    count: int
    first_id: int
    is_untouched: bool  # else it is one duty with a history


def duty_groups(
    session: Session,
    site: Site,
    which: ColumnElement[bool],
    day: date,
    now: datetime,
    *,
    settled: bool = True,
    by_origin: bool = False,
) -> Iterator[DutyGroup]:
    """How some duties stand as of a day.

    Args:
        by_origin: a group's village is that which owed it first, before another one took over.
        settled: False leaves out most of what is answered, or does not apply, unread.
    """
    which = which if settled else and_(which, unsettled(day, now))
    singles = []
    for row in session.execute(groups_by_day(which, untouched(day), by_origin=by_origin)):
        village_id, due_on, single, count, first_id = row
        if single is not None:
            singles.append(single)
            continue
        yield DutyGroup(
            village_id=village_id,
            listed_on=due_on,
            due_on=due_on,
            standing=standing_of(Evidence(due_on), day, soon_days=site.soon_days),
            count=count,
            first_id=first_id,
            is_untouched=True,
        )
    for some in chunks(singles):
        yield from _one_by_one(session, site, some, day, now, by_origin=by_origin)


def _one_by_one(
    session: Session,
    site: Site,
    duty_ids: list[int],
    day: date,
    now: datetime,
    *,
    by_origin: bool,
) -> Iterator[DutyGroup]:
    which = Duty.id.in_(duty_ids)
    duties = session.execute(duty_facts(which)).all()
    book = EvidenceBook(session, site, which, day, now)
    items = items_by_adoption(session, {duty.adoption_id for duty in duties})
    for duty in duties:
        evidence = book.of(duty, items.get((duty.adoption_id, duty.item_code)))
        origin = duty.from_village_id if by_origin else None
        yield DutyGroup(
            village_id=origin or duty.village_id,
            listed_on=duty.due_on,
            due_on=evidence.due_on,
            standing=standing_of(evidence, day, soon_days=site.soon_days),
            count=1,
            first_id=duty.id,
            is_untouched=False,
        )
