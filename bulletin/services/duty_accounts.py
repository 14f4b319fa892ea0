"""The account of one duty: why this day, and on whose desk it lay for how long."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import Actor, Role
from bulletin.domain.wording import ROLE_WORDS
from bulletin.services.duties.explanation import explanations, skipped_days
from bulletin.services.duties.overview import DutyLine, duty_line, period_over
from bulletin.services.edition_progress import Stay, stays
from bulletin.services.site import House
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import notices_by_duty
from bulletin.store.notices import Notice
from bulletin.store.people import Person


@dataclass(frozen=True)
class DutyAccount:
    line: DutyLine
    why: tuple[str, ...]
    days_off: tuple[tuple[date, str], ...]  # that the count left out, with the reason
    stays: tuple[Stay, ...]
    opened_on: date
    event_on: date | None
    said_by: str  # who declared it not applicable; '' for the clock
    mine: bool  # the person may draft it, and take back what was said of it


def duty_account(house: House, actor: Actor, duty_id: int, now: datetime) -> DutyAccount:
    """Everything about one duty.

    Raises:
        NotFoundError: no such duty, or none of this person's.
    """
    with house.sessions.reading() as session:
        line = duty_line(session, house, actor, duty_id, now)
        duty = session.get_one(Duty, duty_id)
        answering = notices_by_duty(session, [duty_id]).get(duty_id, [])
        by = duty.not_applicable_by
        off = ((day, house.calendar.why_off(day)) for day in skipped_days(duty))
        return DutyAccount(
            line=line,
            why=explanations(house, actor, [duty_id]).get(duty_id, ()),
            days_off=tuple(off),
            stays=tuple(_stays(house, duty, answering, village_day(now))),
            opened_on=village_day(duty.opened_at),
            event_on=duty.event_on,
            said_by=session.get_one(Person, by).name if by is not None else "",
            mine=actor.holds(Role.LIAISON, duty.village_id),
        )


def _stays(house: House, duty: Duty, answering: list[Notice], today: date) -> list[Stay]:
    """Before the first line was written, then every desk that the first notice lay on."""
    over = period_over(duty)
    idle_from = max(village_day(duty.opened_at), duty.event_on or date.min, over or date.min)
    first = next((n for n in answering if n.editions[0].state is not State.CANCELLED), None)
    liaison = ROLE_WORDS[Role.LIAISON]
    if first is None:
        waits = duty.due_on is None or duty.not_applicable_reason or today < idle_from
        return [] if waits else [Stay(liaison, "还没有动笔", idle_from, None)]
    begun_on = village_day(first.opened_at)
    found = stays(house, first.editions[0])
    return (
        found
        if begun_on <= idle_from
        else [Stay(liaison, "还没有动笔", idle_from, begun_on), *found]
    )
