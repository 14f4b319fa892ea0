"""How often villages are looked at, and by when: each day says why it is that one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bulletin.domain.days import day_words
from bulletin.domain.deadlines.periods import Every, Period


@dataclass(frozen=True, kw_only=True)
class Cadence:
    every: tuple[Every, ...]  # of which the township chooses one, the first if it does not
    days_after: int  # natural days after the end of the period in which it may still be done
    basis: str  # 《村民委员会组织法》第三十一条

    def due_on(self, period: Period) -> date:
        return period.last + timedelta(days=self.days_after)

    def why(self, period: Period) -> str:
        """Why it is due on its day, in a sentence."""
        ends = day_words(period.last)
        after = f"再给{self.days_after}天" if self.days_after else "当期内做完"
        basis = f"，依据{self.basis}" if self.basis else ""
        return f"{period.every.label}一次：{period.label}到{ends}为止，{after}{basis}"


def periods_open(every: Every, since_on: date, today: date) -> Iterator[Period]:
    """The period before, as long as the rule held then, and the one of today.

    What was missed longer ago stays missed: nobody dates an inspection back.
    """
    this = Period.containing(every, today)
    for period in (this.previous(), this):
        if period.last >= since_on:
            yield period
