"""When the cadence of an item changes: no month that an ended duty covered is lost, none is owed twice.

Every period is made of whole months, so months are what is counted.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from bulletin.domain.deadlines.periods import Every, Period, periods
from bulletin.domain.deadlines.rules import Deadline, TimeLimit, due_date
from bulletin.domain.deadlines.workdays import WorkCalendar

LOOK_AROUND = 2  # years before and after a change: the longest period is one


def sets_days(limit: TimeLimit) -> bool:
    """Whether a rule makes something due for every period."""
    return limit.every is not None and limit.kind != "recur_cond"


def months_of(period: Period) -> frozenset[Period]:
    return frozenset(periods(Every.MONTH, period.first, period.last))


def is_covered(period: Period, others: Iterable[Period]) -> bool:
    """Whether other duties cover every month of a period, so that it need not be owed as well."""
    covered = {month for other in others for month in months_of(other)}
    return months_of(period) <= covered


def successors(
    every: Every, ended: Mapping[Period, date], kept: Collection[Period]
) -> dict[Period, Period]:
    """The periods of the new cadence that owe what ended duties covered.

    Args:
        ended: the periods of the duties that the change ended, with the day each was due.
        kept: the periods of the duties that stay: answered, overdue, or decided on by a person.

    Returns:
        Each with the ended one in whose place it is owed: the one that was due first.
    """
    covered = {month for period in kept for month in months_of(period)}
    owed: dict[Period, Period] = {}
    for period in sorted(ended, key=lambda each: (ended[each], each.first)):
        for month in sorted(months_of(period) - covered):
            owed.setdefault(Period.containing(every, month.first), period)
    return owed


def owed_from(limit: TimeLimit, calendar: WorkCalendar, from_on: date) -> dict[Period, Deadline]:
    """The periods around a day that a rule makes due on it or later, in order."""
    if limit.every is None:
        return {}
    first, last = (
        date(from_on.year + years, from_on.month, 1) for years in (-LOOK_AROUND, LOOK_AROUND)
    )
    owed = {}
    for period in periods(limit.every, first, last):
        deadline = due_date(limit, calendar, period=period)
        if deadline is not None and deadline.due_on >= from_on:
            owed[period] = deadline
    return owed


def successor_day(by_rule: Mapping[Period, Deadline], period: Period, was_due_on: date) -> Deadline:
    """The day of a successor: by the new rule where that lies in its time.

    Else together with the first period that the new rule makes due, and never later than the
    ended duty was.

    Args:
        by_rule: what the new rule makes due from the day on which it came into force, in order.
    """
    if period in by_rule:
        return by_rule[period]
    day = min([was_due_on, *(deadline.due_on for deadline in by_rule.values())])
    return Deadline(rule_on=day, due_on=day)
