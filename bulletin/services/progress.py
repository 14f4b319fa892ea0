"""How far an edition has come on its way: the stages of its procedure, in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bulletin.domain.days import day_words, village_day
from bulletin.domain.notices.procedures import Step
from bulletin.domain.notices.workflow import APPROVED, STEP_OF_STATE, Act, State, state_at
from bulletin.domain.wording import ACT_WORDS
from bulletin.services.site import House
from bulletin.store.notices import Edition, ReviewStep

Where = Literal["done", "here", "ahead"]


@dataclass(frozen=True)
class Stage:
    words: str  # 村务监督委员会审查
    where: Where
    note: str  # 孙示例，10月8日


def stages(house: House, edition: Edition, now: datetime) -> tuple[Stage, ...]:
    """From drafting to publication."""
    here = STEP_OF_STATE.get(edition.state)
    taken = {
        step.step: step
        for step in edition.steps
        if step.review_round == edition.review_round
        and step.step is not None
        and step.act in {step.step, Act.FORCE}
    }
    drafting: Where = "here" if edition.state is State.DRAFT else "done"
    review = (
        _stage(step, taken.get(step.act), here, edition, now)
        for step in house.procedure(edition.notice.procedure).steps
    )
    return (Stage("起草", drafting, ""), *review, _publication(edition, now))


def _stage(
    step: Step, taken: ReviewStep | None, here: Act | None, edition: Edition, now: datetime
) -> Stage:
    words = f"{step.body}{ACT_WORDS[step.act]}"
    if step.act is here:
        since = day_words(village_day(edition.state_since), since=village_day(now))
        return Stage(words, "here", f"{since}送到")
    if taken is None or edition.state is State.DRAFT:
        return Stage(words, "ahead", "")
    on = day_words(village_day(taken.at), since=village_day(now))
    forced = "，特办" if taken.act is Act.FORCE else ""
    return Stage(words, "done", f"{taken.person_name}，{on}{forced}")


def _publication(edition: Edition, now: datetime) -> Stage:
    if edition.state not in APPROVED or edition.publish_at is None:
        return Stage("发布", "ahead", "")
    at = f"{day_words(village_day(edition.publish_at), since=village_day(now))}"
    public = state_at(edition.state, edition.publish_at, now) is not State.SCHEDULED
    return Stage("发布", "done" if public else "here", at)
