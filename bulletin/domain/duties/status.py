"""The status of a duty on a day: computed, never stored, so that any day can be asked for."""

from datetime import date

from bulletin.domain.labels import Labelled


class DutyStatus(Labelled):
    WAITING = "waiting", "等事情发生"  # for its event
    NOT_YET = "not_yet", "未到期"
    DUE_SOON = "due_soon", "快到期"  # 临期
    ON_TIME = "on_time", "按时公开"
    LATE = "late", "迟公开"  # after its day on some channel that its item asks for
    OVERDUE = "overdue", "逾期"
    NOT_APPLICABLE = "not_applicable", "不适用"


OPEN = frozenset({DutyStatus.NOT_YET, DutyStatus.DUE_SOON, DutyStatus.OVERDUE})


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
