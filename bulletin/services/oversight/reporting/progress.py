"""Who reported what when, what is missing, and with which words to remind."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.errors import NotFoundError
from bulletin.domain.oversight.reporting import (
    ReminderFacts,
    ReminderWay,
    ReportState,
    reminder_text,
    report_by,
    report_state,
)
from bulletin.domain.people import Actor
from bulletin.services.catalog.in_force import township_catalog
from bulletin.services.site import Site
from bulletin.store.places import Township
from bulletin.store.reporting import (
    Department,
    ReportedMaterial,
    ReportingReminder,
    ReportingTask,
    materials_of,
    occasions_due,
    reminders_of,
    tasks_of,
)

FAR = timedelta(days=3660)


@dataclass(frozen=True)
class SentReminder:
    on: date
    way: ReminderWay


@dataclass(frozen=True, kw_only=True)
class ReportingLine:
    """One occasion of an item for which a department reports."""

    item_code: str
    occasion: str
    title: str
    label: str  # 2026年第三季度; the matter with its phase
    owed_by: int  # how many places have to disclose it
    department_id: int
    department: str
    contact: str
    phone: str
    by: date  # the last day for the material
    due_on: date  # on which it has to be public
    state: ReportState
    reported_on: date | None
    material_id: int | None  # of the record that it came in
    reminders: tuple[SentReminder, ...]
    reminder: str  # the words that stand ready


@dataclass(frozen=True)
class ReportingProgress:
    lines: tuple[ReportingLine, ...]  # by the day for the material
    by_department: dict[str, Counter[ReportState]]


def reporting_progress(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    period: Period,
    department_id: int | None = None,
) -> ReportingProgress:
    """What departments report for what has to be public within a period."""
    with site.sessions.reading() as session:
        lines = reporting_lines(session, site, actor, (period.first, period.last), now)
    mine = [each for each in lines if department_id in {None, each.department_id}]
    by_department: dict[str, Counter[ReportState]] = defaultdict(Counter)
    for line in mine:
        by_department[line.department][line.state] += 1
    return ReportingProgress(tuple(mine), dict(by_department))


def reporting_line(
    session: Session, site: Site, actor: Actor, item_code: str, occasion: str, now: datetime
) -> ReportingLine:
    """One occasion.

    Raises:
        NotFoundError: no department reports for it.
    """
    today = village_day(now)
    for line in reporting_lines(session, site, actor, (today - FAR, today + FAR), now, item_code):
        if line.occasion == occasion:
            return line
    raise NotFoundError("没有这一项报送任务。")


def reporting_lines(
    session: Session,
    site: Site,
    actor: Actor,
    span: tuple[date, date],
    now: datetime,
    item_code: str = "",
) -> list[ReportingLine]:
    township_id = actor.township_id
    tasks: dict[str, list[ReportingTask]] = defaultdict(list)
    for task in session.scalars(tasks_of(township_id)):
        if item_code in {"", task.item_code}:
            tasks[task.item_code].append(task)
    known = _Known(
        township=session.get(Township, township_id),
        catalog=township_catalog(session, site, township_id),
        materials=_by_occasion(session.scalars(materials_of(township_id, list(tasks)))),
        reminders=_by_occasion(session.scalars(reminders_of(township_id, list(tasks)))),
        today=village_day(now),
    )
    rows = session.execute(occasions_due(township_id, list(tasks), *span))
    found = (_line(row, tasks[row[0]], known) for row in rows)
    return sorted((each for each in found if each), key=lambda each: (each.by, each.title))


@dataclass(frozen=True)
class _Known:
    township: Township | None
    catalog: Catalog
    materials: dict[tuple[str, str], list[ReportedMaterial]]
    reminders: dict[tuple[str, str], list[ReportingReminder]]
    today: date


def _by_occasion(rows: Iterable[Any]) -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        found[row.item_code, row.occasion].append(row)
    return found


def _line(row: Any, tasks: list[ReportingTask], known: _Known) -> ReportingLine | None:
    item_code, occasion, label, matter, due_on, owed_by = row
    task = _task_for(tasks, due_on, known.today)
    if task is None:
        return None
    item, by = known.catalog.find(item_code), report_by(due_on, task.days_before)
    by = min(max(by, task.from_on), due_on)  # nobody is late with what was not theirs yet
    title = item.title if item else item_code
    label = f"{matter}：{label}" if matter else label
    came = next(iter(known.materials.get((item_code, occasion), ())), None)
    reported_on = came.reported_on if came else None
    return ReportingLine(
        item_code=item_code,
        occasion=occasion,
        title=title,
        label=label,
        owed_by=owed_by,
        department_id=task.department_id,
        department=task.department.name,
        contact=task.department.contact,
        phone=task.department.phone,
        by=by,
        due_on=due_on,
        state=report_state(by, reported_on, known.today),
        reported_on=reported_on,
        material_id=came.id if came else None,
        reminders=tuple(
            SentReminder(village_day(each.sent_at), each.way)
            for each in known.reminders.get((item_code, occasion), ())
        ),
        reminder=_reminder(task.department, f"{title}（{label}）", by, due_on, known),
    )


def _task_for(tasks: list[ReportingTask], due_on: date, today: date) -> ReportingTask | None:
    """Whose it is: who reports on the day itself, or today for what is to come.

    What was due before anybody was assigned, nobody owes.
    """
    day = min(due_on, today)
    held = (t for t in tasks if t.from_on <= day and (t.until_on is None or day <= t.until_on))
    return next(held, None)


def _reminder(department: Department, what: str, by: date, public_by: date, known: _Known) -> str:
    facts = ReminderFacts(
        department=department.name,
        contact=department.contact,
        what=what,
        by=by,
        public_by=public_by,
        office=f"{known.township.name if known.township else ''}政务公开办公室",
        phone=known.township.phone if known.township else "",
    )
    return reminder_text(facts, known.today)
