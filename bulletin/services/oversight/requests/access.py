"""Whose the ledger is: who keeps it, and who of the township reads it."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor, Role
from bulletin.store.information_requests import InformationRequest

KEEPING = "依申请公开由乡镇的信息员或专职信息员登记、办理。"
NO_REQUEST = "没有这件申请。"
_KEEPERS = (Role.LIAISON, Role.SCREENER)
_READERS = (*_KEEPERS, Role.APPROVER, Role.OVERSEER, Role.ADMINISTRATOR)


def keeps(actor: Actor) -> bool:
    """Whether a person enters requests and answers them."""
    return any(actor.holds(role, None) for role in _KEEPERS)


def reads(actor: Actor) -> bool:
    """Whether a person sees the ledger: of the township, never of a village."""
    return any(actor.holds(role, None) for role in _READERS)


def ensure_keeps(actor: Actor) -> None:
    """Raises `Refused` for whoever does not keep the ledger."""
    if not keeps(actor):
        raise refuse("not_your_role", KEEPING)


def request_to_read(session: Session, actor: Actor, request_id: int) -> InformationRequest:
    """A request of the actor's township.

    Raises:
        NotFoundError: there is none, or none for this person.
    """
    request = session.get(InformationRequest, request_id)
    if request is None or request.township_id != actor.township_id or not reads(actor):
        raise NotFoundError(NO_REQUEST)
    return request


def request_to_keep(session: Session, actor: Actor, request_id: int) -> InformationRequest:
    """The same, of which one may do something, and that is not ended.

    Raises:
        NotFoundError: as `request_to_read`.
        Refused: the person does not keep the ledger, or it is ended.
    """
    request = request_to_read(session, actor, request_id)
    ensure_keeps(actor)
    if request.ended_on is not None:
        raise refuse("request_ended", "这件申请已经办结，不能再改。")
    return request
