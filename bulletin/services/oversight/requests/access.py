"""One request, for whom it exists."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import ensure_keeps, reads
from bulletin.store.information_requests import InformationRequest

NO_REQUEST = "没有这件申请。"


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
