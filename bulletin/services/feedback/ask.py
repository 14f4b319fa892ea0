"""提问、异议、申请公开: taken without an account, masked as it arrives, answered within a term."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.feedback.forms import asked_refusals, contact_refusals
from bulletin.domain.feedback.receipts import MAX_SHOWINGS, code_digest, new_number, nonce_digest
from bulletin.domain.languages.sentences import say
from bulletin.domain.people import Actor
from bulletin.readers.file_types import sniff
from bulletin.services.feedback.arrival import NewFeedback, arrived
from bulletin.services.feedback.records import resident, subject_of
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.sheets.photos import normalised
from bulletin.store.feedback import Feedback
from bulletin.store.feedback_queries import feedback_of_nonce, feedback_of_number

MAX_WAITED = timedelta(days=60)  # that a paper may have lain in the box


@dataclass(frozen=True)
class FeedbackReceipt:
    """What who asked takes home, beside the code."""

    number: str
    answer_on: date  # by then the answer can be looked up
    limit: str  # 10日内（乡镇自己定的）
    showings: int  # how often the code was given, this time included

    @property
    def shows_code(self) -> bool:
        return self.showings <= MAX_SHOWINGS


def ask(
    site: Site,
    new: NewFeedback,
    now: datetime,
    *,
    nonce: str,
    code: str,
    photo: tuple[str, bytes] | None = None,
    by: Actor | None = None,
) -> FeedbackReceipt:
    """Take a question. The same form sent twice asks once; its receipt is given once more.

    Args:
        nonce: of the form.
        code: of the receipt, derived from the nonce.
        photo: name and content; kept without what a camera wrote beside the pixels.
        by: who types in what came by phone, box or in person; None: the asker, by the web.

    Raises:
        NotFoundError: no such place or notice that the public may know.
        Refused: words are missing or too long, no photograph, not the person's, too many today.
    """
    _ensure_whole(new, now)
    picture = _picture(*photo) if photo else None
    number = _fresh_number(site)
    kept_code = code_digest(number, code)  # takes its time: nobody else waits for it
    kept_picture = _kept(site, new, now, by, picture) if picture else ""
    with site.sessions.writing() as session:
        if (known := feedback_of_nonce(session, nonce_digest(nonce))) is not None:
            known.shown += 1
            return _receipt(known)
        feedback = arrived(session, site, new, now, by)
        feedback.number, feedback.code_digest = number, kept_code
        feedback.nonce_digest = nonce_digest(nonce)
        feedback.entries[0].photo = kept_picture
        session.add(feedback)
        session.flush()
        _record(session, feedback, by, now)
        return _receipt(feedback)


def _kept(site: Site, new: NewFeedback, now: datetime, by: Actor | None, picture: bytes) -> str:
    """The SHA-256 of the picture. Of a question that is not taken, it isn't either."""
    with site.sessions.reading() as session:
        arrived(session, site, new, now, by)
    return site.files.put(picture)


def _record(session: Session, feedback: Feedback, by: Actor | None, now: datetime) -> None:
    record(
        session,
        by or resident(feedback.township_id),
        "ask",
        subject_of(feedback),
        now,
        kind=feedback.kind.value,
        channel=feedback.channel.value,
        due_on=feedback.terms[0].due_on.isoformat(),
        photo=feedback.entries[0].photo,
    )


def _receipt(feedback: Feedback) -> FeedbackReceipt:
    term = feedback.terms[0]
    return FeedbackReceipt(feedback.number, term.due_on, term.limit.words, feedback.shown)


def _ensure_whole(new: NewFeedback, now: datetime) -> None:
    faults = asked_refusals(
        new.kind, new.words, requested=new.requested, about_notice=bool(new.notice)
    )
    faults += contact_refusals(new.name, new.contact)
    if faults:
        raise Refused(*faults)
    today = village_day(now)
    received_on = new.received_on or today
    if not today - MAX_WAITED <= received_on <= today:
        raise refuse("received_on", say("收到的日期不能在今天之后，也不能早于两个月前。"))


def _picture(name: str, data: bytes) -> bytes:
    if not sniff(data, name).startswith("image/"):
        raise refuse("no_photo", say("只能附照片（JPG或PNG）。"))
    return normalised(data)[0]


def _fresh_number(site: Site) -> str:
    with site.sessions.reading() as session:
        while True:
            number = new_number()
            if feedback_of_number(session, number) is None:
                return number
