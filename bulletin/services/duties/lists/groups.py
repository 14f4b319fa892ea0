"""How many of some duties stand how: what is untouched by groups, what has a history one by one.

Every standing is the one rule's (`domain.duties.coverage`): the database only says which duties are alike.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from bulletin.domain.duties.coverage import Evidence, Standing, standing_of
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.evidence import EvidenceBook
from bulletin.services.duties.lists.answered import Alike, answered_alike
from bulletin.services.site import Site
from bulletin.store.coverage_queries import duty_facts
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import (
    answered_later,
    excepted,
    excepted_among,
    not_answered_before,
    quiet_groups,
    unsettled,
)
from bulletin.store.notice_queries import chunks


@dataclass(frozen=True, kw_only=True)
class DutyGroup:
    """Duties of one day that stand alike, or one with a history."""

    village_id: int | None = None  # of a single one, or of a group by place
    item_code: str = ""  # the same of its item
    listed_on: date | None  # the due day by which lists are sorted
    due_on: date | None  # the due day as of the day asked for: it may have moved since
    # Of one of them: state and status are those of all, its days, reason and remark its own.
    standing: Standing
    count: int = 1
    single: int | None = None  # the id of one with a history; None: nobody has touched these
    is_early: bool = False  # not due soon, and its period runs on: see `early`


def duty_groups(
    session: Session,
    site: Site,
    which: ColumnElement[bool],
    day: date,
    now: datetime,
    *,
    settled: bool = True,
    by_place: bool = False,
    by_item: bool = False,
) -> Iterator[DutyGroup]:
    """How some duties stand as of a day.

    Args:
        settled: False leaves out most of what is answered, or does not apply, unread.
        by_place: each group is of one village, that which owed it first, before another one took over.
        by_item: and of one item of the catalog.
    """
    others = not_answered_before if settled else answered_later
    singles = set(session.scalars(select(Duty.id).where(which, others(day, now))))
    looked_at = which if settled else and_(which, unsettled(day, now))
    counts, special = quiet_counts(
        session, which, looked_at, day, by_place=by_place, by_item=by_item
    )
    yield from _untouched(counts, site, day, by_item=by_item)
    singles |= special
    if settled:
        alike, apart = answered_alike(
            session, site, which, day, now, without=special, by_item=by_item
        )
        yield from _by_example(site, alike, day)
        singles |= apart
    for some in chunks(sorted(singles)):
        yield from _one_by_one(session, site, some, day, now, by_place=by_place)


def _untouched(
    counts: Mapping[tuple[Any, ...], int], site: Site, day: date, *, by_item: bool
) -> Iterator[DutyGroup]:
    """Duties for which nobody did anything yet: one due day, one standing, however many villages owe it."""
    standings: dict[date | None, Standing] = {}
    for (due_on, *origin), count in counts.items():
        if not count:
            continue
        if due_on not in standings:
            standings[due_on] = standing_of(Evidence(due_on), day, soon_days=site.soon_days)
        yield DutyGroup(
            village_id=origin[0] if origin else None,
            item_code=origin[1] if by_item else "",
            listed_on=due_on,
            due_on=due_on,
            standing=standings[due_on],
            count=count,
        )


def quiet_counts(
    session: Session,
    which: ColumnElement[bool],
    looked_at: ColumnElement[bool],
    day: date,
    *,
    by_place: bool,
    by_item: bool,
) -> tuple[Counter[tuple[Any, ...]], set[int]]:
    """How many untouched duties are alike; and the ids of those with an exception, which are not counted."""
    groups = session.execute(quiet_groups(which, by_place=by_place, by_item=by_item))
    counts = Counter({tuple(group): count for count, *group in groups})
    special: set[int] = set()
    for some in chunks(list(session.scalars(excepted(day)))):
        found = session.execute(excepted_among(looked_at, some, by_place=by_place, by_item=by_item))
        for duty_id, is_quiet, *group in found:
            counts[tuple(group)] -= is_quiet
            special.add(duty_id)
    return counts, special


def _by_example(site: Site, alike: list[Alike], day: date) -> Iterator[DutyGroup]:
    """Groups whose duties stand as one of them does."""
    for group in alike:
        standing = standing_of(group.example.evidence, day, soon_days=site.soon_days)
        for (due_on, village_id, item), count in group.counts.items():
            yield DutyGroup(
                village_id=village_id,
                item_code=item,
                listed_on=due_on,
                due_on=due_on,
                standing=standing,
                count=count,
            )


def _one_by_one(
    session: Session,
    site: Site,
    duty_ids: list[int],
    day: date,
    now: datetime,
    *,
    by_place: bool,
) -> Iterator[DutyGroup]:
    which = Duty.id.in_(duty_ids)
    duties = session.execute(duty_facts(which)).all()
    book = EvidenceBook(session, site, which, day, now)
    catalogs = catalogs_of(session, {duty.adoption_id for duty in duties})
    for duty in duties:
        evidence = book.of(duty, catalogs[duty.adoption_id].find(duty.item_code))
        origin = duty.from_village_id if by_place else None
        yield DutyGroup(
            village_id=origin or duty.village_id,
            item_code=duty.item_code,
            listed_on=duty.due_on,
            due_on=evidence.due_on,
            standing=standing_of(evidence, day, soon_days=site.soon_days),
            single=duty.id,
        )
