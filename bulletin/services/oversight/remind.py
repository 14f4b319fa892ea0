"""Reminders: one message a person and day, tried until it arrives."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bulletin.domain.contacts.methods import ContactMethod
from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.duties.reminders import ReminderPlan, Reminding
from bulletin.domain.people import Role, SystemActor
from bulletin.domain.ticks import REMIND_TICK
from bulletin.services.duties.overview import duty_lines
from bulletin.services.one_by_one import Round, one_by_one
from bulletin.services.oversight.open_replies import open_replies
from bulletin.services.oversight.open_tasks import open_tasks
from bulletin.services.oversight.people_to_remind import holders_of, people_to_remind
from bulletin.services.oversight.reminder_text import message_text
from bulletin.services.oversight.task_due import Due, TaskDue
from bulletin.services.site import Site
from bulletin.store import heartbeat
from bulletin.store.people import Person
from bulletin.store.places import Township
from bulletin.store.reminders import (
    Message,
    Reminder,
    claim_message,
    contacts_of,
    to_deliver,
    unreached_since,
)

PLANNED = "reminders planned"  # a heartbeat of its own: once a day
SUBJECT = "村务公开：今天要办的"
_ORDER = {Reminding.LATE: 0, Reminding.TODAY: 1, Reminding.BEFORE: 2, Reminding.OVERSEE: 3}


@dataclass(frozen=True)
class Sent:
    planned: int  # messages written today by this sweep
    delivered: int
    failed: int


def remind(site: Site, now: datetime) -> Sent:
    """Write today's messages once, and try to deliver what has not arrived.

    Raises:
        SomeFailed: of some townships, people or messages, once all had their turn.
    """
    if not site.reminders.may_send(now):
        return Sent(0, 0, 0)
    results: list[bool | None] = []
    with one_by_one() as those:
        planned = _plan(site, those, now)
        for message_id, tries in _waiting(site, now):
            with those.turn_of(f"message {message_id}"):
                results.append(_deliver(site, message_id, tries, now))
    with site.sessions.writing() as session:
        heartbeat.beat(session, REMIND_TICK, now, f"{len(results)}")
    arrived = [result for result in results if result is not None]
    return Sent(planned, sum(arrived), len(arrived) - sum(arrived))


def _plan(site: Site, those: Round, now: datetime) -> int:
    today = village_day(now)
    with site.sessions.reading() as session:
        last = heartbeat.last_beat(session, PLANNED, now)
        townships = list(session.scalars(select(Township.id)))
        last_on = today - ONE_DAY if last is None else village_day(last)
        reached = _Reached(last_on, dict(session.execute(unreached_since()).all()))
    if last_on >= today:
        return 0
    reminders = {}
    for township in townships:
        with those.turn_of(f"township {township}"):
            reminders[township] = _reminders(site, township, reached, now)
    with site.sessions.writing() as session:
        if not _first_today(session, now):
            return 0
        told = set(session.scalars(select(Message.person_id).where(Message.day_on == today)))
        planned = [
            (township, person_id, dues)
            for township, people in reminders.items()
            for person_id, dues in people.items()
            if person_id not in told  # by the house in which the township lived this morning
        ]
        for township, person_id, dues in planned:
            with those.turn_of(f"person {person_id}"), session.begin_nested():
                _write(session, site, township, person_id, dues, today)
        return len(planned)


def _first_today(session: Session, now: datetime) -> bool:
    """Whether nobody planned today yet; of several clocks one is the first."""
    if heartbeat.last_beat(session, PLANNED, now) is None:  # never, or by a clock that was ahead
        heartbeat.beat(session, PLANNED, start_of(village_day(now)) - timedelta(days=1))
        session.flush()
    moved = session.connection().execute(
        update(heartbeat.Heartbeat)
        .where(
            heartbeat.Heartbeat.tick == PLANNED,
            heartbeat.Heartbeat.at < start_of(village_day(now)),
        )
        .values(at=now)
    )
    return moved.rowcount == 1


@dataclass(frozen=True)
class _Reached:
    """Until when people were reached: reminders of days that the machine was off are caught up with."""

    last_on: date  # the last day that was planned
    unreached: dict[int, date]  # since which day nothing reached a person, by person id

    def days_since(self, person_id: int, today: date) -> int:
        """How many days ago a person was last reached, at least 1."""
        last_on = self.last_on
        if person_id in self.unreached:
            last_on = min(last_on, self.unreached[person_id] - ONE_DAY)
        return max((today - last_on).days, 1)

    def longest(self, today: date) -> int:
        """The most days ago that anybody was last reached."""
        first_on = min([self.last_on + ONE_DAY, *self.unreached.values()])
        return max((today - first_on).days + 1, 1)


@dataclass(frozen=True)
class _Planned:
    """What each person is reminded of today, by person id."""

    plan: ReminderPlan
    reached: _Reached
    today: date
    by_person: dict[int, list[Due | TaskDue]] = field(default_factory=lambda: defaultdict(list))

    def add(self, due: Due | TaskDue, people: Iterable[int], overseers: Iterable[int]) -> None:
        for person_id in people:
            since = self.reached.days_since(person_id, self.today)
            if why := self.plan.reminding(due.days_left, since):
                self.by_person[person_id].append(replace(due, why=why))
        for person_id in overseers:
            since = self.reached.days_since(person_id, self.today)
            if self.plan.reminds_overseer(due.days_left, since):
                self.by_person[person_id].append(replace(due, why=Reminding.OVERSEE))


def _reminders(
    site: Site, township_id: int, reached: _Reached, now: datetime
) -> dict[int, list[Due | TaskDue]]:
    """What each person is reminded of today, by person id, the most urgent first."""
    plan, today = site.reminders, village_day(now)
    planned = _Planned(plan, reached, today)
    last = today + timedelta(days=plan.furthest)
    lines = duty_lines(site, SystemActor("", township_id), now, last_due=last, settled=False)
    with site.sessions.reading() as session:
        by_grant, longest = holders_of(session, township_id, today), reached.longest(today)
        overseers = by_grant.get((Role.OVERSEER, None), ())
        for line in lines:
            if line.due_on is None or not line.is_open:
                continue
            left = (line.due_on - today).days
            if plan.reminds_anybody(left, longest):
                due = Due(line, Reminding.TODAY, left, line.late_words)
                planned.add(due, people_to_remind(session, site, line, by_grant, now), overseers)
        for reply in open_replies(session, site, township_id, by_grant, now):
            planned.add(reply, reply.people, overseers)
    for task in open_tasks(site, township_id, by_grant, lines, now):
        planned.add(task, task.people, overseers)
    for dues in planned.by_person.values():
        dues.sort(key=lambda due: (_ORDER[due.why], due.days_left))
    return planned.by_person


def _write(
    session: Session,
    site: Site,
    township_id: int,
    person_id: int,
    dues: list[Due | TaskDue],
    today: date,
) -> None:
    """The reminders of one person's day, and the one message that holds them all."""
    of_duties = [due for due in dues if isinstance(due, Due)]
    rows = {due.line.id: due for due in reversed(of_duties)}  # who acts and oversees gets one
    session.add_all(
        Reminder(
            township_id=township_id,
            duty_id=duty_id,
            person_id=person_id,
            day_on=today,
            why=due.why,
            days_left=due.days_left,
        )
        for duty_id, due in rows.items()
    )
    text = message_text(session.get_one(Person, person_id).name, dues, site.public_url)
    session.add(Message(township_id=township_id, person_id=person_id, day_on=today, text=text))


