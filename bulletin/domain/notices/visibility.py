"""What a resident may see of a notice, computed from dates when the page is read.

A job that did not run can delay the record, never the law: an approved edition is readable from
its moment on, a personal list is gone after the last day of its period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import State, state_at


class PageState(StrEnum):
    """What the page of a code says first. A code answers for ever, whatever became of the paper."""

    CURRENT = "current"  # the paper is the edition in force
    OLDER = "older"  # the paper was corrected since
    AHEAD = "ahead"  # the paper is a correction whose moment has not come
    NO_SUCH_EDITION = "no_such_edition"  # the paper names an edition that was never published
    NOT_YET = "not_yet"  # approved, its moment has not come
    ELSEWHERE = "elsewhere"  # a personal list, which no copy of the public site holds
    PERIOD_OVER = "period_over"  # the posting period is over; the text stays unless personal
    TAKEN_DOWN = "taken_down"  # with the reason
    REDACTED = "redacted"  # personal data slipped out; the content was destroyed
    CANCELLED = "cancelled"  # 作废 before it went out; the register keeps its number


@dataclass(frozen=True)
class EditionDates:
    """An edition as far as visibility is concerned."""

    number: int
    state: State  # as stored
    publish_at: datetime | None
    closes_on: date | None
    redacted: bool = False

    def is_public(self, now: datetime) -> bool:
        return state_at(self.state, self.publish_at, now) is State.PUBLISHED

    def was_public(self, now: datetime) -> bool:
        return self.is_public(now) or self.state is State.TAKEN_DOWN


def in_force(editions: Sequence[EditionDates], now: datetime) -> EditionDates | None:
    """The edition that the page speaks of: the highest that ever became public."""
    return max((e for e in editions if e.was_public(now)), key=lambda e: e.number, default=None)


def page_state(
    editions: Sequence[EditionDates],
    scanned: int | None,
    now: datetime,
    *,
    personal: bool,
    copied: bool = False,
    closing_at: datetime | None = None,
) -> PageState | None:
    """The page's first words; None while nothing of the notice was ever approved.

    Args:
        scanned: the edition that the paper names; None when the code was typed.
        copied: for the plain-file copy of the public site, which can't take a list away in time.
        closing_at: the moment by which periods are over, when it is later than `now`.
    """
    current = in_force(editions, now)
    if current is None:
        return _before_the_first(editions)
    if current.state is State.TAKEN_DOWN:
        return PageState.TAKEN_DOWN
    if current.redacted:
        return PageState.REDACTED
    over = is_over(current.closes_on, closing_at or now)
    if over and personal:
        return PageState.PERIOD_OVER
    if copied and personal:
        return PageState.ELSEWHERE
    if scanned is not None and scanned != current.number:
        return _other_edition(editions, scanned, now)
    return PageState.PERIOD_OVER if over else PageState.CURRENT


def _before_the_first(editions: Sequence[EditionDates]) -> PageState | None:
    states = {edition.state for edition in editions}
    if State.SCHEDULED in states:
        return PageState.NOT_YET
    approved_once = any(e.state is State.CANCELLED and e.closes_on for e in editions)
    return PageState.CANCELLED if approved_once else None


def _other_edition(editions: Sequence[EditionDates], scanned: int, now: datetime) -> PageState:
    for edition in editions:
        if edition.number == scanned:
            if edition.was_public(now):
                return PageState.OLDER
            if edition.state is State.SCHEDULED:
                return PageState.AHEAD
    return PageState.NO_SUCH_EDITION


def is_over(closes_on: date | None, now: datetime) -> bool:
    """Hidden from 00:00 of the day after `closes_on`: both ends are shown in full."""
    return closes_on is not None and village_day(now) > closes_on


SHOWN = frozenset(
    {
        PageState.CURRENT,
        PageState.OLDER,
        PageState.AHEAD,
        PageState.NO_SUCH_EDITION,
        PageState.PERIOD_OVER,
    }
)


def shows_content(shown: PageState, *, personal: bool) -> bool:
    """Whether the text may be read: never before its moment, nor after it was taken down."""
    return shown in SHOWN and not (personal and shown is PageState.PERIOD_OVER)
