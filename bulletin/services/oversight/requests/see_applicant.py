"""看联系方式: who asked for information, and how to reach them; each look is in the history."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.oversight.requests.access import request_to_read
from bulletin.services.oversight.requests.confirm import sent_to_keep
from bulletin.services.oversight.requests.submit import subject_of
from bulletin.services.site import Site

GONE = "联系方式和身份证明已经按期删除。"


@dataclass(frozen=True)
class ApplicantContact:
    name: str
    identity: str
    contact: str


def see_contact(site: Site, actor: Actor, request_id: int, now: datetime) -> ApplicantContact:
    """Who asked and how to reach them; shown once for each look.

    Raises:
        NotFoundError: no such request, or none for this person.
        Refused: the person does not keep the ledger, or it was deleted.
    """
    with site.sessions.writing() as session:
        request = request_to_read(session, actor, request_id)
        ensure_keeps(actor)
        if request.contact_deleted_at is not None:
            raise refuse("contact_deleted", GONE)
        record(session, actor, "see_contact", f"request {request.id}", now)
        return ApplicantContact(request.applicant_name, request.identity, request.contact)


def see_sent_contact(site: Site, actor: Actor, sent_id: int, now: datetime) -> ApplicantContact:
    """The same of a request by the web that nobody confirmed yet.

    Raises:
        NotFoundError, Refused: as `sent_to_keep`.
    """
    with site.sessions.writing() as session:
        sent = sent_to_keep(session, actor, sent_id)
        record(session, actor, "see_contact", subject_of(sent), now)
        return ApplicantContact(sent.applicant_name, sent.identity, sent.contact)
