"""督查: how every village stands at the end of a day, and what changed within a week."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every, Period, periods
from bulletin.domain.duties.coverage_shares import Share
from bulletin.domain.oversight.supervision import (
    DutyOutcome,
    Interval,
    Outcomes,
    share_on_time,
    sum_of,
)
from bulletin.domain.people import Actor, Role
from bulletin.services.duties.lists.places import Rows, rows_on
from bulletin.services.oversight.supervision.courses import CourseQuestion, courses_by_place
from bulletin.services.oversight.supervision.disclosures import disclosure_days
from bulletin.services.oversight.supervision.figures import (
    KnownOfPlaces,
    PlaceFigures,
    figures_by_place,
)
from bulletin.services.site import Site

SUPERVISING = (
    Role.SCREENER,
    Role.APPROVER,
    Role.OVERSEER,
    Role.ADMINISTRATOR,
    Role.COUNTY_OVERSEER,
)  # who look over every village
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WeekChange:
    """How much more there is of something than a week before."""

    what: str  # 逾期
    by: int  # never 0

    @property
    def words(self) -> str:
        """逾期多2."""
        return f"{self.what}{'多' if self.by > 0 else '少'}{abs(self.by)}"


@dataclass(frozen=True)
class SupervisedPlace:
    """A village, or the township itself (None)."""

    village_id: int | None
    village: str
    figures: PlaceFigures
    week_before: PlaceFigures | None  # None: it did not exist then
    as_of: date

    @property
    def interval(self) -> Interval | None:
        return self.figures.interval

    @property
    def board_days(self) -> int | None:
        """For how many days nothing was hung on the board that waits the longest; None: never, or no board."""
        oldest = self.figures.oldest_board
        return (self.as_of - oldest.last_on).days if oldest and oldest.last_on else None

    @cached_property
    def changes(self) -> tuple[WeekChange, ...]:
        """What is worse or better than a week before; nothing for a village that is new."""
        return _changes(self.figures, self.week_before) if self.week_before else ()


@dataclass(frozen=True)
class Supervision:
    period: Period
    as_of: date
    places: tuple[SupervisedPlace, ...]  # the township first

    @cached_property
    def outcomes(self) -> Outcomes:
        return sum_of(each.figures.outcomes for each in self.places)

    @cached_property
    def share(self) -> Share:
        return share_on_time(self.outcomes)

    @cached_property
    def changes(self) -> tuple[WeekChange, ...]:
        """Of all places together."""
        return _changes(
            _together(each.figures for each in self.places),
            _together(each.week_before for each in self.places if each.week_before),
        )

    @cached_property
    def changed(self) -> list[SupervisedPlace]:
        """The places where something changed, those that are worse off first."""
        moved = [each for each in self.places if each.changes]
        return sorted(moved, key=lambda each: -sum(change.by for change in each.changes))

    @property
    def longest(self) -> SupervisedPlace | None:
        """Where nothing was disclosed for the longest time."""
        known = [each for each in self.places if each.interval]
        return max(known, key=lambda each: each.interval.days if each.interval else 0, default=None)

    @property
    def silent(self) -> int:
        """How many villages have never disclosed anything."""
        return sum(each.village_id is not None and each.interval is None for each in self.places)

    @property
    def never_hung(self) -> int:
        """In how many villages a board has never had a paper."""
        return sum(bool(each.figures.boards) and each.board_days is None for each in self.places)

    @property
    def oldest_board(self) -> SupervisedPlace | None:
        """Whose board was left alone for the longest time."""
        known = [each for each in self.places if each.board_days is not None]
        return max(known, key=lambda each: each.board_days or 0, default=None)

    @property
    def questions(self) -> int:
        return sum(each.figures.questions for each in self.places)

    @property
    def late_questions(self) -> int:
        return sum(each.figures.late_questions for each in self.places)

    @property
    def stale_sheets(self) -> int:
        return sum(each.figures.stale_sheets for each in self.places)

    @cached_property
    def months(self) -> list[Period]:
        """The months of the period that have begun, or of which something is known: a column each of the heat map."""
        known = {month for each in self.places for month, _outcome in each.figures.by_month}
        every = periods(Every.MONTH, self.period.first, self.period.last)
        return [m for m in every if m.first <= self.as_of or m.first.month in known]

    @cached_property
    def quarters(self) -> list[tuple[Period, Outcomes]]:
        """How each quarter of the period turned out, of all places."""
        found = []
        for quarter in periods(Every.QUARTER, self.period.first, self.period.last):
            months = range(quarter.first.month, quarter.last.month + 1)
            sums = sum_of(each.figures.of_months(months) for each in self.places)
            found.append((quarter, sums))
        return found

    @property
    def worst_first(self) -> list[SupervisedPlace]:
        """The smallest share on time first, of equal ones what is owed the most; where nothing fell due, last."""

        def badness(each: SupervisedPlace) -> tuple[bool, float, int]:
            share = each.figures.share
            part = share.on_time / share.owed if share.owed else 1.0
            return not share.owed, part, -each.figures.outcomes[DutyOutcome.OWED]

        return sorted(self.places, key=badness)


def supervision(
    site: Site, actor: Actor, now: datetime, *, period: Period, as_of: date | None = None
) -> Supervision:
    """How the places that a person may see stand at the end of a day.

    Args:
        period: what fell due in it is counted, at most a year.
        as_of: the day; None for today. What became a fact later does not count.
    """
    with site.sessions.reading() as session:
        return supervision_in(session, site, actor, now, period=period, as_of=as_of)


def supervision_in(
    session: Session,
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    period: Period,
    as_of: date | None = None,
) -> Supervision:
    """The same, as a session reads it that may ask for other townships, too."""
    day = as_of or village_day(now)
    before = day - WEEK
    township = actor.township_id
    every = rows_on(session, township, day)
    question = CourseQuestion(township, period, before, day, is_today=day == village_day(now))
    known = KnownOfPlaces(
        partial(courses_by_place, session, site, question, every, now),
        partial(disclosure_days, session, site, township, period, every, now),
    )
    asked = partial(figures_by_place, session, site, township, known=known, period=period, now=now)
    rows, rows_before = _seen(every, actor), _seen(rows_on(session, township, before), actor)
    found = asked(rows=rows, day=day)
    earlier = asked(rows=rows_before, day=before, is_whole=False)
    places = (
        SupervisedPlace(place, name, found[place], earlier.get(place), day)
        for place, name in rows.names.items()
        if place in found
    )
    return Supervision(period, day, tuple(each for each in places if _has_anything(each)))


def _seen(rows: Rows, actor: Actor) -> Rows:
    return replace(rows, names={p: n for p, n in rows.names.items() if actor.may_see(p)})


def _has_anything(place: SupervisedPlace) -> bool:
    """The township itself may have none of all this; a village is always named."""
    figures = place.figures
    return place.village_id is not None or bool(
        figures.by_month or figures.interval or figures.boards or figures.questions
    )


def _changes(now: PlaceFigures, before: PlaceFigures) -> tuple[WeekChange, ...]:
    """What there is more or less of; what is on time is no news."""
    compared = (
        (DutyOutcome.OWED.label, now.outcomes[DutyOutcome.OWED], before.outcomes[DutyOutcome.OWED]),
        ("迟公开", now.outcomes[DutyOutcome.LATE], before.outcomes[DutyOutcome.LATE]),
        (
            DutyOutcome.LACKING.label,
            now.outcomes[DutyOutcome.LACKING],
            before.outcomes[DutyOutcome.LACKING],
        ),
        ("超期没答", now.late_questions, before.late_questions),
        ("该取下没取", now.stale_sheets, before.stale_sheets),
    )
    return tuple(WeekChange(what, many - few) for what, many, few in compared if many != few)


def _together(places: Iterable[PlaceFigures]) -> PlaceFigures:
    sums = PlaceFigures()
    for each in places:
        sums.by_month.update(each.by_month)
        sums.late_questions += each.late_questions
        sums.stale_sheets += each.stale_sheets
    return sums