def _waiting(site: Site, now: datetime) -> list[tuple[int, int]]:
    plan = site.reminders
    with site.sessions.reading() as session:
        rows = session.execute(to_deliver(village_day(now), plan.tries, now - plan.try_again_after))
        return [(message_id, tries) for message_id, tries in rows]


def _deliver(site: Site, message_id: int, tries: int, now: datetime) -> bool | None:
    """Whether a message arrived; None when another clock took it.

    It is claimed before it is sent: after a crash it is tried again, never forgotten.
    """
    with site.sessions.writing() as session:
        if not claim_message(session, message_id, tries, now):
            return None
        message = session.get_one(Message, message_id)
        text = message.text
        ways = [(way.way, way.address) for way in session.scalars(contacts_of(message.person_id))]
    arrived = [way for way, address in ways if site.notifier.send(way, address, SUBJECT, text)]
    with site.sessions.writing() as session:
        message = session.get_one(Message, message_id)
        message.delivered_at = now if arrived else None
        message.fault = _fault([way for way, _ in ways], arrived)
    return bool(arrived)


def _fault(ways: list[ContactMethod], arrived: list[ContactMethod]) -> str:
    if not ways:
        return "没有填提醒方式"
    lost = [way.label for way in ways if way not in arrived]
    return f"{'、'.join(lost)}没有收下" if lost else ""
