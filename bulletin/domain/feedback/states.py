"""How a question stands on a day: computed from what was done, never stored."""

from dataclasses import dataclass
from datetime import date

from bulletin.domain.errors import Refusal
from bulletin.domain.feedback.clocks import ReplyClock
from bulletin.domain.feedback.kinds import FeedbackKind, Level, NotTaken, next_level
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say

MAX_ADDED = 10  # further words of one asker to one question


class FeedbackStatus(Labelled):
    PASSING = "passing", say("乡镇在转办")
    WAITING = "waiting", say("等待答复")
    OVERDUE = "overdue", say("超过期限还没有答复")
    ANSWERED = "answered", say("已答复")
    CORRECTED = "corrected", say("已答复，公开件已更正")
    NOT_TAKEN = "not_taken", say("不在这里办理")


OPEN = frozenset({FeedbackStatus.PASSING, FeedbackStatus.WAITING, FeedbackStatus.OVERDUE})


@dataclass(frozen=True, kw_only=True)
class FeedbackFacts:
    """What the rules need to know of one question."""

    kind: FeedbackKind
    village_id: int | None
    level: Level  # who has to answer now
    clocks: tuple[ReplyClock, ...]  # the last one runs, or ran
    passed: bool = True  # nothing of it waits until the township lets the village read it
    read_by_village: bool = True  # the village has some of it
    not_taken: NotTaken | None = None
    within_period: bool = False  # an objection that came in time
    corrected: bool = False  # a correction that it caused is public
    added: int = 0  # further words of the asker
    has_contact: bool = False
    erased: bool = False  # its words are gone at the asker's wish

    @property
    def clock(self) -> ReplyClock:
        return self.clocks[-1]

    @property
    def is_open(self) -> bool:
        return self.not_taken is None and self.clock.answered_on is None


def feedback_status(facts: FeedbackFacts, today: date) -> FeedbackStatus:
    """How it stands; late is said before who has it."""
    if facts.not_taken is not None:
        return FeedbackStatus.NOT_TAKEN
    if not facts.is_open:
        return FeedbackStatus.CORRECTED if facts.corrected else FeedbackStatus.ANSWERED
    if facts.clock.is_overdue(today):
        return FeedbackStatus.OVERDUE
    return FeedbackStatus.WAITING if facts.passed else FeedbackStatus.PASSING


def escalation_refusals(facts: FeedbackFacts, today: date) -> list[Refusal]:
    """Why the asker can't take it to the next level yet."""
    if facts.erased:
        return [Refusal("erased", say("内容已经按您的要求删除，不能再请上一级答复。"))]
    if facts.not_taken is not None:
        return [Refusal("not_taken", say("这件事不在这里办理，请按答复里说的去找。"))]
    if next_level(facts.level) is None:
        return [Refusal("last_level", say("已经到县级，这里没有再上一级了。"))]
    if facts.is_open and not facts.clock.is_overdue(today):
        return [
            Refusal(
                "not_due", say("还没有到答复的日期，到期没有答复，或者答复了不满意，再请上一级。")
            )
        ]
    return []


def addition_refusals(facts: FeedbackFacts) -> list[Refusal]:
    """Why the asker can't add anything."""
    if facts.erased:
        return [Refusal("erased", say("内容已经按您的要求删除，有别的事请另外提。"))]
    if facts.not_taken is not None:
        return [Refusal("not_taken", say("这件事不在这里办理，请按答复里说的去找。"))]
    if facts.added >= MAX_ADDED:
        return [
            Refusal(
                "too_many_added",
                say("一张回执最多补充%(most)s次，请打电话，或者另外提。", most=MAX_ADDED),
            )
        ]
    return []


def erasure_refusals(facts: FeedbackFacts) -> list[Refusal]:
    """Why its words can't be deleted yet: what is unanswered waits, so that nobody makes it vanish."""
    if facts.erased:
        return [Refusal("erased", say("内容已经删除了。"))]
    if facts.is_open:
        return [
            Refusal(
                "unanswered", say("还没有答复，答复以后才能删除内容。现在可以先去掉您的联系方式。")
            )
        ]
    return []


def holds_back_matter(facts: FeedbackFacts) -> bool:
    """Whether a matter waits with its next phase: an objection in time that nobody has answered."""
    return facts.kind is FeedbackKind.OBJECTION and facts.within_period and facts.is_open
