"""Which step may follow, and why: reminded, ordered (督办单), named (通报), held to account (责任追究)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bulletin.domain.days import day_words
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.labels import Labelled


class EscalationStep(Labelled):
    """In the order in which they follow; before them stands the reminder, which goes out by itself."""

    ORDER = "order", "督办单"
    CIRCULAR = "circular", "通报"
    CASE = "case", "责任追究"


class EscalationEnd(Labelled):
    MENDED = "mended", "已经整改"
    NOT_OWED = "not_owed", "不用公开，撤销"
    HANDED_ON = "handed_on", "移交有权处理的机关"


@dataclass(frozen=True)
class StepRule:
    after: int  # natural days
    answer: int  # working days
    may_be_public: bool
    basis: str


@dataclass(frozen=True)
class EscalationRules:
    steps: Mapping[EscalationStep, StepRule]
    extensions: int  # how often
    extension_days: int  # working days, each

    def answer_by(self, step: EscalationStep, issued_on: date, calendar: WorkCalendar) -> date:
        return calendar.count(issued_on, self.steps[step].answer)[0]


@dataclass(frozen=True)
class IssuedStep:
    """A step that was taken, of whichever was newest."""

    step: EscalationStep
    answer_by: date
    is_closed: bool


@dataclass(frozen=True)
class StepOffer:
    """What may be issued, and the sentence that says why."""

    step: EscalationStep
    why: str


def offered_step(
    was_due_on: date, newest: IssuedStep | None, rules: EscalationRules, today: date
) -> StepOffer | None:
    """The step that may follow for something that is still open.

    Args:
        was_due_on: the day on which it was due, or to be mended.
        newest: None before the first step. What a person closed is not taken up again.
    """
    if newest is None:
        return _first(was_due_on, rules, today)
    steps: Sequence[EscalationStep] = list(EscalationStep)
    place = steps.index(newest.step) + 1
    if newest.is_closed or place == len(steps):
        return None
    step = steps[place]
    days, after = (today - newest.answer_by).days, rules.steps[step].after
    if days < after:
        return None
    by = day_words(newest.answer_by, since=today)
    why = f"{newest.step.label}应于{by}前办结，过了{days}天还没有办结（过{after}天可以发{step.label}）"
    return StepOffer(step, why)


def _first(was_due_on: date, rules: EscalationRules, today: date) -> StepOffer | None:
    step = next(iter(EscalationStep))
    days, after = (today - was_due_on).days, rules.steps[step].after
    if days < after:
        return None
    due = day_words(was_due_on, since=today)
    return StepOffer(step, f"应于{due}完成，迟了{days}天（迟{after}天可以发{step.label}）")


def latest_due(rules: EscalationRules, today: date) -> date:
    """What was due by this day may be ordered."""
    return today - timedelta(days=rules.steps[EscalationStep.ORDER].after)
