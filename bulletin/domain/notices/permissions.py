"""Who may do which act to which edition. Buttons and verbs ask the same function."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bulletin.domain.errors import Refusal
from bulletin.domain.notices.workflow import (
    IN_REVIEW,
    STEP_OF_STATE,
    Act,
    State,
    state_after,
)
from bulletin.domain.people import REVIEW_ROLES, VILLAGE_ROLES, Actor, Role, StandIn


@dataclass(frozen=True, kw_only=True)
class EditionFacts:
    """What the rules need to know of an edition."""

    state: State  # as of now, see workflow.state_at
    village_id: int | None  # None: the township's own
    steps: Sequence[Act]
    step_roles: Mapping[Act, Role]
    editors: frozenset[int] = frozenset()  # everyone who touched the text
    takers: Mapping[Act, int] = field(default_factory=dict)  # steps taken in this round of review
    forced: bool = False  # at least one step was forced
    endorsed: bool = False
    forcers: frozenset[int] = frozenset()
    represented: frozenset[int] = frozenset()  # in whose place steps of this round were taken

    @property
    def took_part(self) -> frozenset[int]:
        """Who has had a step of this round, in person or through a deputy."""
        return self.represented.union(self.takers.values())


def refusals(act: Act, actor: Actor, edition: EditionFacts) -> tuple[Refusal, ...]:
    """Every reason why this person may not do this now; empty when they may."""
    if state_after(edition.state, act, edition.steps) is None:
        words = f"“{edition.state.label}”的公开件不能{act.label}。"
        return (Refusal("not_in_this_state", words),)
    return (*_place(act, actor, edition), *_other_eyes(act, actor, edition))


def may(act: Act, actor: Actor, edition: EditionFacts) -> bool:
    """Whether nothing speaks against an act; `refusals` says what does."""
    return not refusals(act, actor, edition)


def holders(act: Act, edition: EditionFacts) -> tuple[tuple[Role, int | None], ...]:
    """The appointments that an act asks for; any one of them will do."""
    village = edition.village_id
    if act in edition.step_roles:
        return (_seat(edition.step_roles[act], village),)
    match act:
        case Act.SUBMIT | Act.WITHDRAW | Act.CORRECT:
            return ((Role.LIAISON, village),)
        case Act.SEND_BACK:
            return (_seat(edition.step_roles[STEP_OF_STATE[edition.state]], village),)
        case Act.CANCEL:
            return ((Role.LIAISON, village), *_heads(village))
        case Act.TAKE_DOWN:
            return ((Role.LIAISON, village), *_heads(village), (Role.APPROVER, None))
        case Act.RESCHEDULE:  # the drafter, and who took the last step and let the moment stand
            last = (_seat(edition.step_roles[step], village) for step in edition.steps[-1:])
            return ((Role.LIAISON, village), *last)
        case Act.FORCE | Act.ENDORSE:
            return tuple(dict.fromkeys(_seat(role, village) for role in sorted(REVIEW_ROLES)))
        case _:
            return ()


def _seat(role: Role, village_id: int | None) -> tuple[Role, int | None]:
    return (role, village_id if role in VILLAGE_ROLES else None)


def _heads(village_id: int | None) -> tuple[tuple[Role, int | None], ...]:
    return (
        ((Role.VILLAGE_HEAD, village_id),) if village_id is not None else ((Role.APPROVER, None),)
    )


def _place(act: Act, actor: Actor, edition: EditionFacts) -> tuple[Refusal, ...]:
    seats = holders(act, edition)
    if act is Act.PUBLISH:
        if actor.is_system:
            return ()
        return (Refusal("the_clock_publishes", "到了时间由系统自动发布，不需要人工操作。"),)
    if any(actor.holds(role, village) for role, village in seats):
        return ()
    words = "、".join(dict.fromkeys(role.label for role, _ in seats))
    return (Refusal("not_your_role", f"{act.label}要由{words}办理。"),)


def _other_eyes(act: Act, actor: Actor, edition: EditionFacts) -> tuple[Refusal, ...]:
    reasons: list[Refusal] = []
    reviewing = act in edition.step_roles and edition.state in IN_REVIEW
    if reviewing and actor.id in edition.editors:
        reasons.append(Refusal("own_edit", "您改过这份内容，要由没有改过的人来审。"))
    if reviewing and actor.id in edition.takers.values():
        reasons.append(Refusal("one_step_each", "您已经办过前面一步，这一步要由另一个人办。"))
    elif reviewing and actor.id in edition.represented:
        reasons.append(Refusal("one_step_each", "替您的人已经办过前面一步，这一步要由另一个人办。"))
    if reviewing:
        reasons += _behind_a_deputy(act, actor, edition)
    if act is Act.ENDORSE:
        reasons += _endorsement(actor, edition)
    return tuple(reasons)


def _behind_a_deputy(act: Act, actor: Actor, edition: EditionFacts) -> list[Refusal]:
    """Other eyes than those of the absent person too: nobody reviews through a deputy what is theirs."""
    absent = representing(act, actor, edition)
    if absent is None or absent.absent_id not in edition.editors | edition.took_part:
        return []
    if absent.absent_id in edition.editors:
        words = f"{absent.name}改过这份内容，替{absent.name}的人也不能审。"
        return [Refusal("absent_edited", words)]
    words = f"{absent.name}已经办过前面一步，这一步不能再替{absent.name}办。"
    return [Refusal("absent_took_step", words)]


def representing(act: Act, actor: Actor, edition: EditionFacts) -> StandIn | None:
    """In whose place a person does an act, best of someone who had no part yet; None: by own right."""
    behind = actor.in_place_of(holders(act, edition))
    free = (
        absent for absent in behind if absent.absent_id not in edition.editors | edition.took_part
    )
    return next(free, behind[0] if behind else None)


def _endorsement(actor: Actor, edition: EditionFacts) -> list[Refusal]:
    if not edition.forced or edition.endorsed:
        return [Refusal("nothing_to_endorse", "这份公开件没有等待补审的特办步骤。")]
    barred = edition.forcers | edition.editors
    behind = actor.in_place_of(holders(Act.ENDORSE, edition))
    if actor.id in barred or (behind and all(each.absent_id in barred for each in behind)):
        return [Refusal("own_force", "补审要由没有改过、也没有特办过这份公开件的人办理。")]
    return []
