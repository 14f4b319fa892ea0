"""How a duty stands on a day: computed, never stored, so that any day can be asked for."""

from datetime import date
from enum import StrEnum


class DutyStatus(StrEnum):
    WAITING = "waiting"  # for its event
    NOT_YET = "not_yet"
    DUE_SOON = "due_soon"  # 临期
    ON_TIME = "on_time"
    LATE = "late"  # published after its day
    OVERDUE = "overdue"  # 逾期
    NOT_APPLICABLE = "not_applicable"


def status_of(
    *, due_on: date | None, published_on: date | None, today: date, soon_days: int = 7
) -> DutyStatus:
    """The status of a duty as of `today`; what was published later does not count yet."""
    if published_on is not None and published_on <= today:
        return DutyStatus.ON_TIME if due_on is None or published_on <= due_on else DutyStatus.LATE
    if due_on is None:
        return DutyStatus.WAITING
    if today > due_on:
        return DutyStatus.OVERDUE
    return DutyStatus.DUE_SOON if (due_on - today).days <= soon_days else DutyStatus.NOT_YET
