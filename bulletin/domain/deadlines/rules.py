"""From a time limit (公开时限) to the day by which a notice is due.

The fields of a limit are the vocabulary of rules in which deadline wordings are read, so that a
wording, a catalog file and a village's own change all speak of the same thing. A new kind of rule
goes into `KINDS` and `due_date` here, and its words into `text.py`.

Legal counting: the day of the event does not count, the count starts the day after (民法典第二百
零一条). 以内 and 届满 include the number named (民法典第一千二百五十九条). 以前 is read the same way, as
offices do, though the article does not list it: “十五日前” allows the fifteenth itself.

A period counted forward in days that ends on a day off ends on the next work day (第二百零三条). A
named day (每季度首月15日前) is no period, and stays. So does what is counted back from an event: a day
later would take from residents what 选举日的二十日前 gives them. See docs/decisions/0010-days-off.md.
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.labels import Labelled

KINDS = (
    "recur",
    "recur_min",
    "recur_max",
    "recur_cond",
    "recur_choice",
    "event_offset",
    "before_event",
    "event_at",
    "promptly",
    "stage",
    "standing",
    "display",
    "external",
    "unknown",
)
RECURRING = frozenset({"recur", "recur_min", "recur_max", "recur_cond"})
COUNTED = frozenset({"event_offset", "display"})
ON_EVENT = frozenset({"event_offset", "before_event", "event_at", "promptly", "stage"})


@dataclass(frozen=True)
class TimeLimit:
    """One rule. `month` is counted within the period: 1–3 in a quarter, 1–12 in a year.

    A month without a day is due by its last one; before an event without days, by the eve.
    """

    kind: str
    every: Every | None = None
    month: int | None = None
    day: int | None = None
    by: str | None = None  # on | before
    of: str | None = None  # next_period
    days: int | None = None
    unit: str | None = None  # natural | working
    event: str | None = None  # what the days are counted from: 选举日
    from_: str | None = None  # period_end
    condition: str | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for fault in _faults(self):
            raise ValueError(fault)


def _faults(limit: TimeLimit) -> list[str]:
    """Everything impossible in a rule, in English for the command line."""
    faults = []
    if limit.kind not in KINDS:
        return [f"kind {limit.kind!r} is none of {', '.join(KINDS)}"]
    if limit.kind in RECURRING and limit.every is None:
        faults.append(f"kind {limit.kind} needs `every`")
    if limit.kind not in RECURRING and limit.every is not None:
        faults.append(f"kind {limit.kind} takes no `every`")
    if limit.kind in COUNTED and (limit.days is None or limit.unit is None):
        faults.append(f"kind {limit.kind} needs `days` and `unit`")
    if (limit.days is None) != (limit.unit is None) and limit.kind == "before_event":
        faults.append("`days` and `unit` go together")
    if limit.kind in {"event_offset", "before_event", "event_at"} and not limit.event:
        faults.append(f"kind {limit.kind} needs `event`")
    if limit.days is not None and not 1 <= limit.days <= 366:  # noqa: PLR2004 - a year
        faults.append(f"days {limit.days} is not between 1 and 366")
    if limit.unit not in {None, "natural", "working"}:
        faults.append(f"unit {limit.unit!r} is neither natural nor working")
    return faults + _calendar_faults(limit)


def _calendar_faults(limit: TimeLimit) -> list[str]:
    faults = []
    if limit.month is not None:
        most = limit.every.months if limit.every else 12
        if not 1 <= limit.month <= most:
            faults.append(f"month {limit.month} does not lie in a {limit.every or 'year'}")
    if limit.day is not None and not 1 <= limit.day <= 31:  # noqa: PLR2004 - days of a month
        faults.append(f"day {limit.day} lies in no month")
    if limit.by not in {None, "on", "before"}:
        faults.append(f"by {limit.by!r} is neither on nor before")
    if limit.of not in {None, "next_period"}:
        faults.append(f"of {limit.of!r} is not next_period")
    if limit.from_ not in {None, "period_end"}:
        faults.append(f"from {limit.from_!r} is not period_end")
    if limit.from_ is not None and (limit.days is None or limit.unit is None):
        faults.append("`from` needs `days` and `unit`")
    if limit.from_ is not None and limit.day is not None:
        faults.append("`from` with `days` and a fixed `day` exclude each other")
    return faults


class RecountCause(Labelled):
    """Why a day was counted anew."""

    HOLIDAYS = "holidays", "放假安排公布"  # a year's holidays became known
    ADOPTION = "adoption", "新的目录施行"  # another catalog is in force
    EVENT = "event", "登记的日期改了"  # its event was recorded, or the day of it was wrong
    DAYS_OFF = "days_off", "按《民法典》第二百零三条顺延"  # 民法典第二百零三条 began to count


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The day that a rule yields, with all that explains it."""

    rule_on: date  # where the count of the rule ends; never edited
    due_on: date  # the day in force; when a duty opens the same, or the work day after days off
    counted_from: date | None = None  # the day before the first that counts
    days_skipped: tuple[date, ...] = ()  # days off that a count of work days left out
    day_off: str = ""  # 周末, 国庆节: why `rule_on` is not the last day; '' when it is
    provisional: bool = False  # depends on holidays that are not yet announced
    unit: str = "natural"


