"""What nobody can write yet: it reports on a period that runs on, and is not due soon.

Counted with one question of what is due later, apart from what can be done now.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false
from sqlalchemy.orm import Session

from bulletin.domain.deadlines.periods import periods_not_over
from bulletin.domain.duties.status import DutyStatus
from bulletin.services.duties.lists.groups import DutyGroup
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import count_by_day, due_after, reports_on, sort_columns, untouched
from bulletin.store.notice_queries import chunks


def is_early(site: Site, groups: Sequence[DutyGroup], day: date) -> ColumnElement[bool]:
    """Of the duties of some groups those that are early, as a question to the database."""
    last_on = max((group.listed_on for group in groups if group.listed_on), default=day)
    soon_on = day + timedelta(days=site.soon_days)
    if last_on <= soon_on:
        return false()
    return and_(due_after(soon_on), reports_on(periods_not_over(day, last_on)))


def with_early_apart(
    session: Session,
    site: Site,
    which: ColumnElement[bool],
    groups: Sequence[DutyGroup],
    day: date,
) -> Iterator[DutyGroup]:
    """The groups of some duties again: each is early as a whole, or not at all."""
    early = is_early(site, groups, day)
    alike = count_by_day(and_(which, untouched(day), early))
    counts: Counter[date | None] = Counter(dict(session.execute(alike).all()))
    singles = {
        duty_id
        for some in chunks([group.single for group in groups if group.single is not None])
        for duty_id in session.scalars(sort_columns(and_(Duty.id.in_(some), early)))
    }
    for group in groups:
        if group.standing.status is not DutyStatus.NOT_YET:
            yield group
        elif group.single is not None:
            yield replace(group, is_early=group.single in singles)
        else:
            yield from _parted(group, counts[group.listed_on])


def _parted(group: DutyGroup, early: int) -> Iterator[DutyGroup]:
    if early < group.count:
        yield replace(group, count=group.count - early)
    if early:
        yield replace(group, count=early, is_early=True)
