"""How many duties of a span of days stand how, in sums, without a line for each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.duties.coverage import CoverageState
from bulletin.services.duties.lists.groups import duty_groups
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.lists.places import Rows, rows_in
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.owed_duties import owed_in_span
from bulletin.store.places import Township

Span = tuple[date, date]
Sums = dict[Place, Counter[CoverageState]]


def sums_by_place(
    session: Session,
    site: Site,
    township_id: int,
    rows: Rows,
    span: Span,
    day: date,
    now: datetime,
) -> Mapping[Place, Counter[CoverageState]]:
    """The sums of each row that owes something within a span of days, as of a day."""

    def count(places: frozenset[Place] | None) -> Sums:
        owing = rows.villages_of(places)
        which = owed_in_span(session, township_id, owing, *span, day)
        sums: Sums = defaultdict(Counter)
        for group in duty_groups(session, site, which, day, now, by_place=True):
            if group.due_on is None or span[0] <= group.due_on <= span[1]:
                sums[rows.row_of_duty(group.village_id, None)][group.standing.state] += group.count
        return dict(sums)

    question = "sums", frozenset(rows.names), span, day
    return kept_by_place(session, site, township_id, question, now, count, rows.row_of)


def sums_by_township(
    session: Session,
    site: Site,
    townships: Collection[Township],
    span: Span,
    day: date,
    now: datetime,
) -> Iterator[tuple[Township, int, Counter[CoverageState]]]:
    """Of each township how many villages it has on a day, and the sums of all its rows together."""
    every = rows_in(session, [each.id for each in townships], day)
    for township in townships:
        rows = every[township.id]
        places = sums_by_place(session, site, township.id, rows, span, day, now)
        yield township, len(rows.names) - 1, sum(places.values(), Counter[CoverageState]())
