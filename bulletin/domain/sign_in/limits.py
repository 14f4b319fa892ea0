"""How often a password may be tried. Nobody locks out another: who tries wrongly waits alone.

Wrong tries are counted by who makes them: by the address and the login typed together, whether there is
such a login or not; by the address over all logins; and apart from both by a browser from which the person
signed in before. So one address can try 5 passwords of a login at once and then one in five minutes, less
than 300 a day; over all logins 200 at once and then one in 4.5 seconds, which 40 clerks of one hall with
two slips each don't reach.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bulletin.domain.ticks import IN_FLIGHT


@dataclass(frozen=True)
class TryLimit:
    """So many wrong tries at once; each is forgotten `every` after the one before it.

    What is kept of the tries is one moment, at which all of them are forgotten.
    """

    at_once: int
    every: timedelta

    def forgotten_at(self, kept: datetime | None, now: datetime) -> datetime:
        """When the tries up to now are forgotten; those of a clock that was ahead never counted."""
        longest = self.every * self.at_once
        return kept if kept is not None and now < kept <= now + longest + IN_FLIGHT else now

    def taken_again_at(self, kept: datetime | None, now: datetime) -> datetime:
        """From when on one more try is taken; not after `now` when it is taken at once."""
        return self.forgotten_at(kept, now) - self.every * (self.at_once - 1)

    def after_a_try(self, kept: datetime | None, now: datetime) -> datetime:
        """What is kept after one more try."""
        return self.forgotten_at(kept, now) + self.every


BY_LOGIN = TryLimit(5, timedelta(minutes=5))
BY_ADDRESS = TryLimit(200, timedelta(seconds=4.5))
BY_DEVICE = TryLimit(20, timedelta(minutes=1))
KEPT_AT_MOST = timedelta(hours=1)  # longer than any of them
