"""登记联名: how many signed together, of how many; the list of names stays on paper."""

from datetime import datetime

from bulletin.domain.errors import Refused
from bulletin.domain.feedback.joint import Joint, joint_refusals
from bulletin.domain.feedback.permissions import FeedbackAct
from bulletin.domain.people import Actor
from bulletin.services.feedback.records import feedback_for, subject_of
from bulletin.services.history import record
from bulletin.services.site import Site


def record_joint(site: Site, actor: Actor, feedback_id: int, joint: Joint, now: datetime) -> Joint:
    """Keep the figures of a joint signature, and say whether they are enough.

    Raises:
        NotFoundError: no such question for this person.
        Refused: not the township's, or counts that can't be.
    """
    if refusals := joint_refusals(joint):
        raise Refused(*refusals)
    with site.sessions.writing() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.RECORD_JOINT, now)
        feedback.joint_kind = joint.kind
        feedback.joint_signed, feedback.joint_total = joint.signed, joint.total
        record(
            session,
            actor,
            "record_joint",
            subject_of(feedback),
            now,
            kind=joint.kind.value,
            signed=joint.signed,
            total=joint.total,
        )
    return joint
