"""播音时段: when a loudspeaker airs, by when a notice must have been aired, and what is recorded of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from bulletin.domain.days import ONE_DAY, VILLAGE_ZONE, village_day, village_time
from bulletin.domain.errors import Refusal
from bulletin.domain.labels import Labelled
from bulletin.domain.outlets.rules import due_on

MAX_SLOTS = 6  # of a loudspeaker
MAX_AIRINGS = 6  # of one notice
MAX_TIMES = 9  # that the script is read in one airing
NEAR = timedelta(minutes=60)  # what began so far from a slot was still meant for it
_WEEK = 7  # days


class Weekdays(Labelled):
    """On which days of the week, as figures: 1 is Monday."""

    EVERY_DAY = "1234567", "每天"
    WORKDAYS = "12345", "周一至周五"
    WEEKEND = "67", "周六和周日"
    MONDAY = "1", "每周一"
    TUESDAY = "2", "每周二"
    WEDNESDAY = "3", "每周三"
    THURSDAY = "4", "每周四"
    FRIDAY = "5", "每周五"
    SATURDAY = "6", "每周六"
    SUNDAY = "7", "每周日"

    def has(self, day: date) -> bool:
        return str(day.isoweekday()) in self.value


@dataclass(frozen=True, order=True)
class Slot:
    """A time of day at which a loudspeaker airs, on some days of the week."""

    at: time
    on: Weekdays = Weekdays.EVERY_DAY

    @property
    def name(self) -> str:
        """07:00, as the log has it."""
        return f"{self.at:%H:%M}"

    def moment(self, day: date) -> datetime:
        return datetime.combine(day, self.at, VILLAGE_ZONE)


Slots = tuple[Slot, ...]


@dataclass(frozen=True)
class SlotPlan:
    """From a moment on: at which slots a loudspeaker airs, and how often it airs each notice."""

    since: datetime
    slots: Slots  # none: whenever somebody can, within the outlet's days
    airings: int = 1


def slots_text(slots: Slots) -> str:
    """As they are kept: 07:00/1234567 18:30/12345."""
    return " ".join(f"{slot.name}/{slot.on.value}" for slot in sorted(slots))


def read_slots(text: str) -> Slots:
    """What `slots_text` wrote."""
    parts = (part.split("/") for part in text.split())
    return tuple(Slot(time.fromisoformat(at), Weekdays(on)) for at, on in parts)


def slots_words(slots: Slots) -> str:
    """每天07:00、18:30，周六和周日12:00; '' for none."""
    by_days = {on: [slot.name for slot in sorted(slots) if slot.on is on] for on in Weekdays}
    return "，".join(f"{on.label}{'、'.join(names)}" for on, names in by_days.items() if names)


def plan_refusals(slots: Slots, airings: int) -> tuple[Refusal, ...]:
    """Every reason why a loudspeaker can't air like that."""
    return tuple(_plan_faults(slots, airings))


def _plan_faults(slots: Slots, airings: int) -> Iterator[Refusal]:
    if len(slots) > MAX_SLOTS:
        yield Refusal("too_many_slots", f"最多写{MAX_SLOTS}个时段。")
    taken = [(slot.at, day) for slot in slots for day in slot.on.value]
    if len(taken) > len(set(taken)):
        yield Refusal("slot_twice", "同一天同一个时间写了两次，去掉一个。")
    if not 1 <= airings <= MAX_AIRINGS:
        yield Refusal("airings_out_of_reach", f"每份播几次，从1次到{MAX_AIRINGS}次。")


def next_slots(slots: Slots, since: datetime) -> Iterator[datetime]:
    """The moments at which it airs from a moment on, that moment too, without end; nothing without slots."""
    day = village_day(since)
    while slots:
        moments = sorted(slot.moment(day) for slot in slots if slot.on.has(day))
        yield from (moment for moment in moments if moment >= since)
        day += ONE_DAY


def past_slots(slots: Slots, until: datetime) -> Iterator[datetime]:
    """The moments of the last week at which it aired, the latest first."""
    for back in range(_WEEK + 1):
        day = village_day(until) - back * ONE_DAY
        moments = sorted((slot.moment(day) for slot in slots if slot.on.has(day)), reverse=True)
        yield from (moment for moment in moments if moment <= until)


def slot_at(slots: Slots, moment: datetime) -> str:
    """The name of the slot for which something was aired; '' for one besides them."""
    found = [
        (abs(slot.moment(day) - moment), slot.name)
        for day in _days_near(moment)
        for slot in slots
        if slot.on.has(day) and abs(slot.moment(day) - moment) <= NEAR
    ]
    return min(found)[1] if found else ""


def _days_near(moment: datetime) -> tuple[date, date, date]:
    """On which the slots are that may be meant: what airs at 00:05 can be late for 23:50."""
    day = village_day(moment)
    return day - ONE_DAY, day, day + ONE_DAY


def plan_at(plans: Sequence[SlotPlan], moment: datetime) -> SlotPlan | None:
    """The plan by which a notice is aired that is published at a moment; None before the first.

    Args:
        plans: the oldest first.
    """
    return next((plan for plan in reversed(plans) if plan.since <= moment), None)


def airing_due_on(plans: Sequence[SlotPlan], published_at: datetime, days: int) -> date:
    """The day of the slot by which a notice has been aired as often as it must.

    A plan that came later changes nothing of it: nobody is late by it, and nobody less late.

    Args:
        plans: of the loudspeaker, the oldest first.
        days: after publication, where it airs at no slots.
    """
    plan = plan_at(plans, published_at)
    if plan is None or not plan.slots:
        return due_on(village_day(published_at), days)
    slots = next_slots(plan.slots, published_at)
    return village_day(next(islice(slots, plan.airings - 1, None)))


@dataclass(frozen=True)
class Aired:
    """When a notice was aired, and for which slot ('' for none)."""

    at: datetime
    slot: str

    @property
    def place(self) -> tuple[date, str]:
        """Where it stands in the log: one airing a slot and the slot's day; besides slots one a minute."""
        if not self.slot:
            return village_day(self.at), f"{village_time(self.at):%H:%M}"
        slot = Slot(time.fromisoformat(self.slot))
        return min(_days_near(self.at), key=lambda day: abs(slot.moment(day) - self.at)), self.slot


def airing_refusals(new: Aired, others: Collection[Aired], times: int) -> tuple[Refusal, ...]:
    """Every reason why it can't have been aired like that, besides `sending_refusals`.

    Args:
        others: when else this edition was aired there.
        times: that the script was read.
    """
    return tuple(_airing_faults(new, others, times))


def _airing_faults(new: Aired, others: Collection[Aired], times: int) -> Iterator[Refusal]:
    if new.place in {other.place for other in others}:
        yield Refusal("aired_already", "这个时段已经记过了。")
    if not 1 <= times <= MAX_TIMES:
        yield Refusal("times_out_of_reach", f"念了几遍，从1遍到{MAX_TIMES}遍。")


def slot_just_past(
    slots: Slots, since: datetime, now: datetime, others: Collection[Aired]
) -> datetime | None:
    """The latest slot at which a notice can have been aired and nobody has said so; None: none.

    Args:
        since: both the notice was public and the slots were set.
    """
    taken = {other.place for other in others}
    for moment in past_slots(slots, now):
        if moment < since:
            return None
        if Aired(moment, slot_at(slots, moment)).place not in taken:
            return moment
    return None
