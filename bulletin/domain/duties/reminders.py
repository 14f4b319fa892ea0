"""When a person is reminded of a duty: before its day, on it, and after it until it is done."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bulletin.domain.days import village_time


class Reminding(StrEnum):
    """Why a person is reminded."""

    BEFORE = "before"
    TODAY = "today"
    LATE = "late"
    OVERSEE = "oversee"  # a village is late, and its overseer is reminded


@dataclass(frozen=True)
class ReminderPlan:
    days_before: frozenset[int]  # 0: on the day itself
    late_every: int  # days
    late_for: int  # days
    then_every: int  # days; without end
    overseer_after: int  # days late
    opens_at: time  # in the village
    closes_at: time
    tries: int  # on one day
    try_again_after: timedelta

    @property
    def furthest(self) -> int:
        """Days before a day from which anybody is reminded."""
        return max(self.days_before, default=0)

    def may_send(self, now: datetime) -> bool:
        """Nobody gets a message at night."""
        return self.opens_at <= village_time(now).time() < self.closes_at

    def reminding(self, days_left: int, days_since: int = 1) -> Reminding | None:
        """Whether who has to act is reminded today, and why.

        Args:
            days_left: until the last day; negative when it has passed.
            days_since: how many days ago this person was last reached; what fell on a day
                between is caught up with today.
        """
        if not any(self._falls_on(left) for left in _days_between(days_left, days_since)):
            return None
        if days_left < 0:
            return Reminding.LATE
        return Reminding.BEFORE if days_left else Reminding.TODAY

    def reminds_overseer(self, days_left: int, days_since: int = 1) -> bool:
        """Whether the overseer is reminded today of a duty that is late."""
        return any(
            self._repeats_on(1 - left - self.overseer_after)
            for left in _days_between(days_left, days_since)
        )

    def reminds_anybody(self, days_left: int, days_since: int) -> bool:
        return self.reminding(days_left, days_since) is not None or self.reminds_overseer(
            days_left, days_since
        )

    def _falls_on(self, days_left: int) -> bool:
        return days_left in self.days_before or self._repeats_on(-days_left)

    def _repeats_on(self, late: int) -> bool:
        if late > self.late_for:
            return (late - self.late_for - 1) % self.then_every == 0
        return late >= 1 and (late - 1) % self.late_every == 0


def _days_between(days_left: int, days_since: int) -> range:
    """The days left on each day since a person was last reached, today's among them."""
    return range(days_left, days_left + days_since)