def due_date(
    limit: TimeLimit,
    calendar: WorkCalendar,
    *,
    period: Period | None = None,
    event_on: date | None = None,
    promptly_days: int = 10,
) -> Deadline | None:
    """The day by which a notice is due.

    Args:
        period: the period reported on, for a rule that recurs.
        event_on: the day of the event, for a rule that follows or precedes one.
        promptly_days: what 随时 and 及时 mean, in natural days.

    Returns:
        None while the event is not known, and for rules that set no day (standing, external …).
    """
    if limit.every is not None:
        if period is None or limit.kind == "recur_cond":
            return None
        return _in_period(limit, calendar, period)
    if event_on is None or limit.kind not in ON_EVENT:
        return None
    match limit.kind:
        case "event_at":
            return _fixed(event_on)
        case "promptly" | "stage":
            days = limit.days or promptly_days
        case "before_event":
            days = -(limit.days or 1)
        case _:
            days = limit.days or 0
    return _counted(calendar, event_on, days, limit.unit or "natural")


def _in_period(limit: TimeLimit, calendar: WorkCalendar, period: Period) -> Deadline:
    if limit.from_ == "period_end":
        return _counted(calendar, period.last, limit.days or 0, limit.unit or "natural")
    within = period.next() if limit.of == "next_period" else period
    if limit.day is None and limit.month is None:
        return _fixed(within.last)
    month = within.first.month + (limit.month or 1) - 1
    # A month that lacks the day ends earlier: the 31st of September is the 30th.
    last = months.monthrange(within.first.year, month)[1]
    return _fixed(date(within.first.year, month, min(limit.day or last, last)))


def _fixed(day: date) -> Deadline:
    return Deadline(rule_on=day, due_on=day)


def _counted(calendar: WorkCalendar, start: date, days: int, unit: str) -> Deadline:
    if unit == "natural":
        counted_on = start + timedelta(days=days)
        forward = days > 0
        due_on = calendar.last_day(counted_on) if forward else counted_on
        return Deadline(
            rule_on=counted_on,
            due_on=due_on,
            counted_from=start,
            day_off=calendar.why_off(counted_on) if due_on != counted_on else "",
            provisional=forward and calendar.may_still_move(counted_on),
        )
    due_on, skipped = calendar.count(start, days)
    return Deadline(
        rule_on=due_on,
        due_on=due_on,
        counted_from=start,
        days_skipped=skipped,
        provisional=not calendar.is_settled(start, due_on),
        unit=unit,
    )
