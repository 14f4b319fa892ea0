"""One inspection, for whom it exists."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.inspections.rounds import WHO, may_inspect
from bulletin.domain.people import Actor
from bulletin.store.inspections import Inspection, InspectionFinding

NO_INSPECTION = "没有这次检查。"


def inspection_to_read(session: Session, actor: Actor, inspection_id: int) -> Inspection:
    """An inspection of a village that the actor sees.

    Raises:
        NotFoundError: there is none, or none for this person.
    """
    inspection = session.get(Inspection, inspection_id)
    if (
        inspection is None
        or inspection.township_id != actor.township_id
        or not actor.may_see(inspection.village_id)
    ):
        raise NotFoundError(NO_INSPECTION)
    return inspection


def inspection_to_fill(session: Session, actor: Actor, inspection_id: int) -> Inspection:
    """The same, that is not signed yet and that the actor does.

    Raises:
        NotFoundError: as `inspection_to_read`.
        Refused: it is another's, or it is signed.
    """
    inspection = inspection_to_read(session, actor, inspection_id)
    if not may_inspect(actor, inspection.kind, inspection.village_id):
        raise refuse("not_your_role", WHO[inspection.kind])
    if inspection.signed_on is not None:
        raise refuse("inspection_signed", "已经签字，不能再改。")
    return inspection


def finding_to_read(session: Session, actor: Actor, finding_id: int) -> InspectionFinding:
    """What is to be mended, of an inspection that the actor sees.

    Raises:
        NotFoundError: there is none, or none for this person.
    """
    finding = session.get(InspectionFinding, finding_id)
    if finding is None:
        raise NotFoundError("没有这一条整改。")
    inspection_to_read(session, actor, finding.inspection_id)
    return finding
