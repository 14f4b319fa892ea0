"""What is said after a step: answers, an extension with its reason, and how it is closed."""

from collections.abc import Collection
from datetime import date

from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.errors import Refusal
from bulletin.domain.labels import Labelled
from bulletin.domain.oversight.escalation.steps import EscalationEnd, EscalationRules
from bulletin.domain.people import Actor, Role

ANSWERERS = (Role.LIAISON, Role.VILLAGE_HEAD)
MAX_SAID = 1000  # characters


class EscalationEntryKind(Labelled):
    ANSWER = "answer", "村里答复"
    EXTENSION = "extension", "延期"
    CLOSING = "closing", "办结"


def may_issue(actor: Actor) -> bool:
    """督办 is the township's overseer's; no village touches its record."""
    return actor.holds(Role.OVERSEER, None)


def may_answer(actor: Actor, village_id: int) -> bool:
    return any(actor.holds(role, village_id) for role in ANSWERERS)


def why_not_said(words: str, what: str) -> list[Refusal]:
    if not words.strip():
        return [Refusal("words_missing", f"请写明{what}。")]
    if len(words) > MAX_SAID:
        return [Refusal("text_too_long", f"最多{MAX_SAID}字。")]
    return []


def end_of_all(ends: Collection[EscalationEnd | None]) -> EscalationEnd | None:
    """How a step ended: as all its items, or as the one that says most of them; None while one is open."""
    if None in ends:
        return None
    return max((each for each in ends if each), key=list(EscalationEnd).index)


def why_no_extension(
    answer_by: date,
    until_on: date,
    taken: int,
    rules: EscalationRules,
    today: date,
    calendar: WorkCalendar,
) -> list[Refusal]:
    """Why the day may not be moved: too often, too late, or too far.

    Args:
        answer_by: the day as it is now.
        taken: how many extensions there were.
    """
    reasons = []
    if taken >= rules.extensions:
        reasons.append(Refusal("extended_before", f"最多延期{rules.extensions}次。"))
    if today > answer_by:
        reasons.append(Refusal("extended_late", "期限已经过了，不能再延期。"))
    last = calendar.count(answer_by, rules.extension_days)[0]
    if not answer_by < until_on <= last:
        words = f"延期要比原来的期限晚，最多晚{rules.extension_days}个工作日。"
        reasons.append(Refusal("extension_days", words))
    return reasons
