"""A round over the form: when it may be ended, and who may say how the village stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bulletin.domain.errors import Refusal
from bulletin.domain.labels import Labelled
from bulletin.domain.oversight.inspections.form import Criterion, CriterionMark, InspectionKind
from bulletin.domain.people import Actor, Role

ROUNDS = {InspectionKind.SELF_CHECK: 1, InspectionKind.INSPECTION: 2}  # at most
BY_VILLAGE = (Role.LIAISON, Role.SUPERVISOR, Role.VILLAGE_HEAD)
WHO = {
    InspectionKind.SELF_CHECK: "自查由村里的信息员、监委会成员或者主任做。",
    InspectionKind.INSPECTION: "检查由乡镇督查做。",
}


class InspectionState(Labelled):
    OPEN = "open", "正在看"
    MENDING = "mending", "整改中"  # the round is over, something is to be mended
    ROUND_DONE = "round_done", "等认定"  # everything was met, or the second round is over
    SIGNED = "signed", "已经签字"


@dataclass(frozen=True)
class Answer:
    mark: CriterionMark
    words: str = ""  # why not, or why it does not apply


def may_inspect(actor: Actor, kind: InspectionKind, village_id: int) -> bool:
    """Whether a person fills in, ends and signs an inspection of this kind."""
    if kind is InspectionKind.INSPECTION:
        return actor.holds(Role.OVERSEER, None)
    return any(actor.holds(role, village_id) for role in BY_VILLAGE)


def why_not_ended(asked: Iterable[Criterion], answers: Mapping[str, Answer]) -> list[Refusal]:
    """Why a round can't be ended: something is not answered, or not said why."""
    reasons, asked = [], tuple(asked)
    if missing := [each for each in asked if each.key not in answers]:
        named = "；".join(each.words for each in missing[:3])
        reasons.append(Refusal("not_answered", f"还有{len(missing)}条没有填：{named}"))
    unsaid = [
        each
        for each in asked
        if each.key in answers
        and answers[each.key].mark is not CriterionMark.MET
        and not answers[each.key].words.strip()
    ]
    reasons += [
        Refusal("not_said_why", f"“{each.words}”填了{answers[each.key].mark.label}，请写明情况。")
        for each in unsaid
    ]
    return reasons


def why_no_mending_day(mend_by: date | None, today: date) -> list[Refusal]:
    if mend_by is None or mend_by > today:
        return []
    return [Refusal("mending_day", "整改期限要在今天以后。")]


def why_not_signed(name: str, actor: Actor) -> list[Refusal]:
    """A signature is one's own full name."""
    if name.strip() == actor.name:
        return []
    return [Refusal("signature", f"签名要写自己的姓名：{actor.name}。")]


def state_of(
    kind: InspectionKind, *, round_ended: bool, signed: bool, open_findings: int, number: int
) -> InspectionState:
    """Where an inspection stands.

    Args:
        round_ended: whether the newest round is over.
        number: of that round, from 1.
    """
    if signed:
        return InspectionState.SIGNED
    if not round_ended:
        return InspectionState.OPEN
    waits = open_findings and number < ROUNDS[kind]
    return InspectionState.MENDING if waits else InspectionState.ROUND_DONE
