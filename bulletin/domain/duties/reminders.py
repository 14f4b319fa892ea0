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

    def reminding(self, days_left: int) -> Reminding | None:
        """Whether who has to act is reminded today, and why.

        Args:
            days_left: until the last day; negative when it has passed.
        """
        if days_left in self.days_before:
            return Reminding.BEFORE if days_left else Reminding.TODAY
        return Reminding.LATE if self._repeats_on(-days_left) else None

    def reminds_overseer(self, days_left: int) -> bool:
        """Whether the overseer is reminded today of a duty that is late."""
        late = -days_left
        return late >= self.overseer_after and self._repeats_on(late - self.overseer_after + 1)

    def _repeats_on(self, late: int) -> bool:
        return 1 <= late <= self.late_for and (late - 1) % self.late_every == 0
