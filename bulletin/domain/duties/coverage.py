"""Cells of the coverage matrix: how a duty stands, refined by whether wall and web agree."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin.domain.duties.status import DutyStatus, status_of


class Coverage(StrEnum):
    NOT_YET = "not_yet"
    DUE_SOON = "due_soon"
    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    WAITING = "waiting"
    ONLINE_ONLY = "online_only"  # published, and on no board although it belongs there
    PAPER_ONLY = "paper_only"  # hangs on a board, and cannot be read online
    NOT_APPLICABLE = "not_applicable"


COVERAGE_WORDS = {
    Coverage.ON_TIME: "按时公开",
    Coverage.LATE: "迟公开",
    Coverage.OVERDUE: "逾期",
    Coverage.ONLINE_ONLY: "只在网上",
    Coverage.PAPER_ONLY: "只在墙上",
    Coverage.DUE_SOON: "快到期",
    Coverage.NOT_YET: "未到期",
    Coverage.WAITING: "等事情发生",
    Coverage.NOT_APPLICABLE: "不适用",
}
COVERAGE_MARKS = {  # one character, readable without colour
    Coverage.ON_TIME: "✓",
    Coverage.LATE: "迟",
    Coverage.OVERDUE: "逾",
    Coverage.ONLINE_ONLY: "网",
    Coverage.PAPER_ONLY: "墙",
    Coverage.DUE_SOON: "临",
    Coverage.NOT_YET: "未",
    Coverage.WAITING: "等",
    Coverage.NOT_APPLICABLE: "—",
}


@dataclass(frozen=True)
class Evidence:
    """What is known of one duty; every day may lie after the one that is asked for."""

    due_on: date | None
    public: tuple[tuple[date, date | None], ...] = ()  # (published, taken down) of its notices
    hung: tuple[tuple[date, date | None], ...] = ()  # (hung, taken off) of their sheets
    not_applicable_on: date | None = None  # the day on which somebody said so
    needs_board: bool = True


def coverage(known: Evidence, as_of: date, *, soon_days: int = 7) -> tuple[Coverage, DutyStatus]:
    """The cell as of a day, from what was a fact by then; and how punctual it is by itself."""
    published = min((first for first, _ in known.public if first <= as_of), default=None)
    if known.not_applicable_on is not None and known.not_applicable_on <= as_of:
        return Coverage.NOT_APPLICABLE, DutyStatus.NOT_APPLICABLE
    stands = status_of(
        due_on=known.due_on, published_on=published, today=as_of, soon_days=soon_days
    )
    online = any(a <= as_of and (b is None or as_of < b) for a, b in known.public)
    hangs = any(a <= as_of and (b is None or as_of < b) for a, b in known.hung)
    if hangs and not online:
        return Coverage.PAPER_ONLY, stands
    if online and known.needs_board and not any(a <= as_of for a, _ in known.hung):
        return Coverage.ONLINE_ONLY, stands
    return Coverage(stands.value), stands
