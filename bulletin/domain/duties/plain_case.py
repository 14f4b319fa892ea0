"""A duty of which its days say all: nothing answers it, or one notice does, and nothing happened to that since.

Such duties stand alike when their days stand in the same order: the rule compares days and does not count them.
"""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from bulletin.domain.catalog.items import Channel
from bulletin.domain.duties.coverage import BY_WEB_AND_BOARD, Evidence
from bulletin.domain.duties.displays import Display

Hung = tuple[date, None, None]  # it hangs: how long it has to, the rule does not ask yet
Paper = Hung | tuple[date, date, date]  # hung, taken off, the last day of its time
Likeness = tuple[AbstractSet[Channel], tuple[int, ...]]  # and the places of its days


class PlainCase(NamedTuple):
    """The days of such a duty."""

    due_on: date | None
    web_on: date | None = None  # since when it can be read online; None: nothing answers it
    papers: tuple[Paper, ...] = ()  # by their days: the rule doesn't ask which board comes first
    channels: AbstractSet[Channel] = BY_WEB_AND_BOARD  # that its item asks for

    @property
    def days(self) -> list[date | None]:
        days = [self.due_on, self.web_on]
        for paper in self.papers:
            days += paper
        return days

    def is_over(self, since: date) -> bool:
        """Whether it stands from a day on as it stands on that day: each of its days lies before."""
        return max(filter(None, self.days), default=date.min) < since

    def likeness(self, as_of: date) -> Likeness:
        """The same for all that stand alike as of a day; a day that is not known has no place among the others."""
        days = [*self.days, as_of]
        known = sorted(filter(None, set(days)))
        return self.channels, tuple([known.index(day) if day else -1 for day in days])

    @property
    def evidence(self) -> Evidence:
        return Evidence(
            self.due_on,
            web=(Display(from_on=self.web_on),) if self.web_on else (),
            wall=tuple(
                Display(from_on=hung_on, until_on=down_on, last_on=last_on or date.max)
                for hung_on, down_on, last_on in self.papers
            ),
            channels=self.channels,
        )
