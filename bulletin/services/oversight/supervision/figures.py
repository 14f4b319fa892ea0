"""The figures of each village for 督查, kept by village until somebody acts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple, TypeVar

from sqlalchemy.orm import Session

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage_shares import Share
from bulletin.domain.oversight.supervision import (
    DutyOutcome,
    Interval,
    Outcomes,
    longest_interval,
    share_on_time,
)
from bulletin.services.duties.evidence import paper_times
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.lists.places import Rows
from bulletin.services.oversight.supervision.courses import Courses, OutcomeJudge
from bulletin.services.oversight.supervision.disclosures import Disclosures
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.notice_queries import chunks
from bulletin.store.places import boards_in
from bulletin.store.supervision_queries import (
    last_hung_on,
    may_be_stale_on,
    running_terms,
)

RECENT = timedelta(days=60)
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class BoardAge:
    board_id: int
    last_on: date | None  # when something was last hung; None: never


@dataclass
class PlaceFigures:
    """How a village (or the township itself) stands at the end of a day."""

    by_month: Counter[tuple[int, DutyOutcome]] = field(
        default_factory=Counter
    )  # month of the due day
    interval: Interval | None = None  # None: nothing was ever disclosed
    boards: list[BoardAge] = field(default_factory=list)
    questions: int = 0  # that wait for an answer
    late_questions: int = 0  # of these after their day
    stale_sheets: int = 0  # hang though over, or no longer in force

    @cached_property  # asked for a dozen times on a page, and nothing is added once all is counted
    def outcomes(self) -> Outcomes:
        return self.of_months(range(1, 13))

    @property
    def share(self) -> Share:
        return share_on_time(self.outcomes)

    @property
    def oldest_board(self) -> BoardAge | None:
        """The board on which nothing was hung for the longest time; None where there is no board."""
        return min(self.boards, key=lambda each: each.last_on or date.min, default=None)

    def share_of_month(self, month: int) -> Share:
        return share_on_time(self.of_months((month,)))

    def of_months(self, months: Collection[int]) -> Outcomes:
        sums: Outcomes = Counter()
        for (month, outcome), count in self.by_month.items():
            if month in months:
                sums[outcome] += count
        return sums


@dataclass(frozen=True)
class KnownOfPlaces:
    """What is known of all places, for more than one day."""

    courses: Callable[[], Courses]
    disclosed: Callable[[], Disclosures]


def figures_by_place(
    session: Session,
    site: Site,
    township_id: int,
    rows: Rows,
    period: Period,
    day: date,
    now: datetime,
    known: KnownOfPlaces,
    *,
    is_whole: bool = True,
) -> Mapping[Place, PlaceFigures]:
    """The figures of each place that exists on a day, of what fell due in a period of at most a year.

    Args:
        known: of that period, from that day on or from an earlier one; asked where something is counted.
        is_whole: False leaves out intervals and boards, which nobody compares with those of another day.
    """

    def count(places: frozenset[Place] | None) -> dict[Place, PlaceFigures]:
        asked = _PlacesAsked(session, site, township_id, rows, places, day, now)
        found: dict[Place, PlaceFigures] = defaultdict(PlaceFigures)
        for place in rows.names if places is None else places:
            found[place] = PlaceFigures()
        asked.count_duties(found, known.courses(), OutcomeJudge(site, period, day))
        asked.count_stale_sheets(found)
        asked.count_questions(found)
        if is_whole:
            asked.find_intervals(found, known.disclosed(), period)
            asked.look_at_boards(found)
        return {place: found[place] for place in rows.names if place in found}

    question = "supervision", frozenset(rows.names), period.key, day, is_whole
    return kept_by_place(session, site, township_id, question, now, count, rows.row_of)


@dataclass(frozen=True)
class _PlacesAsked:
    """Which places are counted, and as of which day."""

    session: Session
    site: Site
    township_id: int
    rows: Rows
    places: frozenset[Place] | None  # None: all
    day: date
    now: datetime

    @property
    def _villages(self) -> list[Place] | None:
        """Those whose rows are counted, also villages that merged into one of them; None: all."""
        return None if self.places is None else self.rows.villages_of(self.places)

    def count_duties(
        self, found: dict[Place, PlaceFigures], courses: Courses, judge: OutcomeJudge
    ) -> None:
        for village, course in self._of_villages(courses):
            row = self.rows.row_of_duty(village, None)
            found[row].by_month.update(judge.by_month(course))

    def find_intervals(
        self, found: dict[Place, PlaceFigures], disclosed: Disclosures, period: Period
    ) -> None:
        last_on = min(self.day, period.last)
        days: dict[Place, set[date]] = defaultdict(set)
        for village, some in self._of_villages(disclosed):
            days[self.rows.row_of_duty(village, None)] |= some
        for place, figures in found.items():
            figures.interval = longest_interval(days[place], period.first, last_on)

    def _of_villages(
        self, kept: Mapping[Place, Mapping[Place, Kept]]
    ) -> Iterator[tuple[Place, Kept]]:
        """What is kept by row of today, of the villages that are counted."""
        wanted = set(self.rows.villages_of(self.places))
        for of_row in kept.values():
            for village in of_row.keys() & wanted:
                yield village, of_row[village]

    @cached_property
    def _boards(self) -> Mapping[int, Place]:
        """The boards of the places that are counted, with the row of each."""
        boards = self.session.scalars(boards_in(self.township_id, None, self.day))
        rows = {board.id: self.rows.row_of_duty(board.village_id, None) for board in boards}
        counted = self.rows.names if self.places is None else self.places
        return {board_id: row for board_id, row in rows.items() if row in counted}

    def look_at_boards(self, found: dict[Place, PlaceFigures]) -> None:
        last = self._last_hung_on(list(self._boards))
        for board_id, row in self._boards.items():
            found[row].boards.append(BoardAge(board_id, last.get(board_id)))

    def _last_hung_on(self, board_ids: list[int]) -> dict[int, date]:
        """By board. What came off long ago was hung before that: years of papers are read only where nothing newer is."""
        recently = self.day - RECENT
        last: dict[int, date] = {}
        for some in chunks(board_ids):
            asked = last_hung_on(some, self.day, off_after=recently)
            last.update(self.session.execute(asked).all())
        older = [board for board in board_ids if last.get(board, date.min) <= recently]
        for some in chunks(older):
            last.update(self.session.execute(last_hung_on(some, self.day)).all())
        return last

    def count_stale_sheets(self, found: dict[Place, PlaceFigures]) -> None:
        for sheet in stale_sheets(self.session, self.site, list(self._boards), self.day):
            found[self._boards[sheet.board_id]].stale_sheets += 1

    def count_questions(self, found: dict[Place, PlaceFigures]) -> None:
        terms = running_terms(self.township_id, self._villages, self.day)
        for village_id, due_on in self.session.execute(terms):
            figures = found[self.rows.row_of_duty(village_id, None)]
            figures.questions += 1
            figures.late_questions += due_on < self.day


class StaleSheetFact(NamedTuple):
    posting_id: int
    board_id: int
    has_ended: bool  # no longer in force; else its time is over


def stale_sheets(
    session: Session, site: Site, board_ids: list[int], day: date
) -> Iterator[StaleSheetFact]:
    """The papers that hang on some boards at the end of a day though they are over or not in force."""
    last_day = paper_times(site.calendar)
    for some in chunks(board_ids):
        for id_, board_id, has_ended, hung_on, closes_on, *time in session.execute(
            may_be_stale_on(some, day)
        ):
            if has_ended or (closes_on and last_day(hung_on, closes_on, *time)[0] < day):
                yield StaleSheetFact(id_, board_id, has_ended)
