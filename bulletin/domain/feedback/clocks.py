"""Reply clocks: by which day an answer is due, and by which rule.

Provinces set the days (schedules/replies.yaml). Where the province has none for a level, the township's own
number of days holds and is said to be its own. What a paper printed for an objection is kept as promised,
unless the province gives fewer days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.feedback.kinds import Level
from bulletin.domain.languages.sentences import Sentence, known_words, say
from bulletin.domain.objections.lines import DayCount

MAX_REPLY_DAYS = 60
PRINTED = say("公开件上写的")


@dataclass(frozen=True, kw_only=True)
class ProvinceReplies:
    """The reply days of a province, in natural days; a level that its rules leave open is missing."""

    province: str  # 四川
    basis: str  # 《四川省村务公开条例》第十六条、第十七条
    days: Mapping[Level, int]


ReplyRules = Mapping[str, ProvinceReplies]  # by the first two digits of a statistical code


@dataclass(frozen=True)
class ReplyLimit:
    """Within how many days an answer is due."""

    within: DayCount
    basis: str = ""  # '' for the township's own

    @property
    def is_own(self) -> bool:
        return not self.basis

    @property
    def words(self) -> Sentence:
        """10日内（乡镇自己定的） / 3日内（《重庆市…》第三十一条）."""
        return say(
            "%(within)s内（%(basis)s）",
            within=self.within.words(),
            basis=known_words(self.basis) if self.basis else say("乡镇自己定的"),
        )

    def due_on(self, from_on: date, calendar: WorkCalendar) -> date:
        """The last day; the day of asking does not count (民法典第二百零一条)."""
        return self.within.last_day(from_on, calendar)


def reply_limit(
    rules: ReplyRules,
    code: str,
    level: Level,
    *,
    own_days: int,
    printed: DayCount | None = None,
    from_on: date,
    calendar: WorkCalendar,
) -> ReplyLimit:
    """The limit for a level.

    Args:
        code: the statistical code of the place.
        own_days: natural days that the township gives itself.
        printed: what the paper promised to whoever objects.
    """
    province = rules.get(code[:2])
    days = province.days.get(level) if province else None
    of_province = ReplyLimit(DayCount(days), province.basis) if province and days else None
    if printed is not None:
        promised = ReplyLimit(printed, PRINTED)
        candidates = [promised, *([of_province] if of_province else [])]
        return min(candidates, key=lambda limit: limit.due_on(from_on, calendar))
    return of_province or ReplyLimit(DayCount(own_days))


@dataclass(frozen=True, kw_only=True)
class ReplyClock:
    """One term within which somebody answers; a further question or the next level starts another."""

    level: Level
    started_on: date
    due_on: date
    answered_on: date | None = None

    def is_overdue(self, today: date) -> bool:
        return self.answered_on is None and today > self.due_on

    @property
    def was_late(self) -> bool:
        return self.answered_on is not None and self.answered_on > self.due_on
