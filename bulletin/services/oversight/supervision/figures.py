"""The figures of each village for 督查, kept by village until somebody acts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import Select
from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage_shares import Share
from bulletin.domain.oversight.supervision import (
    DutyOutcome,
    Interval,
    Outcomes,
    longest_interval,
    outcome_of,
    share_on_time,
)
from bulletin.services.boards.overview import hangs_until
from bulletin.services.duties.lists.groups import duty_groups
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.lists.places import Rows
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.notice_queries import chunks
from bulletin.store.owed_duties import owed_in_span
from bulletin.store.places import boards_in
from bulletin.store.postings import Posting
from bulletin.store.supervision_queries import (
    disclosed_at,
    last_disclosed_at,
    last_hung_on,
    may_be_stale_on,
    running_terms,
    township_last_disclosed_at,
)

RECENT = timedelta(days=60)


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


def figures_by_place(
    session: Session,
    site: Site,
    township_id: int,
    rows: Rows,
    period: Period,
    day: date,
    now: datetime,
    *,
    is_whole: bool = True,
) -> Mapping[Place, PlaceFigures]:
    """The figures of each place that exists on a day, of what fell due in a period of at most a year.

    Args:
        is_whole: False leaves out intervals and boards, which nobody compares with those of another day.
    """

    def count(places: frozenset[Place] | None) -> dict[Place, PlaceFigures]:
        asked = _PlacesAsked(session, site, township_id, rows, places, day, now)
        found: dict[Place, PlaceFigures] = defaultdict(PlaceFigures)
        for place in rows.names if places is None else places:
            found[place] = PlaceFigures()
        asked.count_duties(found, period)
        asked.count_stale_sheets(found)
        asked.count_questions(found)
        if is_whole:
            asked.find_intervals(found, period)
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

    def count_duties(self, found: dict[Place, PlaceFigures], period: Period) -> None:
        span = period.first, period.last
        owing = self.rows.villages_of(self.places)
        which = owed_in_span(self.session, self.township_id, owing, *span, self.day)
        groups = duty_groups(self.session, self.site, which, self.day, self.now, by_place=True)
        for group in groups:
            outcome = outcome_of(group.standing.state)
            if outcome and group.due_on and span[0] <= group.due_on <= span[1]:
                row = self.rows.row_of_duty(group.village_id, None)
                found[row].by_month[group.due_on.month, outcome] += group.count

    def find_intervals(self, found: dict[Place, PlaceFigures], period: Period) -> None:
        last_on = min(self.day, period.last)
        days = self._days_of_disclosure(period.first, last_on)
        for place, figures in found.items():
            figures.interval = longest_interval(days[place], period.first, last_on)

    def _days_of_disclosure(self, first_on: date, last_on: date) -> dict[Place, set[date]]:
        """The days within a span, and the last one before it."""
        first, end = start_of(first_on), start_of(last_on + ONE_DAY)
        first, end = min(first, self.now), min(end, self.now)
        township, villages = self.township_id, self.rows.villages_of(self.places)
        named = [village for village in villages if village is not None]
        asked: list[Select[int | None, datetime | None]] = [
            disclosed_at(township, self._villages, first, end),
            *(last_disclosed_at(township, some, first) for some in chunks(named)),
        ]
        moments: list[tuple[int | None, datetime | None]] = [
            (village_id, at) for each in asked for village_id, at in self.session.execute(each)
        ]
        if None in villages:
            moments.append((None, self.session.scalar(township_last_disclosed_at(township, first))))
        days: dict[Place, set[date]] = defaultdict(set)
        for village_id, at in moments:
            if at is not None:
                days[self.rows.row_of_duty(village_id, None)].add(village_day(at))
        return days

    def look_at_boards(self, found: dict[Place, PlaceFigures]) -> None:
        boards = self.session.scalars(boards_in(self.township_id, None, self.day))
        rows = {board.id: self.rows.row_of_duty(board.village_id, None) for board in boards}
        mine = {board_id: row for board_id, row in rows.items() if row in found}
        last = self._last_hung_on(list(mine))
        for board_id, row in mine.items():
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
        sheets = stale_sheets(self.session, self.site, self.township_id, self._villages, self.day)
        for posting, _has_ended in sheets:
            found[self.rows.row_of_duty(posting.board.village_id, None)].stale_sheets += 1

    def count_questions(self, found: dict[Place, PlaceFigures]) -> None:
        terms = running_terms(self.township_id, self._villages, self.day)
        for village_id, due_on in self.session.execute(terms):
            figures = found[self.rows.row_of_duty(village_id, None)]
            figures.questions += 1
            figures.late_questions += due_on < self.day


def stale_sheets(
    session: Session,
    site: Site,
    township_id: int,
    places: Collection[Place] | None,
    day: date,
) -> Iterator[tuple[Posting, bool]]:
    """The papers that hang at the end of a day though they are over or not in force, each with whether the latter."""
    for posting, has_ended in session.execute(may_be_stale_on(township_id, places, day)):
        until = hangs_until(site, posting.edition, posting.hung_on)
        if has_ended or (until is not None and until < day):
            yield posting, has_ended
