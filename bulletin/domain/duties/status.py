"""How a duty stands on a day: computed, never stored, so that any day can be asked for."""

from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    WAITING = "waiting"  # for its event
    NOT_YET = "not_yet"
    DUE_SOON = "due_soon"  # 临期
    ON_TIME = "on_time"
    LATE = "late"  # published after its day
    OVERDUE = "overdue"  # 逾期
    NOT_APPLICABLE = "not_applicable"


def standing(
    *, due_on: date | None, published_on: date | None, today: date, soon_days: int = 7
) -> Standing:
    """The standing of a duty as of `today`; what was published later does not count yet."""
    if published_on is not None and published_on <= today:
        return Standing.ON_TIME if due_on is None or published_on <= due_on else Standing.LATE
    if due_on is None:
        return Standing.WAITING
    if today > due_on:
        return Standing.OVERDUE
    return Standing.DUE_SOON if (due_on - today).days <= soon_days else Standing.NOT_YET
