"""Where and how long an answer to a duty could be read, and since when that counts as disclosed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin.domain.boards.display_time import is_too_short


class Ending(StrEnum):
    """Why an edition was no longer the one to show."""

    REPLACED = "replaced"  # by the next edition
    REDACTED = "redacted"  # personal data were removed: its paper had to come down at once
    TAKEN_DOWN = "taken_down"  # also what was given up before it went out


@dataclass(frozen=True, kw_only=True)
class Display:
    """One edition in one place, on the web or as a paper on one board, day by day as of the evening.

    Every day may lie after the one that is asked for.
    """

    from_on: date
    until_on: date | None = None  # the first evening on which it was gone; None: still there
    last_on: date = date.max  # the last day of the time that it has to be there
    asked: str = ""  # that time in words: 15日
    why_last: str = ""  # where the count doesn't end on `last_on`: 10月1日是国庆节，顺延
    ending: Ending | None = None
    ended_on: date | None = None  # the day of that ending: from then on it had to be gone
    reason: str = ""  # why it was taken down

    def is_there(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def counts(self, day: date) -> bool:
        """Whether it is there on a day, or was there as long as it had to be.

        A paper of what was taken down counts no longer, though it may still hang. One that came
        down because personal data had to be removed counts.
        """
        until = self._counts_until()
        if self.from_on > day:
            return False
        if until is None or day < until or until > self.last_on:
            return True
        return self.ending is Ending.REDACTED and self._had_to_go(until)

    def was_cut_short(self, day: date) -> bool:
        """Whether somebody took it off by a day though its time was not over and nothing ended it."""
        gone = self.until_on is not None and self.from_on <= self.until_on <= day
        return gone and is_too_short(self.last_on, self.until_on, self.ended_on)

    def was_taken_down(self, day: date) -> bool:
        return self.ending is Ending.TAKEN_DOWN and self.from_on <= day and self._had_to_go(day)

    def leads_to(self, later: date) -> bool:
        """Whether what was shown from a later day on follows without a gap.

        While its time runs, the paper of the next edition may follow some days later.
        """
        if self.until_on is None or self.until_on >= later:
            return True
        gave_way = self.ending is Ending.REPLACED and self._had_to_go(self.until_on)
        return gave_way and later <= self.last_on

    def _counts_until(self) -> date | None:
        if self.ending is not Ending.TAKEN_DOWN or self.ended_on is None:
            return self.until_on
        return min(self.ended_on, self.until_on or self.ended_on)

    def _had_to_go(self, day: date) -> bool:
        return self.ended_on is not None and self.ended_on <= day


def disclosed_on(displays: Collection[Display], day: date) -> date | None:
    """Since when what counts on a day has been there without a gap; None when nothing counts.

    What was taken down before its time was over is not disclosed, however punctual it was: only
    what follows it without a gap keeps its day.
    """
    began = min((each.from_on for each in displays if each.counts(day)), default=None)
    while began is not None:
        earlier = [e.from_on for e in displays if e.from_on < began and e.leads_to(began)]
        if not earlier:
            break
        began = min(earlier)
    return began
