"""看联系方式: the township's alone, and each look is in the history."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.errors import NotFoundError
from bulletin.domain.feedback.permissions import FeedbackAct
from bulletin.domain.people import Actor
from bulletin.services.feedback.records import NO_FEEDBACK, feedback_for, subject_of
from bulletin.services.history import record
from bulletin.services.site import Site


@dataclass(frozen=True)
class AskerContact:
    name: str
    address: str


def see_contact(site: Site, actor: Actor, feedback_id: int, now: datetime) -> AskerContact:
    """How to reach who asked; shown once for each look.

    Raises:
        NotFoundError, Refused: as `feedback_for`.
    """
    with site.sessions.writing() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.SEE_CONTACT, now)
        if feedback.contact is None:  # pragma: no cover - the rule said so
            raise NotFoundError(NO_FEEDBACK)
        record(session, actor, "see_contact", subject_of(feedback), now)
        return AskerContact(feedback.contact.name, feedback.contact.address)
