"""The last day of a posting period (公示期), with all that explains it.

It is the latest of what the items ask, of the work day after days off (民法典第二百零三条), and of the
day that the notice serves: the list of those who vote stays until they have voted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bulletin.domain.days import day_words
from bulletin.domain.deadlines.posting_period import posting_period
from bulletin.domain.deadlines.posting_requirements import PostingRequirement, latest, period_words
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import Sentence, known_words, say, say_each


class ExtensionCause(Labelled):
    """Why a period ends later than it was said."""

    HOLIDAYS = "holidays", say("放假安排公布")  # a year's holidays became known
    EVENT = "event", say("登记了要公示到的那天")  # the day that it serves was recorded or moved


@dataclass(frozen=True)
class ServedDay:
    """The event that a notice serves: 选举日."""

    event: str
    on: date | None = None  # None while nobody has recorded it


@dataclass(frozen=True, kw_only=True)
class PostingEnd:
    closes_on: date  # the last day, included
    counted_from: date  # the day of hanging, which does not count
    counted_on: date  # where the count of days ends
    day_off: str = ""  # 周末, 国庆节: why the count does not end the period; '' when it does
    serves: str = ""  # 选举日: the period lasts until then; '' when it serves no day
    serves_on: date | None = None
    provisional: bool = False  # depends on holidays that are not yet announced
    moves: bool = False  # an end on a day off moved when it was fixed; so do papers hung late


def posting_end(
    requirements: Sequence[PostingRequirement],
    opens_on: date,
    calendar: WorkCalendar,
    served: ServedDay | None = None,
) -> PostingEnd:
    """The end of a notice that fulfils every requirement and serves its day."""
    asked = latest(requirements, opens_on, calendar)
    period = posting_period(opens_on, asked.days, asked.unit, calendar)
    every = (posting_period(opens_on, r.days, r.unit, calendar) for r in requirements)
    governs = served is not None and served.on is not None and served.on > period.closes_on
    moved = period.closes_on != period.counted_on and not governs
    return PostingEnd(
        closes_on=served.on if governs and served and served.on else period.closes_on,
        counted_from=opens_on,
        counted_on=period.counted_on,
        day_off=calendar.why_off(period.counted_on) if moved else "",
        serves=served.event if served else "",
        serves_on=served.on if served else None,
        provisional=not governs and any(each.provisional for each in every),
        moves=calendar.moves_ends,
    )


def end_notes(end: PostingEnd) -> tuple[str, ...]:
    """Why the period ends on its day, where the count of days alone doesn't say it."""
    notes = []
    if end.day_off:
        notes.append(
            say(
                "%(day)s是%(why)s，顺延",
                day=day_words(end.counted_on, since=end.closes_on),
                why=known_words(end.day_off),
            )
        )
    if end.serves_on is not None and end.serves_on == end.closes_on > end.counted_on:
        notes.append(say("到%(event)s为止", event=end.serves))
    if end.provisional:
        notes.append(say("暂定，%(year)s年放假安排还没公布", year=end.closes_on.year))
    return tuple(notes)


def end_words(requirements: Sequence[PostingRequirement], end: PostingEnd) -> Sentence:
    """15日；10月25日是周末，顺延."""
    return say_each("；", (period_words(requirements), *end_notes(end)))


def end_json(end: PostingEnd) -> dict[str, Any]:
    """As an edition stores it beside its last day; `read_end` takes it back."""
    return {
        "counted_from": end.counted_from.isoformat(),
        "counted_on": end.counted_on.isoformat(),
        "day_off": end.day_off,
        "serves": end.serves,
        "serves_on": end.serves_on.isoformat() if end.serves_on else None,
        "provisional": end.provisional,
        "moves": end.moves,
    }


def read_end(closes_on: date, opens_on: date, stored: dict[str, Any]) -> PostingEnd:
    """The end of an edition; of one fixed by an earlier release only its days are known."""
    if not stored:
        return PostingEnd(closes_on=closes_on, counted_from=opens_on, counted_on=closes_on)
    serves_on = stored["serves_on"]
    return PostingEnd(
        closes_on=closes_on,
        counted_from=date.fromisoformat(stored["counted_from"]),
        counted_on=date.fromisoformat(stored["counted_on"]),
        day_off=stored["day_off"],
        serves=stored["serves"],
        serves_on=date.fromisoformat(serves_on) if serves_on else None,
        provisional=stored["provisional"],
        moves=stored["moves"],
    )
