"""Who may do what with a question. The village never learns who asked, and reads it when the township let it."""

from bulletin.domain.errors import Refusal
from bulletin.domain.feedback.kinds import Level
from bulletin.domain.feedback.states import FeedbackFacts
from bulletin.domain.labels import Labelled
from bulletin.domain.people import Actor, Role

OF_TOWNSHIP = (Role.SCREENER, Role.APPROVER)  # who handle what came to the township
_WATCHERS = (*OF_TOWNSHIP, Role.OVERSEER, Role.ADMINISTRATOR)
_OF_VILLAGE = (Role.LIAISON, Role.VILLAGE_HEAD)


class FeedbackAct(Labelled):
    READ = "read", "查看"
    PASS_ON = "pass_on", "转给村里"
    ANSWER = "answer", "答复"
    TURN_AWAY = "turn_away", "不在这里办理"
    SEE_CONTACT = "see_contact", "看联系方式"
    FORGET_CONTACT = "forget_contact", "去掉联系方式"
    RECORD_JOINT = "record_joint", "登记联名"
    CORRECT = "correct", "起草更正"


def is_township(actor: Actor) -> bool:
    """Whether the person handles for the township what residents ask."""
    return any(actor.holds(role, None) for role in OF_TOWNSHIP)


def may_enter(actor: Actor, village_id: int | None) -> bool:
    """Who types in what came by phone, paper box or in person."""
    return is_township(actor) or actor.holds(Role.LIAISON, village_id)


def reads_all(actor: Actor) -> bool:
    """Whether the person reads what the asker wrote, passed on or not: the township, and who watches it."""
    return any(actor.holds(role, None) for role in _WATCHERS) or actor.oversees_county


def reads(actor: Actor, facts: FeedbackFacts) -> bool:
    """Whether a question exists for a person: the village's people see it once it was passed on."""
    if reads_all(actor):
        return True
    village = (Role.SUPERVISOR, *_OF_VILLAGE)
    if facts.village_id is None:
        return actor.holds(Role.LIAISON, None)
    return facts.read_by_village and any(actor.holds(role, facts.village_id) for role in village)


def answers(actor: Actor, facts: FeedbackFacts) -> bool:
    """Whether it is this person's to answer at the level where it is; the county's answer is recorded."""
    if facts.level is Level.VILLAGE:
        return any(actor.holds(role, facts.village_id) for role in _OF_VILLAGE)
    if facts.level is Level.TOWNSHIP and facts.village_id is None:
        return is_township(actor) or actor.holds(Role.LIAISON, None)
    return is_township(actor) or (facts.level is Level.COUNTY and actor.oversees_county)


def handlers(facts: FeedbackFacts) -> list[tuple[Role, int | None]]:
    """Whose turn it is, the first one that somebody holds: (role, village id; None: the township)."""
    if not facts.is_open:
        return []
    if facts.passed and facts.level is Level.VILLAGE:
        return [(role, facts.village_id) for role in _OF_VILLAGE]
    township = [(role, None) for role in OF_TOWNSHIP]
    return [(Role.LIAISON, None), *township] if facts.village_id is None else [*township]


def feedback_refusals(act: FeedbackAct, actor: Actor, facts: FeedbackFacts) -> list[Refusal]:
    """Every reason why a person can't do an act now; empty: may."""
    return [*_of_person(act, actor, facts), *_of_state(act, facts)]


def _of_person(act: FeedbackAct, actor: Actor, facts: FeedbackFacts) -> list[Refusal]:
    if act is FeedbackAct.READ:
        allowed = reads(actor, facts)
    elif act is FeedbackAct.ANSWER:
        allowed = reads(actor, facts) and answers(actor, facts)
    elif act is FeedbackAct.CORRECT:
        allowed = reads(actor, facts) and actor.holds(Role.LIAISON, facts.village_id)
    else:
        allowed = is_township(actor)
    if allowed:
        return []
    if act is FeedbackAct.ANSWER and facts.level is Level.VILLAGE:
        return [Refusal("not_your_role", "这一件由村里的信息员或村委会主任答复。")]
    if act is FeedbackAct.CORRECT:
        return [Refusal("not_your_role", "更正由起草的信息员办理。")]
    return [Refusal("not_your_role", "这件事由乡镇的专职信息员或分管领导办理。")]


def _of_state(act: FeedbackAct, facts: FeedbackFacts) -> list[Refusal]:
    if act is FeedbackAct.TURN_AWAY and not facts.is_open:
        return [Refusal("closed", "这一件已经办结了。")]
    if act is FeedbackAct.ANSWER and facts.not_taken is not None:
        return [Refusal("closed", "这一件不在这里办理，已经告诉村民去哪里。")]
    if act is FeedbackAct.PASS_ON and facts.passed:
        return [Refusal("passed", "已经转给村里了。")]
    contact = {FeedbackAct.SEE_CONTACT, FeedbackAct.FORGET_CONTACT}
    if act in contact and not facts.has_contact:
        return [Refusal("no_contact", "这一件没有留联系方式。")]
    return []
