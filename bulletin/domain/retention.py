"""Which backups are kept: 7 daily, 5 weekly, 12 monthly."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date

DAILY, WEEKLY, MONTHLY = 7, 5, 12


def to_keep(days: Iterable[date]) -> set[date]:
    """The days whose backup is kept.

    The newest 7, and the newest of each of the last 5 weeks and 12 months that have one.
    """
    newest_first = sorted(set(days), reverse=True)
    return {
        *newest_first[:DAILY],
        *_newest_of_each(newest_first, lambda day: day.isocalendar()[:2], WEEKLY),
        *_newest_of_each(newest_first, lambda day: (day.year, day.month), MONTHLY),
    }


def _newest_of_each(
    newest_first: list[date], span: Callable[[date], Hashable], most: int
) -> list[date]:
    by_span: dict[Hashable, date] = {}
    for day in newest_first:
        by_span.setdefault(span(day), day)
    return list(by_span.values())[:most]
