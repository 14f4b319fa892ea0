"""属性认定: whether a piece of the township's information is disclosed by itself, on request, or not at all.

《政府信息公开条例》第十七条 asks for a review before anything is kept back: it is proposed with a reason
and looked at by a second person. What a village owes its people is always disclosed: 村民委员会组织法
（2025年修正）第三十五条.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.domain.errors import Refusal
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say
from bulletin.domain.people import Actor, Role

DECIDERS = (Role.APPROVER, Role.SCREENER)


class Attribute(Labelled):
    OPEN = "open", say("主动公开")
    ON_REQUEST = "on_request", say("依申请公开")
    WITHHELD = "withheld", say("不予公开")


@dataclass(frozen=True, kw_only=True)
class AttributeFacts:
    """A duty as far as its attribute is concerned."""

    of_township: bool
    is_open: bool  # nothing answers it yet
    is_written: bool  # somebody writes a notice for it
    proposed_by: int | None = None  # who proposed what waits for the second look
    is_proposed: bool = False


def proposal_refusals(attribute: Attribute, facts: AttributeFacts) -> tuple[Refusal, ...]:
    """Every reason why nothing may be proposed."""
    return tuple(_proposal_faults(attribute, facts))


def _proposal_faults(attribute: Attribute, facts: AttributeFacts) -> Iterator[Refusal]:
    if not facts.of_township:
        yield Refusal(
            "always_open", "村务依法应当公开（村民委员会组织法第三十五条），不能认定为不主动公开。"
        )
    if attribute is Attribute.OPEN:
        yield Refusal("open_anyway", "主动公开不用认定，直接起草就行。")
    if facts.is_proposed:
        yield Refusal("proposed_already", "已经提出过，等另一个人看。")
    if facts.is_written:
        yield Refusal("written_already", "已经有一份公开件在写，先作废它，再认定。")
    elif not facts.is_open:
        yield Refusal("not_open", "这一项已经有了结果，不能再认定。")


def decision_refusals(actor: Actor, facts: AttributeFacts) -> tuple[Refusal, ...]:
    """Every reason why a person may not take the second look."""
    seats = [(role, None) for role in DECIDERS]
    if not facts.is_proposed:
        return (Refusal("nothing_proposed", "没有等着认定的，可能别人刚刚看过。"),)
    if not any(actor.holds(role, village) for role, village in seats):
        words = "、".join(role.label for role in DECIDERS)
        return (Refusal("not_your_role", f"属性认定由{words}再看一遍。"),)
    behind = actor.in_place_of(seats)
    own = actor.id == facts.proposed_by
    if own or (behind and all(each.absent_id == facts.proposed_by for each in behind)):
        return (Refusal("own_proposal", "提出的人不能自己认定，要由另一个人看。"),)
    return ()


def finding_words(attribute: Attribute, reason: str) -> str:
    """Why a duty is not answered by a notice: 认定为不予公开：涉及个人隐私."""
    return f"认定为{attribute.label}：{reason}"
