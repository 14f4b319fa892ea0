"""The duties of a month: what is owed and due, and of what one is reminded."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import and_

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.workdays import days_between
from bulletin.domain.duties.status import OPEN
from bulletin.domain.people import Role
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.desk.month.work import MonthLine, MonthQuestion, MonthWork, WorkOf
from bulletin.services.duties.lists.groups import duty_groups
from bulletin.store import month_lists
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import duties_at, unsettled


def duties_of(asked: MonthQuestion) -> WorkOf:
    """What is owed and due within the span; of each day the first by name."""
    due, day = WorkOf(MonthWork.DUE), village_day(asked.now)
    first_on, last_on = asked.span
    which = duties_at(asked.actor.township_id, asked.places, first_due=first_on, last_due=last_on)
    settled = []
    for group in duty_groups(asked.session, asked.site, which, day, asked.now, settled=False):
        if group.standing.status in OPEN and group.listed_on is not None:
            due.counts[group.listed_on] += group.count
        elif group.single is not None:
            settled.append(group.single)
    which = and_(which, unsettled(day, asked.now), Duty.id.not_in(settled))
    rows = asked.session.execute(month_lists.duties_on_days(which, asked.shown)).all()
    catalogs = catalogs_of(asked.session, {row.adoption_id for row in rows})
    for row in rows:
        item = catalogs[row.adoption_id].find(row.item_code)
        title = row.matter or (item.title if item else row.item_code)
        line = MonthLine(
            title=f"{title}（{row.label}）", place=asked.village(row), target=str(row.id)
        )
        due.name(row.day, line)
    return due


def _open_on(asked: MonthQuestion) -> Counter[date]:
    """How much that this person is reminded of is due on each day, and open."""
    day, places = village_day(asked.now), asked.actor.places_of(Role.LIAISON)
    furthest = asked.span[1] + timedelta(days=asked.site.reminders.furthest)
    which = duties_at(asked.actor.township_id, asked.places, places, last_due=furthest)
    open_on = Counter[date]()
    for group in duty_groups(asked.session, asked.site, which, day, asked.now, settled=False):
        if group.standing.status in OPEN and group.listed_on is not None:
            open_on[group.listed_on] += group.count
    return open_on


def reminders_of(asked: MonthQuestion) -> WorkOf:
    """Of how many duties this person was reminded, and from today on will be while nothing is done.

    Who oversees is reminded of what others owe: of that only what was sent is told.
    """
    work, today, plan = WorkOf(MonthWork.REMIND), village_day(asked.now), asked.site.reminders
    if asked.actor.id is not None:
        sent = asked.session.execute(month_lists.reminded_on_days(asked.actor.id, asked.span))
        work.counts.update(dict(sent.all()))
    is_told = asked.actor.holds_anywhere(Role.LIAISON) and today <= asked.span[1]
    open_on = _open_on(asked) if is_told else Counter[date]()
    for day in days_between(max(asked.span[0], today), asked.span[1]):
        if not work.counts[day]:  # what was sent today is on record
            work.counts[day] = sum(
                count
                for due_on, count in open_on.items()
                if plan.reminding((due_on - day).days) is not None
            )
    return work
