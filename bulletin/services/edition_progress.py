"""Who handled an edition, in words: for residents, and for the timeline at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bulletin.domain.days import day_words, village_day
from bulletin.domain.languages.sentences import known_words, say
from bulletin.domain.notices.procedures import ReviewStepRule
from bulletin.domain.notices.workflow import (
    APPROVED,
    STEP_OF_STATE,
    Act,
    State,
    state_after,
    state_at,
)
from bulletin.domain.people import Role
from bulletin.services.site import Site
from bulletin.store.edition_parts import ReviewStep
from bulletin.store.notices import Edition


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that was done to an edition, for the desk."""

    at: datetime
    who: str
    words: str
    reason: str


def handled_words(site: Site, edition: Edition) -> tuple[str, ...]:
    """The steps of the last round as residents read them: 村务监督委员会10月8日审查."""
    bodies = {s.act: s.body for s in site.procedure(edition.notice.procedure).steps}
    return tuple(
        _step_words(step, bodies, edition)
        for step in edition.steps
        if step.review_round == edition.review_round
        and step.step is not None
        and (step.act in bodies or step.act is Act.FORCE)
    )


def _step_words(step: ReviewStep, bodies: dict[Act, str], edition: Edition) -> str:
    on = step.meeting_on or village_day(step.at)
    if step.step is None:
        raise ValueError("only steps have words")
    words = say(
        "%(body)s%(day)s%(act)s",
        body=known_words(bodies[step.step]),
        day=day_words(on),
        act=step.step.label,
    )
    if step.act is not Act.FORCE:
        return words
    endorsed = edition.endorsed_at
    on_day = say("%(day)s已补审", day=day_words(village_day(endorsed))) if endorsed else None
    after = on_day or say("待补审")
    return say("%(words)s（特办，%(after)s）", words=words, after=after)


def timeline(edition: Edition) -> tuple[TimelineEntry, ...]:
    """Everything that was done to an edition, the newest first."""
    return tuple(
        TimelineEntry(s.at, s.taken_by, _timeline_words(s), s.reason)
        for s in reversed(edition.steps)
    )


def _timeline_words(step: ReviewStep) -> str:
    words = step.act.label
    if step.act is Act.FORCE and step.step is not None:
        words = f"特办（{step.step.label}）"
    if step.meeting_on is not None:
        words += f"，联席会议{day_words(step.meeting_on)}"
    return words


def lies_with(site: Site, edition: Edition) -> str:
    """On whose desk it lies: 信息员, 村务监督委员会成员 … ; '' when nobody has to act."""
    if edition.state is State.DRAFT:
        return "信息员"
    step = STEP_OF_STATE.get(edition.state)
    if step is None:
        return ""
    roles = {s.act: s.role for s in site.procedure(edition.notice.procedure).steps}
    return roles[step].label


@dataclass(frozen=True)
class DeskTime:
    """How long something lay on one desk."""

    who: str  # 信息员
    doing: str  # 起草 | 审查 | 还没有动笔
    from_on: date
    until_on: date | None  # None: it still lies there

    def days(self, today: date) -> int:
        return ((self.until_on or today) - self.from_on).days


def desk_times(site: Site, edition: Edition) -> list[DeskTime]:
    """On whose desk an edition lay from its first line to its approval, in order."""
    procedure = {s.act: s for s in site.procedure(edition.notice.procedure).steps}
    state, since, times = State.DRAFT, village_day(edition.notice.opened_at), []
    for step in edition.steps:
        following = state_after(state, step.act, list(procedure))
        if following is None or following is state:
            continue
        times.append(_desk_time(procedure, state, since, village_day(step.at)))
        state, since = following, village_day(step.at)
    if edition.state is State.DRAFT or edition.state in STEP_OF_STATE:
        times.append(_desk_time(procedure, edition.state, since, None))
    return times


def _desk_time(
    procedure: Mapping[Act, ReviewStepRule], state: State, from_on: date, until_on: date | None
) -> DeskTime:
    act = STEP_OF_STATE.get(state)
    if act is None:
        return DeskTime(Role.LIAISON.label, "起草", from_on, until_on)
    return DeskTime(procedure[act].role.label, act.label, from_on, until_on)


def state_words(edition: Edition) -> str:
    last = edition.steps[-1] if edition.steps else None
    if edition.state is State.DRAFT and last is not None and last.act is Act.SEND_BACK:
        return "被退回"
    return edition.state.label


def return_reason(edition: Edition) -> str:
    """Why a draft came back, while it is on the drafter's desk."""
    last = _return(edition)
    return last.reason if last else ""


def returned_by(edition: Edition) -> str:
    """Who sent it back, when and at which step: 孙示例，10月9日审查时退回."""
    last = _return(edition)
    if last is None:
        return ""
    day = village_day(last.at)
    at_step = f"{last.step.label}时" if last.step else ""
    return f"{last.taken_by}，{day_words(day, since=day)}{at_step}退回"


def _return(edition: Edition) -> ReviewStep | None:
    last = edition.steps[-1] if edition.steps else None
    is_back = last is not None and last.act is Act.SEND_BACK and edition.state is State.DRAFT
    return last if is_back else None


Where = Literal["done", "here", "ahead"]


@dataclass(frozen=True)
class Stage:
    words: str  # 村务监督委员会审查
    where: Where
    note: str  # 孙示例，10月8日


def stages(site: Site, edition: Edition, now: datetime) -> tuple[Stage, ...]:
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
        for step in site.procedure(edition.notice.procedure).steps
    )
    return (Stage("起草", drafting, ""), *review, _publication(edition, now))


def _stage(
    step: ReviewStepRule,
    taken: ReviewStep | None,
    here: Act | None,
    edition: Edition,
    now: datetime,
) -> Stage:
    words = f"{step.body}{step.act.label}"
    if step.act is here:
        since = day_words(village_day(edition.state_since), since=village_day(now))
        return Stage(words, "here", f"{since}送到")
    if taken is None or edition.state is State.DRAFT:
        return Stage(words, "ahead", "")
    on = day_words(village_day(taken.at), since=village_day(now))
    forced = "，特办" if taken.act is Act.FORCE else ""
    return Stage(words, "done", f"{taken.taken_by}，{on}{forced}")


def _publication(edition: Edition, now: datetime) -> Stage:
    if edition.state not in APPROVED or edition.publish_at is None:
        return Stage("发布", "ahead", "")
    at = f"{day_words(village_day(edition.publish_at), since=village_day(now))}"
    public = state_at(edition.state, edition.publish_at, now) is not State.SCHEDULED
    return Stage("发布", "done" if public else "here", at)
