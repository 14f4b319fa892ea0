"""The duties of a list in order: the database is asked for the days that a page shows, and no more."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from bulletin.domain.pages import PageSpan
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import due_on_days, sort_columns
from bulletin.store.notice_queries import chunks

Day = date | None  # None: they wait for an event


class _Row(NamedTuple):
    id: int
    due_on: Day
    matter_id: int | None


class Listed:
    """Duties by due day, those that wait for an event last."""

    def __init__(
        self,
        session: Session,
        which: ColumnElement[bool],
        alike: ColumnElement[bool],
        days: Counter[Day],
        singles: Iterable[int] = (),
        *,
        under_way_first: bool = False,
    ) -> None:
        """Describe a list.

        Args:
            which: all that the person may see.
            alike: those of them that are on the list with their whole day.
            days: how many of these are due on each day.
            singles: the others on the list.
            under_way_first: the phases of matters stand before everything else.
        """
        self._session, self._which, self._alike = session, which, alike
        self._alike_days = frozenset(days)
        self._singles = self._rows_of(list(singles))
        self._days = days + Counter(row.due_on for row in self._singles)
        self._under_way_first = under_way_first

    @property
    def count(self) -> int:
        return self._days.total()

    def index_of(self, duty_id: int, *, add: bool = False) -> int | None:
        """Where a duty stands, from 0; None when it is not on the list.

        Args:
            add: puts it there, when the person may see it at all.
        """
        row = next(iter(self._rows(and_(self._which, Duty.id == duty_id))), None)
        if row is None:
            return None
        if add and row not in self._of_days({row.due_on}):
            self._singles.append(row)
            self._days[row.due_on] += 1
        for start, days in self._bands():
            if row.due_on in days:
                band = self._of_days(days)
                return start + band.index(row) if row in band else None
        return None

    def page(self, span: PageSpan) -> list[int]:
        """The ids of a page."""
        shown: set[Day] = set()
        skipped = 0
        for start, days in self._bands():
            end = start + self._count_of(days)
            if end <= span.first:
                skipped = end
            elif start < span.end:
                shown |= days
        return [row.id for row in self._of_days(shown)[span.first - skipped : span.end - skipped]]

    def _bands(self) -> Iterable[tuple[int, set[Day]]]:
        """What is sorted together, and at which index it begins: each day; or all of them."""
        days = sorted(self._days, key=lambda day: (day is None, day))
        start = 0
        for band in [set(days)] if self._under_way_first else [{day} for day in days]:
            yield start, band
            start += self._count_of(band)

    def _count_of(self, days: Iterable[Day]) -> int:
        return sum(self._days[day] for day in days)

    def _of_days(self, days: Collection[Day]) -> list[_Row]:
        alike = and_(self._alike, due_on_days(self._alike_days.intersection(days)))
        rows = [*self._rows(alike), *(row for row in self._singles if row.due_on in days)]
        return sorted(rows, key=self._key)

    def _key(self, row: _Row) -> tuple[bool, bool, date, int]:
        under_way = self._under_way_first and row.due_on is None and row.matter_id is not None
        return not under_way, row.due_on is None, row.due_on or date.min, row.id

    def _rows(self, which: ColumnElement[bool]) -> list[_Row]:
        return [_Row(*row) for row in self._session.execute(sort_columns(which))]

    def _rows_of(self, duty_ids: list[int]) -> list[_Row]:
        return [row for some in chunks(duty_ids) for row in self._rows(Duty.id.in_(some))]
