"""What came of the questions of half a year, counted from plain facts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bulletin.domain.feedback.kinds import FeedbackChannel, FeedbackKind, Level, NotTaken


@dataclass
class ReplyCounts:
    """How the terms of one level ended."""

    on_time: int = 0
    late: int = 0
    failed: int = 0  # the day has passed without an answer
    running: int = 0

    def add(self, due_on: date, answered_on: date | None, today: date) -> None:
        if answered_on is None:
            self.failed += today > due_on
            self.running += today <= due_on
        else:
            self.late += answered_on > due_on
            self.on_time += answered_on <= due_on

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.failed + self.running


@dataclass(frozen=True)
class AskedFacts:
    id: int
    village_id: int | None
    kind: FeedbackKind
    channel: FeedbackChannel
    not_taken: NotTaken | None
    is_joint: bool


@dataclass(frozen=True)
class TermFacts:
    feedback_id: int
    level: Level
    due_on: date
    answered_on: date | None


@dataclass
class PlaceCounts:
    """What was asked of one village, or of the township itself."""

    asked: int = 0
    above: int = 0  # went to the next level
    by_level: dict[Level, ReplyCounts] = field(
        default_factory=lambda: {level: ReplyCounts() for level in Level}
    )

    @property
    def first(self) -> ReplyCounts:
        """The answers of the place itself."""
        return self.by_level[Level.VILLAGE]


@dataclass
class HalfYearCounts:
    kinds: Counter[FeedbackKind] = field(default_factory=Counter)
    channels: Counter[FeedbackChannel] = field(default_factory=Counter)
    not_taken: Counter[NotTaken] = field(default_factory=Counter)
    joint: int = 0
    places: dict[int | None, PlaceCounts] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        return self.kinds.total()

    @property
    def above(self) -> int:
        return sum(each.above for each in self.places.values())

    def of_level(self, level: Level) -> ReplyCounts:
        """The terms of a level, of all places together."""
        sums = ReplyCounts()
        for each in (place.by_level[level] for place in self.places.values()):
            sums.on_time += each.on_time
            sums.late += each.late
            sums.failed += each.failed
            sums.running += each.running
        return sums


def half_year_counts(
    asked: Iterable[AskedFacts], terms: Iterable[TermFacts], today: date
) -> HalfYearCounts:
    """The counts of some questions, with all their terms, as they stand on a day."""
    counts, of_question = HalfYearCounts(), {}
    for each in asked:
        counts.kinds[each.kind] += 1
        counts.channels[each.channel] += 1
        counts.joint += each.is_joint
        if each.not_taken:
            counts.not_taken[each.not_taken] += 1
        place = counts.places.setdefault(each.village_id, PlaceCounts())
        place.asked += 1
        of_question[each.id] = place, each.village_id is not None
    went_above = set()
    for term in terms:
        place, of_village = of_question[term.feedback_id]
        place.by_level[term.level].add(term.due_on, term.answered_on, today)
        if of_village and term.level is not Level.VILLAGE and term.feedback_id not in went_above:
            went_above.add(term.feedback_id)
            place.above += 1
    return counts
