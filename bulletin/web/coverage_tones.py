"""How good it is, in colours of the pages, how a duty stands."""

from bulletin.domain.duties.coverage import CoverageState

TONES = {
    CoverageState.ON_TIME: "good",
    CoverageState.LATE: "warn",
    CoverageState.LATE_ON_WALL: "warn",
    CoverageState.OVERDUE: "stop",
    CoverageState.TAKEN_DOWN: "stop",
    CoverageState.ONLINE_ONLY: "warn",
    CoverageState.HUNG_TOO_SHORT: "warn",
    CoverageState.PAPER_ONLY: "warn",
    CoverageState.DUE_SOON: "wait",
    CoverageState.NOT_YET: "past",
    CoverageState.WAITING: "past",
    CoverageState.NOT_APPLICABLE: "past",
}
