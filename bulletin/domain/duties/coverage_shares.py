"""How much of what fell due was public on time, in a share that never rounds a lack away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

from bulletin.domain.duties.coverage import CoverageState

NOT_DUE = frozenset(
    {
        CoverageState.DUE_SOON,
        CoverageState.NOT_YET,
        CoverageState.WAITING,
        CoverageState.NOT_APPLICABLE,
    }
)
# Of what counts: nothing came, or what came is there no more.
OWED = frozenset({CoverageState.OVERDUE, CoverageState.TAKEN_DOWN})


@dataclass(frozen=True)
class Share:
    """Of what was due by a day (`owed`), what was public on time (`on_time`), everywhere it had to be."""

    on_time: int
    owed: int

    @property
    def percent(self) -> int | None:
        """Whole per cent: 100 only when all is on time, 0 only when nothing is; None: nothing was due."""
        if not self.owed:
            return None
        return max(int(self.on_time > 0), self.on_time * 100 // self.owed)


def share_of(counts: Mapping[CoverageState, int]) -> Share:
    """The share of a village, from how many of its duties stand how."""
    owed = sum(count for state, count in counts.items() if state not in NOT_DUE)
    return Share(counts.get(CoverageState.ON_TIME, 0), owed)


class Counted(Protocol):
    @property
    def counts(self) -> Mapping[CoverageState, int]: ...


Row = TypeVar("Row", bound=Counted)


def worst_first(rows: Iterable[Row]) -> list[Row]:
    """The smallest share on time first, of equal ones the most overdue; where nothing was due, last."""

    def badness(row: Row) -> tuple[bool, Fraction, int]:
        share = share_of(row.counts)
        part = Fraction(share.on_time, share.owed) if share.owed else Fraction(1)
        return not share.owed, part, -row.counts.get(CoverageState.OVERDUE, 0)

    return sorted(rows, key=badness)
