"""What an earlier catalog of a place leaves behind: periods that stay covered, and ended ones."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog, DisclosureItem
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.deadlines.rules import Deadline, TimeLimit
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.succession import (
    LOOK_AROUND,
    is_covered,
    owed_from,
    successor_day,
    successors,
)
from bulletin.services.catalog.in_force import InForce, adopted
from bulletin.store.catalogs import adoption_before
from bulletin.store.duties_by_catalog import periods_under_others
from bulletin.store.places import Township

LONGEST = timedelta(days=366 * LOOK_AROUND)


@dataclass(frozen=True)
class Heir:
    """A period that is owed in place of one of another cadence."""

    period: Period
    deadline: Deadline
    earlier: Period
    is_regular: bool  # it is due by its own rule


class RuleDays:
    """What rules make due from a day on, counted once for all villages that change on it."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._owed: dict[tuple[TimeLimit, date, bool], dict[Period, Deadline]] = {}

    def owed_from(
        self, limit: TimeLimit, from_on: date, *, moves_ends: bool
    ) -> dict[Period, Deadline]:
        """`moves_ends` is what a township does with ends on days off."""
        key = limit, from_on, moves_ends
        if key not in self._owed:
            calendar = replace(self._calendar, moves_ends=moves_ends)
            self._owed[key] = owed_from(limit, calendar, from_on)
        return self._owed[key]


class Succession:
    """Asked by whoever opens the duties of a place under the catalog in force."""

    def __init__(self, session: Session, place: InForce, days: RuleDays) -> None:
        self._days, self._from_on = days, place.adoption.in_force_from
        township = session.get_one(Township, place.adoption.township_id)
        self._moves_ends = township.moves_ends
        self._kept: dict[str, set[Period]] = defaultdict(set)
        self._ended: dict[str, dict[Period, date]] = defaultdict(dict)
        before = adoption_before(session, place.adoption)
        self._before: Catalog | None = adopted(before) if before else None
        if before is not None:
            self._read(session, place)

    def _read(self, session: Session, place: InForce) -> None:
        since_on = self._from_on - LONGEST
        for row in session.execute(periods_under_others(place.adoption, since_on)):
            period = Period.parse(row.occasion)
            if not row.is_ended:
                self._kept[row.item_code].add(period)
            elif row.due_on >= self._from_on:  # what ended earlier was taken over then
                self._ended[row.item_code][period] = row.due_on

    def covers(self, item: DisclosureItem, period: Period) -> bool:
        """Whether duties under an earlier catalog, which stay, cover a period already."""
        kept = self._kept.get(item.code, ())
        return bool(kept) and is_covered(period, kept)

    def owed(self, item: DisclosureItem) -> Iterator[Heir]:
        """What is owed in place of duties that the catalog in force ended, or never let open."""
        limit, kept = item.time_limit, self._kept.get(item.code, set())
        ended = self._unopened(item) | self._ended.get(item.code, {})
        by_rule = self._days.owed_from(limit, self._from_on, moves_ends=self._moves_ends)
        if limit.every is None or not ended or not by_rule:
            return
        for period, earlier in successors(limit.every, ended, kept).items():
            is_regular = period in by_rule
            if is_regular or period.first < self._from_on:  # what begins later opens by its rule
                deadline = successor_day(by_rule, period, ended[earlier])
                yield Heir(period, deadline, earlier, is_regular)

    def _unopened(self, item: DisclosureItem) -> dict[Period, date]:
        """What the earlier rule would have made due since, opened or not."""
        earlier = self._before.find(item.code) if self._before else None
        if earlier is None or earlier.time_limit == item.time_limit:
            return {}
        owed = self._days.owed_from(earlier.time_limit, self._from_on, moves_ends=self._moves_ends)
        return {period: deadline.due_on for period, deadline in owed.items()}
