"""Cells of the coverage matrix: the status of a duty, and whether board and web agree."""

from dataclasses import dataclass
from datetime import date

from bulletin.domain.duties.status import DutyStatus, status_of
from bulletin.domain.labels import Labelled


class CoverageState(Labelled):
    """The status of a duty on the web and on the board, in the order of the sums."""

    ON_TIME = "on_time", "按时公开"
    LATE = "late", "迟公开"
    OVERDUE = "overdue", "逾期"
    ONLINE_ONLY = "online_only", "只在网上"  # published, and on no board although it belongs there
    PAPER_ONLY = "paper_only", "只在墙上"  # hangs on a board, and cannot be read online
    DUE_SOON = "due_soon", "快到期"
    NOT_YET = "not_yet", "未到期"
    WAITING = "waiting", "等事情发生"
    NOT_APPLICABLE = "not_applicable", "不适用"


COVERAGE_MARKS = {  # one character, readable without colour
    CoverageState.ON_TIME: "✓",
    CoverageState.LATE: "迟",
    CoverageState.OVERDUE: "逾",
    CoverageState.ONLINE_ONLY: "网",
    CoverageState.PAPER_ONLY: "墙",
    CoverageState.DUE_SOON: "临",
    CoverageState.NOT_YET: "未",
    CoverageState.WAITING: "等",
    CoverageState.NOT_APPLICABLE: "—",
}


@dataclass(frozen=True)
class Evidence:
    """What is known of one duty; every day may lie after the one that is asked for."""

    due_on: date | None
    public: tuple[tuple[date, date | None], ...] = ()  # (published, taken down) of its notices
    hung: tuple[tuple[date, date | None], ...] = ()  # (hung, taken off) of their sheets
    not_applicable_on: date | None = None  # the day on which somebody declared it
    needs_board: bool = True


def coverage_state(
    evidence: Evidence, as_of: date, *, soon_days: int = 7
) -> tuple[CoverageState, DutyStatus]:
    """The cell as of a day, from what was a fact by then; and how punctual it is by itself."""
    published = min((first for first, _ in evidence.public if first <= as_of), default=None)
    if evidence.not_applicable_on is not None and evidence.not_applicable_on <= as_of:
        return CoverageState.NOT_APPLICABLE, DutyStatus.NOT_APPLICABLE
    status = status_of(
        due_on=evidence.due_on, published_on=published, today=as_of, soon_days=soon_days
    )
    online = any(a <= as_of and (b is None or as_of < b) for a, b in evidence.public)
    hangs = any(a <= as_of and (b is None or as_of < b) for a, b in evidence.hung)
    if hangs and not online:
        return CoverageState.PAPER_ONLY, status
    if online and evidence.needs_board and not any(a <= as_of for a, _ in evidence.hung):
        return CoverageState.ONLINE_ONLY, status
    return CoverageState(status.value), status
