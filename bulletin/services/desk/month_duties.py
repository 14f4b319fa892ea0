"""The duties of a month: what is owed and due, and of what one is reminded."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.workdays import days_between
from bulletin.domain.duties.status import OPEN
from bulletin.domain.people import Role
from bulletin.services.catalog.in_force import items_by_adoption
from bulletin.services.desk.month_work import MonthLine, MonthQuestion, MonthWork, WorkOf
from bulletin.services.duties.lists.groups import duty_groups
from bulletin.store import month_lists
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import duties_at, unsettled
from bulletin.store.places import in_places


def duties_of(asked: MonthQuestion) -> tuple[WorkOf, Counter[date]]:
    """What is owed and due within the span; and of all that may be reminded of, how much is due when."""
    day, last_on = village_day(asked.now), asked.span[1]
    furthest = last_on + timedelta(days=asked.site.reminders.furthest)
    which = duties_at(asked.actor.township_id, asked.places, last_due=furthest)
    which = and_(which, Duty.due_on.is_not(None))
    if not asked.actor.holds_anywhere(Role.LIAISON) or last_on < day:
        which = and_(which, Duty.due_on >= asked.span[0])
    due, settled = WorkOf(MonthWork.DUE), set()
    for group in duty_groups(asked.session, asked.site, which, day, asked.now, settled=False):
        if group.standing.status not in OPEN:
            settled.add(group.single)
        elif group.listed_on is not None and asked.holds(group.listed_on):
            due.counts[group.listed_on] += group.count
    in_span = and_(which, Duty.due_on.between(*asked.span), unsettled(day, asked.now))
    rows = asked.session.execute(
        month_lists.duties_on_days(and_(in_span, Duty.id.not_in(settled - {None})), asked.shown)
    ).all()
    items = items_by_adoption(asked.session, {row.adoption_id for row in rows})
    for row in rows:
        item = items.get((row.adoption_id, row.item_code))
        title = row.matter or (item.title if item else row.item_code)
        line = MonthLine(
            title=f"{title}（{row.label}）", place=asked.village(row), target=str(row.id)
        )
        due.name(row.day, line)
    return due, _open_on(asked, which)


def _open_on(asked: MonthQuestion, which: ColumnElement[bool]) -> Counter[date]:
    """Of the duties that this person has to write for, how many are open and due on each day."""
    mine = and_(which, in_places(Duty.village_id, asked.actor.places_of(Role.LIAISON)))
    open_on = Counter[date]()
    day = village_day(asked.now)
    for group in duty_groups(asked.session, asked.site, mine, day, asked.now, settled=False):
        if group.listed_on is not None and group.standing.status in OPEN:
            open_on[group.listed_on] += group.count
    return open_on


def reminders_of(asked: MonthQuestion, open_on: Counter[date]) -> WorkOf:
    """Of how many duties this person was reminded, and from today on will be while nothing is done.

    Who oversees is reminded of what others owe: of that only what was sent is told.
    """
    work, today, plan = WorkOf(MonthWork.REMIND), village_day(asked.now), asked.site.reminders
    if asked.actor.id is not None:
        sent = asked.session.execute(month_lists.reminded_on_days(asked.actor.id, asked.span))
        work.counts.update(dict(sent.all()))
    for day in days_between(max(asked.span[0], today), asked.span[1]):
        if not work.counts[day]:  # what was sent today is on record
            work.counts[day] = sum(
                count
                for due_on, count in open_on.items()
                if plan.reminding((due_on - day).days) is not None
            )
    return work
