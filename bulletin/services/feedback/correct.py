"""更正 that a question caused: begun from the question, and linked to it."""

from datetime import datetime

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.feedback.permissions import FeedbackAct
from bulletin.domain.people import Actor
from bulletin.services.feedback.records import NO_FEEDBACK, feedback_for, subject_of
from bulletin.services.history import record
from bulletin.services.notices.drafts.correct import correct
from bulletin.services.site import Site
from bulletin.store.feedback import FeedbackCorrection


def correct_for(site: Site, actor: Actor, feedback_id: int, now: datetime) -> str:
    """Open the next edition of the notice that was asked about, or take the one that is open.

    Returns:
        The code of the notice.

    Raises:
        NotFoundError: no such question for this person, or it is about no notice.
        Refused: the person drafts no correction here, or nothing is left to correct.
    """
    with site.sessions.reading() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.CORRECT, now)
        if feedback.notice is None:
            raise NotFoundError(NO_FEEDBACK)
        code = feedback.notice.code
    try:
        correct(site, actor, code, now)
    except Refused as refused:
        if "correction_open" not in refused.codes:
            raise
    with site.sessions.writing() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.CORRECT, now)
        if feedback.notice is None:
            raise NotFoundError(NO_FEEDBACK)
        edition = feedback.notice.editions[-1]
        if all(each.edition_id != edition.id for each in feedback.corrections):
            feedback.corrections.append(
                FeedbackCorrection(
                    township_id=feedback.township_id,
                    edition_id=edition.id,
                    at=now,
                    person_id=actor.id,
                )
            )
            number = edition.number
            record(session, actor, "link_correction", subject_of(feedback), now, edition=number)
    return code
