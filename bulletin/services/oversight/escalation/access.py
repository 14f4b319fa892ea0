"""One step of 督办, for whom it exists."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.escalation.course import may_answer, may_issue
from bulletin.domain.oversight.escalation.steps import EscalationStep
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import reads
from bulletin.store.escalations import Escalation, EscalationItem, escalation_of_code

NO_ESCALATION = "没有这一份督办。"


def escalation_to_read(session: Session, actor: Actor, escalation_id: int) -> Escalation:
    """A step about a village that the actor sees; a case is for its addressees and the township's office.

    Raises:
        NotFoundError: there is none, or none for this person.
    """
    return _seen(session.get(Escalation, escalation_id), actor)


def id_of_code(session: Session, actor: Actor, code: str) -> int:
    """The step on whose paper a code stands; raises as `escalation_to_read`."""
    return _seen(escalation_of_code(session, code), actor).id


def _seen(escalation: Escalation | None, actor: Actor) -> Escalation:
    if (
        escalation is None
        or escalation.township_id != actor.township_id
        or not actor.may_see(escalation.village_id)
        or (escalation.step is EscalationStep.CASE and not sees_cases(actor, escalation.village_id))
    ):
        raise NotFoundError(NO_ESCALATION)
    return escalation


def sees_cases(actor: Actor, village_id: int) -> bool:
    """A case is about people: the office, and who answers for the village."""
    return reads(actor) or may_answer(actor, village_id)


def open_escalation(session: Session, actor: Actor, escalation_id: int) -> Escalation:
    """A step that is not closed yet, for the overseer.

    Raises:
        NotFoundError: as `escalation_to_read`.
        Refused: another's, or it is closed.
    """
    escalation = escalation_to_read(session, actor, escalation_id)
    ensure_issues(actor)
    ensure_open(escalation)
    return escalation


def ensure_issues(actor: Actor) -> None:
    if not may_issue(actor):
        raise refuse("not_your_role", "督办由乡镇督查发出、延期、办结。")


def item_of(escalation: Escalation, place: int) -> EscalationItem:
    """One of the things that a step is about, by its place on the paper.

    Raises:
        NotFoundError: there is none.
    """
    for item in escalation.items:
        if item.place == place:
            return item
    raise NotFoundError("这一份督办没有这一项。")


def ensure_open(what: Escalation | EscalationItem) -> None:
    if what.closed_on is not None:
        raise refuse("escalation_closed", "已经办结，不能再改。")
