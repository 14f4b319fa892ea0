"""What is known of the duties of each place, so that it tells how they turned out on any day from a day on.

It holds until somebody acts there or something comes out there: neither midnight nor a look back at last week reads
years of duties again. What stands as it will for good is added up; the days of the rest are kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage import Evidence, standing_of
from bulletin.domain.duties.plain_case import Likeness, PlainCase
from bulletin.domain.oversight.supervision import DutyOutcome, outcome_of
from bulletin.services.catalog.in_force import catalogs_of
from bulletin.services.duties.evidence import EvidenceBook
from bulletin.services.duties.lists.answered import answered_plainly
from bulletin.services.duties.lists.groups import quiet_counts
from bulletin.services.duties.lists.kept import kept_by_place
from bulletin.services.duties.lists.places import Rows
from bulletin.services.site import Site
from bulletin.store.acted_places import Place
from bulletin.store.coverage_queries import duty_facts, moves_since
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import answered_before, not_answered_before
from bulletin.store.notice_queries import chunks
from bulletin.store.owed_duties import known_by, owed_in_span

MonthOutcome = tuple[int, DutyOutcome]  # month of the due day
ByMonth = Counter[MonthOutcome]


@dataclass(frozen=True)
class DutyStory:
    """A duty with a history of its own."""

    evidence: Evidence  # with its day of now
    known_on: date  # the first day on which it existed
    moves: tuple[tuple[date, date | None], ...]  # when its day moved, and what it was before

    def as_of(self, day: date) -> Evidence | None:
        """What was known of it on a day; None: it did not exist."""
        if day < self.known_on:
            return None
        due_on = next((was for on, was in self.moves if on > day), self.evidence.due_on)
        return replace(self.evidence, due_on=due_on)


@dataclass
class DutyCourse:
    """How the duties of one place go on while nobody acts there."""

    settled: ByMonth = field(default_factory=Counter)  # for good
    plain: Counter[PlainCase] = field(default_factory=Counter)
    stories: list[DutyStory] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.settled) + len(self.plain) + len(self.stories)


class OutcomeJudge:
    """Tells how duties turned out as of a day; of those that stand alike it judges one."""

    def __init__(self, site: Site, period: Period, day: date) -> None:
        self._soon_days, self.day = site.soon_days, day
        self._first, self._last = period.first, period.last
        self._alike: dict[Likeness, DutyOutcome | None] = {}

    def by_month(self, course: DutyCourse) -> ByMonth:
        """How all duties of a place turned out; what was not due within the period is left out."""
        found = course.settled.copy()
        for case, count in course.plain.items():
            if (cell := self.cell(case.due_on, self.of_case(case))) is not None:
                found[cell] += count
        for story in course.stories:
            evidence = story.as_of(self.day)
            if evidence and (cell := self.cell(evidence.due_on, self._outcome(evidence))):
                found[cell] += 1
        return found

    def of_case(self, case: PlainCase) -> DutyOutcome | None:
        likeness = case.likeness(self.day)
        if likeness not in self._alike:
            self._alike[likeness] = self._outcome(case.evidence)
        return self._alike[likeness]

    def cell(self, due_on: date | None, outcome: DutyOutcome | None) -> MonthOutcome | None:
        """Where something counts that is due on a day; None: it does not."""
        if outcome and due_on and self._first <= due_on <= self._last:
            return due_on.month, outcome
        return None

    def _outcome(self, evidence: Evidence) -> DutyOutcome | None:
        return outcome_of(standing_of(evidence, self.day, soon_days=self._soon_days).state)


@dataclass(frozen=True)
class CourseQuestion:
    """Which duties, and from which day on they are followed."""

    township_id: int
    period: Period  # in which they are due, at most a year
    since: date
    day: date  # the last day that is asked for: what was known by then
    is_today: bool  # that day is today, and tomorrow it is the next one


Courses = Mapping[
    Place, Mapping[Place, DutyCourse]
]  # by row of today, by village that owed them first


def courses_by_place(
    session: Session, site: Site, asked: CourseQuestion, rows: Rows, now: datetime
) -> Courses:
    """The courses of every place of a township.

    Args:
        rows: all of the day.
    """

    def count(places: frozenset[Place] | None) -> Courses:
        villages = rows.villages_of(places)
        found: dict[Place, dict[Place, DutyCourse]] = defaultdict(dict)
        for village, course in _Reading(session, site, asked, now).courses(villages).items():
            found[rows.row_of_duty(village, None)][village] = course
        return found

    question = "courses", frozenset(rows.row_of.items()), asked.period.key
    on_day = () if asked.is_today else (asked.since, asked.day)
    return kept_by_place(
        session,
        site,
        asked.township_id,
        (*question, *on_day),
        now,
        count,
        rows.row_of,
        outlives_day=asked.is_today,
    )


@dataclass(frozen=True)
class _Reading:
    session: Session
    site: Site
    asked: CourseQuestion
    now: datetime

    def courses(self, villages: list[Place]) -> dict[Place, DutyCourse]:
        asked, found = self.asked, defaultdict[Place, DutyCourse](DutyCourse)
        judge = OutcomeJudge(self.site, asked.period, asked.since)
        span = asked.period.first, asked.period.last
        which = owed_in_span(
            self.session, asked.township_id, villages, *span, asked.day, since=asked.since
        )
        early = and_(which, known_by(asked.since))
        quiet, special = quiet_counts(
            self.session, early, early, asked.since, by_place=True, by_item=False
        )
        for (due_on, village), count in quiet.items():
            if count:  # else all of them have a story of their own
                self._add(judge, found[village], PlainCase(due_on), count)
        singles = special.union(
            self.session.scalars(select(Duty.id).where(which, self._is_apart()))
        )
        answered = answered_before(which, asked.day, self.now)
        plain, others = answered_plainly(self.session, self.site, answered)
        for duty in plain:
            if duty.id not in singles:
                self._add(judge, found[duty.village_id], duty.case, 1)
        singles |= others
        for some in chunks(sorted(singles)):
            for village, story in self._stories(some):
                found[village].stories.append(story)
        return found

    def _add(self, judge: OutcomeJudge, course: DutyCourse, case: PlainCase, count: int) -> None:
        """Duties of a place with the same days."""
        if not case.is_over(judge.day):
            course.plain[case] += count
        elif (cell := judge.cell(case.due_on, judge.of_case(case))) is not None:
            course.settled[cell] += count

    def _is_apart(self) -> ColumnElement[bool]:
        """Whether a duty is neither quiet nor answered, or did not exist yet on the first day."""
        return or_(not_answered_before(self.asked.day, self.now), ~known_by(self.asked.since))

    def _stories(self, duty_ids: list[int]) -> Iterable[tuple[Place, DutyStory]]:
        which = Duty.id.in_(duty_ids)
        duties = self.session.execute(duty_facts(which)).all()
        book = EvidenceBook(self.session, self.site, which, self.asked.day, self.now)
        catalogs = catalogs_of(self.session, {duty.adoption_id for duty in duties})
        moves = self._moves(which)
        for duty in duties:
            evidence = book.of(duty, catalogs[duty.adoption_id].find(duty.item_code))
            is_step = duty.occasion.startswith("matter:")
            yield (
                duty.from_village_id or duty.village_id,
                DutyStory(
                    replace(evidence, due_on=duty.due_on),
                    village_day(duty.opened_at) if is_step else date.min,
                    tuple(moves[duty.id]),
                ),
            )

    def _moves(self, which: ColumnElement[bool]) -> Mapping[int, list[tuple[date, date | None]]]:
        found = defaultdict(list)
        since = start_of(self.asked.since + ONE_DAY)
        for duty_id, at, before_on in self.session.execute(moves_since(which, since)):
            found[duty_id].append((village_day(at), before_on))
        return found
