"""The workflow of an edition, as one table.

What the table does not hold is forbidden. Which steps of review an edition passes, and in which
order, is its procedure's to say; the table says NEXT_STEP and `state_after` looks it up.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say


class State(Labelled):
    DRAFT = "draft", "草稿"
    EXAMINING = "examining", "待监委会审查"  # 待村务监督委员会审查
    CONFIRMING = "confirming", "待联席会议确认"
    SCREENING = "screening", "待乡镇初审"
    APPROVING = "approving", "待乡镇审核"
    SCHEDULED = "scheduled", "待发布"  # approved; goes out at publish_at
    PUBLISHED = "published", "已发布"
    TAKEN_DOWN = "taken_down", "已撤下"
    CANCELLED = "cancelled", "已作废"  # 作废


class Act(Labelled):
    SUBMIT = "submit", "提交"
    EXAMINE = "examine", say("审查")
    CONFIRM = "confirm", say("确认")
    SCREEN = "screen", say("初审")
    APPROVE = "approve", say("审核")
    FORCE = "force", "特办"  # 特办: a step taken without other eyes
    SEND_BACK = "send_back", "退回"
    WITHDRAW = "withdraw", "撤回修改"
    ENDORSE = "endorse", "补审"  # 事后补审 of what was forced
    RESCHEDULE = "reschedule", "改期"  # another moment for what is approved and not yet out
    PUBLISH = "publish", "发布"
    CORRECT = "correct", "更正"  # opens the next edition
    TAKE_DOWN = "take_down", "撤下"
    CANCEL = "cancel", "作废"


# A new step of review is one line here, a state and an act above, and a line in procedures.yaml.
STATE_OF_STEP = {
    Act.EXAMINE: State.EXAMINING,
    Act.CONFIRM: State.CONFIRMING,
    Act.SCREEN: State.SCREENING,
    Act.APPROVE: State.APPROVING,
}
REVIEW_STEPS = tuple(STATE_OF_STEP)  # in the order in which procedures take them
STEP_OF_STATE = {state: step for step, state in STATE_OF_STEP.items()}
IN_REVIEW = frozenset(STEP_OF_STATE)
RELEASED = (State.SCHEDULED, State.PUBLISHED)  # public from its moment on; the record only follows
APPROVED = frozenset({*RELEASED, State.TAKEN_DOWN})

NextStep = Literal["next step"]
NEXT_STEP: NextStep = "next step"

TRANSITIONS: dict[tuple[State, Act], State | NextStep] = {
    (State.DRAFT, Act.SUBMIT): NEXT_STEP,
    (State.DRAFT, Act.CANCEL): State.CANCELLED,
    **dict.fromkeys(STEP_OF_STATE.items(), NEXT_STEP),
    **{(state, Act.FORCE): NEXT_STEP for state in STEP_OF_STATE},
    **{(state, Act.SEND_BACK): State.DRAFT for state in STEP_OF_STATE},
    **{(state, Act.WITHDRAW): State.DRAFT for state in STEP_OF_STATE},
    (State.SCHEDULED, Act.PUBLISH): State.PUBLISHED,
    (State.SCHEDULED, Act.CANCEL): State.CANCELLED,
    (State.SCHEDULED, Act.ENDORSE): State.SCHEDULED,
    (State.SCHEDULED, Act.RESCHEDULE): State.SCHEDULED,
    (State.SCHEDULED, Act.CORRECT): State.SCHEDULED,
    (State.PUBLISHED, Act.ENDORSE): State.PUBLISHED,
    (State.PUBLISHED, Act.CORRECT): State.PUBLISHED,
    (State.PUBLISHED, Act.TAKE_DOWN): State.TAKEN_DOWN,
    (State.TAKEN_DOWN, Act.CORRECT): State.TAKEN_DOWN,
}


def state_after(state: State, act: Act, steps: Sequence[Act]) -> State | None:
    """The state that an act leads to under a procedure's steps; None when it is forbidden.

    After the last step an edition is SCHEDULED, also when it goes out at once; without steps it is
    so when it is handed in.
    """
    target = TRANSITIONS.get((state, act))
    if target != NEXT_STEP:
        return target
    if state is State.DRAFT:
        return STATE_OF_STEP[steps[0]] if steps else State.SCHEDULED
    step = STEP_OF_STATE[state]
    if step not in steps:
        return None
    following = steps[steps.index(step) + 1 :]
    return STATE_OF_STEP[following[0]] if following else State.SCHEDULED


def state_at(state: State, publish_at: datetime | None, now: datetime) -> State:
    """The state as the law sees it: an approved edition is public from its moment on.

    The record may lag behind when the clock process slept, and be ahead when a machine's clock was;
    visibility never is.
    """
    if state not in RELEASED or publish_at is None:
        return state
    return State.PUBLISHED if publish_at <= now else State.SCHEDULED


def step_named(name: str) -> Act | None:
    """The step of review with this stored name; None when there is no such step."""
    return next((step for step in REVIEW_STEPS if step.value == name), None)


def is_last_step(state: State, steps: Sequence[Act]) -> bool:
    return STEP_OF_STATE.get(state) in steps[-1:]


def diagram(name: str, steps: Sequence[Act], words: dict[State, str], acts: dict[Act, str]) -> str:
    """One procedure as a Mermaid state diagram, straight from the table."""
    lines = ["```mermaid", "stateDiagram-v2", f"    %% {name}", "    [*] --> draft"]
    reachable = [State.DRAFT, *(STATE_OF_STEP[step] for step in steps)]
    reachable += [State.SCHEDULED, State.PUBLISHED, State.TAKEN_DOWN, State.CANCELLED]
    lines += [f"    {state.value}: {words[state]}" for state in reachable]
    for state in reachable:
        for act in Act:
            target = state_after(state, act, steps)
            if target is not None:
                lines.append(f"    {state.value} --> {target.value}: {acts[act]}")
    return "\n".join([*lines, "```"])
