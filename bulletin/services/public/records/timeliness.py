"""Which places disclose on time: the desk's figures, as everybody may read them."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.errors import NotFoundError
from bulletin.services.access import NO_LIST
from bulletin.services.duties.lists.places import rows_on
from bulletin.services.duties.lists.sums import sums_by_place
from bulletin.services.public.page_values import Timeliness
from bulletin.services.site import Site
from bulletin.store.asked_once import asked_once
from bulletin.store.coverage_queries import first_due_on
from bulletin.store.places import Township

FIRST_WEEKS = timedelta(days=31)  # of a year, in which hardly anything has fallen due


def shown_year(today: date) -> int:
    """Of which year timeliness speaks: this one, and in January the last."""
    return (today - FIRST_WEEKS).year


def span_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


@asked_once
def years_of(session: Session, township_id: int, today: date) -> tuple[int, ...]:
    """In which a township owed something that fell due, the newest first."""
    first = session.scalar(first_due_on(township_id))
    begun = first.year if first is not None and first < today else today.year
    return tuple(range(today.year, begun - 1, -1))


def asked_year(year: int | None, years: Collection[int], today: date) -> int:
    """The year of a page: that of its address, else (None) the one that timeliness speaks of.

    Raises:
        NotFoundError: it is none of the years that the page has.
    """
    if year is None:
        return shown_year(today)
    if year not in years:
        raise NotFoundError(NO_LIST)
    return year


@asked_once
def township_timeliness(
    session: Session, site: Site, township: Township, year: int, now: datetime
) -> dict[int | None, Timeliness]:
    """Of every village that owed something in a year, and of the township itself (None)."""
    day = village_day(now)
    rows = rows_on(session, township.id, day)
    sums = sums_by_place(session, site, township.id, rows, span_of(year), day, now)
    return {place: Timeliness(year, counts) for place, counts in sums.items()}


def together(parts: dict[int | None, Timeliness], year: int) -> Timeliness:
    counts: Counter[CoverageState] = Counter()
    for part in parts.values():
        counts.update(part.counts)
    return Timeliness(year, counts)
