"""网上申请: a resident's request for information, without an account, with a receipt to follow it.

It counts from the day on which office and applicant confirmed it to each other (条例第三十一条), and stands in the
ledger from then on.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import start_of, village_day
from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.feedback.receipts import MAX_SHOWINGS, code_digest, new_number, nonce_digest
from bulletin.domain.languages.sentences import say
from bulletin.domain.oversight.requests.forms import MAX_A_DAY, RequestForm, form_refusals
from bulletin.services.access import NO_VILLAGE
from bulletin.services.feedback.records import resident
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.feedback_queries import feedback_of_number
from bulletin.store.places import Township
from bulletin.store.sent_requests import SentRequest, sent_of_nonce, sent_of_number, sent_since
from bulletin.store.villages import place_of_code


def send(
    site: Site, place_code: str, form: RequestForm, now: datetime, *, nonce: str, code: str
) -> tuple[str, bool]:
    """Take a request. The same form sent twice asks once.

    Args:
        place_code: of the township, or of one of its villages.
        nonce: of the form.
        code: of the receipt, derived from the nonce.

    Returns:
        The number of the receipt, and whether its code may be shown (again).

    Raises:
        NotFoundError: no such place.
        Refused: something that article 29 asks for is missing, or too many came today.
    """
    if refusals := form_refusals(form):
        raise Refused(*refusals)
    number = _fresh_number(site)
    kept_code = code_digest(number, code)  # takes its time: nobody else waits for it
    with site.sessions.writing() as session:
        if (known := sent_of_nonce(session, nonce_digest(nonce))) is not None:
            known.shown += 1
            return known.number, known.shown <= MAX_SHOWINGS
        township = township_of(session, place_code)
        if sent_since(session, township.id, start_of(village_day(now))) >= MAX_A_DAY:
            raise refuse(
                "too_many_today", say("今天网上提的太多了，请明天再提，或者当面提交、邮寄。")
            )
        sent = _of_form(form)
        sent.township_id, sent.number, sent.sent_at = township.id, number, now
        sent.code_digest, sent.nonce_digest, sent.shown = kept_code, nonce_digest(nonce), 1
        session.add(sent)
        session.flush()
        record(session, resident(township.id), "send_request", subject_of(sent), now)
        return number, True


def _of_form(form: RequestForm) -> SentRequest:
    return SentRequest(
        applicant=form.applicant,
        applicant_name=form.name.strip(),
        identity=form.identity.strip(),
        contact=form.contact.strip(),
        asked_for=form.asked_for.strip(),
        wanted_as=form.wanted_as.strip(),
    )


def subject_of(sent: SentRequest) -> str:
    """Never the number of the receipt: it is the applicant's."""
    return f"sent request {sent.id}"


def township_of(session: Session, place_code: str) -> Township:
    """The township that answers for a place.

    Raises:
        NotFoundError: no such place.
    """
    place = place_of_code(session, place_code)
    if place is None:
        raise NotFoundError(NO_VILLAGE)
    return place[0]


def _fresh_number(site: Site) -> str:
    """One that no question and no request has: both are followed at the same place."""
    with site.sessions.reading() as session:
        while True:
            number = new_number()
            if feedback_of_number(session, number) is None and (
                sent_of_number(session, number) is None
            ):
                return number
