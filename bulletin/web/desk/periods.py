"""The quarter or year that a page counts, chosen from those around today."""

from datetime import date

from flask import request

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.web.desk.inputs import FIRST_YEAR, LAST_YEAR
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.request_context import today

QUARTERS_OFFERED = 9  # the next, this one and two years back
YEARS_OFFERED = 3


def period_asked(asked: ListQuery, default: Period) -> Period:
    """The period of the address; what cannot be read is the default."""
    try:
        period = Period.parse(request.args.get("period", ""))
    except ValueError:
        period = default
    if not FIRST_YEAR <= period.first.year <= LAST_YEAR:
        period = default
    choices = {each.key: each.label for each in dict.fromkeys([*_choices(today()), period])}
    asked.one("period", period.key, choices)
    return period


def this_quarter() -> Period:
    return Period.containing(Every.QUARTER, today())


def _choices(day: date) -> list[Period]:
    """The next quarter, this one and those of the last two years; then the years."""
    this = Period.containing(Every.QUARTER, day)
    quarters = [this.next(), this]
    while len(quarters) < QUARTERS_OFFERED:
        quarters.append(quarters[-1].previous())
    years = [Period.containing(Every.YEAR, day)]
    while len(years) < YEARS_OFFERED:
        years.append(years[-1].previous())
    return [*quarters, *years]
