"""A question is made anonymous later; its words go at the asker's wish once it is answered."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import Refused
from bulletin.domain.feedback.kinds import BY_ASKER
from bulletin.domain.feedback.permissions import FeedbackAct
from bulletin.domain.feedback.states import erasure_refusals
from bulletin.domain.people import Actor
from bulletin.services.feedback.records import (
    feedback_for,
    receipt_id,
    resident,
    subject_of,
)
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.feedback import Feedback
from bulletin.store.file_references import references_to


def forget_contact(site: Site, number: str, code: str, now: datetime) -> None:
    """By receipt: name and phone go at once, the question stays. Done twice, it is done.

    Raises:
        NotFoundError: no such receipt.
    """
    feedback_id = receipt_id(site, number, code)
    with site.sessions.writing() as session:
        feedback = session.get_one(Feedback, feedback_id)
        _forget(session, feedback, resident(feedback.township_id), now)
    site.sessions.scrub()


def forget_contact_for(site: Site, actor: Actor, feedback_id: int, now: datetime) -> None:
    """The same for who asks the township by phone.

    Raises:
        NotFoundError, Refused: as `feedback_for`.
    """
    with site.sessions.writing() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.FORGET_CONTACT, now)
        _forget(session, feedback, actor, now)
    site.sessions.scrub()


def _forget(session: Session, feedback: Feedback, actor: Actor, now: datetime) -> None:
    if feedback.contact is not None:
        feedback.contact = None
        record(session, actor, "forget_contact", subject_of(feedback), now)


def erase(site: Site, number: str, code: str, now: datetime) -> None:
    """By receipt: what the asker wrote and sent goes for good; that it was asked and answered stays.

    Raises:
        NotFoundError: no such receipt.
        Refused: nobody has answered yet.
    """
    feedback_id = receipt_id(site, number, code)
    with site.sessions.reading() as session:
        photos = _photos_of_it_alone(session, _to_erase(session, feedback_id, now))
    for digest in photos:
        site.files.destroy(digest)  # before it is said to be gone: without it nothing is erased
    with site.sessions.writing() as session:
        feedback = _to_erase(session, feedback_id, now)
        for entry in feedback.entries:
            if entry.kind in BY_ASKER:
                entry.text = entry.passed_text = entry.photo = ""
        feedback.requested, feedback.contact, feedback.erased_at = "", None, now
        record(session, resident(feedback.township_id), "erase_words", subject_of(feedback), now)
    site.sessions.scrub()


def _to_erase(session: Session, feedback_id: int, now: datetime) -> Feedback:
    feedback = session.get_one(Feedback, feedback_id)
    if refusals := erasure_refusals(feedback.facts_at(now)):
        raise Refused(*refusals)
    return feedback


def _photos_of_it_alone(session: Session, feedback: Feedback) -> set[str]:
    """What somebody else sent too, or has hung, stays where it is."""
    photos = {entry.photo for entry in feedback.entries if entry.photo}
    return {digest for digest in photos if references_to(session, digest) == 1}
