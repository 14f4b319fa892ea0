"""督查: in how many ways what fell due turned out, and how long nothing was disclosed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bulletin.domain.duties.coverage import LACKING_SOMEWHERE, CoverageState
from bulletin.domain.duties.coverage_shares import OWED, Share
from bulletin.domain.labels import Labelled


class DutyOutcome(Labelled):
    """How something that had fallen due turned out, coarser than its state: together they are all that counts."""

    ON_TIME = "on_time", "按时"
    LATE = "late", "迟了"  # online or on the wall after its day
    LACKING = "lacking", "不齐"  # lacks on the web or on the wall, or hung too short
    OWED = "owed", "逾期"  # nothing came, or what came is there no more

    @property
    def states(self) -> frozenset[CoverageState]:
        """The states of a duty that are this outcome."""
        return frozenset(state for state, outcome in _OUTCOMES.items() if outcome is self)


_OUTCOMES = {
    CoverageState.ON_TIME: DutyOutcome.ON_TIME,
    CoverageState.LATE: DutyOutcome.LATE,
    CoverageState.LATE_ON_WALL: DutyOutcome.LATE,
    **dict.fromkeys(LACKING_SOMEWHERE, DutyOutcome.LACKING),
    **dict.fromkeys(OWED, DutyOutcome.OWED),
}
Outcomes = Counter[DutyOutcome]


def sum_of(every: Iterable[Outcomes]) -> Outcomes:
    """All of some outcomes together."""
    sums: Outcomes = Counter()
    for each in every:
        sums.update(each)
    return sums


def outcome_of(state: CoverageState) -> DutyOutcome | None:
    """The outcome of a state; None for what is not due yet, waits for its event or does not apply."""
    return _OUTCOMES.get(state)


def share_on_time(outcomes: Mapping[DutyOutcome, int]) -> Share:
    """Of what counts, what was public on time everywhere it had to be."""
    return Share(outcomes.get(DutyOutcome.ON_TIME, 0), sum(outcomes.values()))


DARKER = (
    Fraction(1, 10),
    Fraction(1, 4),
    Fraction(1, 2),
)  # where a map of lacks goes a shade darker


def lack_grade(share: Share) -> int:
    """How much of what fell due was not on time: 0 nothing, 1 to 4 ever more."""
    if share.on_time == share.owed:
        return 0
    lack = Fraction(share.owed - share.on_time, share.owed)
    return 1 + sum(lack > limit for limit in DARKER)


@dataclass(frozen=True)
class Interval:
    """From one disclosure to the next, or to the day that is asked for where none came since."""

    from_on: date
    until_on: date
    is_open: bool = False  # nothing came since

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days


def longest_interval(
    disclosed_on: Iterable[date], first_on: date, last_on: date
) -> Interval | None:
    """The longest time without a disclosure that lies, at least in part, within a span of days.

    The last disclosure before the span begins the first interval; where there was none, the first within it does:
    of the time before, nothing is known. The last interval runs to the end of the span.

    Returns:
        The first of the longest; None where nothing was ever disclosed by then.
    """
    days = sorted({day for day in disclosed_on if day <= last_on})
    before = [day for day in days if day < first_on]
    points = [*before[-1:], *(day for day in days if day >= first_on)]
    if not points:
        return None
    until = [*points[1:], last_on]
    longest = max(range(len(points)), key=lambda place: until[place] - points[place])
    is_open = longest == len(points) - 1
    return Interval(points[longest], until[longest], is_open=is_open)
