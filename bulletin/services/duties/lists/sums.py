"""How many duties of a span of days stand how, in sums, without a line for each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import and_
from sqlalchemy.orm import Session

from bulletin.domain.duties.coverage import CoverageState
from bulletin.services.duties.lists.groups import DutyGroup, duty_groups
from bulletin.services.duties.lists.places import Rows
from bulletin.services.site import Site
from bulletin.store.coverage_queries import in_span, known_by, owed_at

Span = tuple[date, date]
Sums = dict[int | None, Counter[CoverageState]]


def groups_in(
    session: Session,
    site: Site,
    township_id: int,
    places: Collection[int | None],
    span: Span,
    day: date,
    now: datetime,
    *,
    by_place: bool = False,
) -> Iterator[DutyGroup]:
    """What some places owed within a span of days, as of a day, in groups.

    Args:
        places: villages (None: the township), those of before too that another took over.
        by_place: each group is of one village, that which owed it first.
    """
    which = and_(in_span(township_id, *span), owed_at(township_id, places), known_by(day))
    for group in duty_groups(session, site, which, day, now, by_place=by_place):
        if group.due_on is None or span[0] <= group.due_on <= span[1]:
            yield group


def sums_by_place(
    session: Session,
    site: Site,
    township_id: int,
    rows: Rows,
    span: Span,
    day: date,
    now: datetime,
) -> Sums:
    """The sums of each row that owes something within a span of days, as of a day."""
    sums: Sums = defaultdict(Counter)
    places = rows.villages
    for group in groups_in(session, site, township_id, places, span, day, now, by_place=True):
        sums[rows.row_of_duty(group.village_id, None)][group.standing.state] += group.count
    return sums
