"""提问、异议、申请公开: taken without an account, masked as it arrives, answered within a term."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.days import start_of, village_day
from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.feedback.forms import MAX_TO_PLACE, asked_refusals, contact_refusals
from bulletin.domain.feedback.kinds import EntryKind, FeedbackChannel, FeedbackKind, first_level
from bulletin.domain.feedback.masking import masked_text
from bulletin.domain.feedback.permissions import may_enter
from bulletin.domain.feedback.receipts import (
    MAX_SHOWINGS,
    code_digest,
    new_number,
    nonce_digest,
)
from bulletin.domain.objections.lines import DayCount, Objection
from bulletin.domain.people import Actor
from bulletin.readers.file_types import sniff
from bulletin.services.access import NO_VILLAGE
from bulletin.services.feedback.records import (
    add_entry,
    place_and_notice,
    resident,
    start_term,
    subject_of,
)
from bulletin.services.history import record
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.printing.objections import objections_of
from bulletin.services.privacy.check import published_phones
from bulletin.services.site import Site
from bulletin.sheets.photos import normalised
from bulletin.store.feedback import Feedback, FeedbackContact
from bulletin.store.feedback_queries import (
    asked_by_web_since,
    feedback_of_nonce,
    feedback_of_number,
)
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village

MAX_WAITED = timedelta(days=60)  # that a paper may have lain in the box
ENTERING = "电话和意见箱的由本村信息员或者乡镇登记。"


@dataclass(frozen=True, kw_only=True)
class NewFeedback:
    kind: FeedbackKind
    words: str
    place: str = ""  # the statistical code of a village or of the township; '' with a notice
    notice: str = ""  # its code; '' for none
    requested: str = ""  # what a request names
    name: str = ""
    contact: str = ""
    channel: FeedbackChannel = FeedbackChannel.WEB
    received_on: date | None = None  # by phone or box; None: today


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
    with site.sessions.writing() as session:
        if (known := feedback_of_nonce(session, nonce_digest(nonce))) is not None:
            known.shown += 1
            return _receipt(known)
        feedback = _new(session, site, new, now, by)
        feedback.number, feedback.code_digest = number, kept_code
        feedback.nonce_digest = nonce_digest(nonce)
        entry = feedback.entries[0]
        entry.photo = site.files.put(picture) if picture else ""
        session.add(feedback)
        session.flush()
        record(
            session,
            by or resident(feedback.township_id),
            "ask",
            subject_of(feedback),
            now,
            kind=feedback.kind.value,
            channel=feedback.channel.value,
            due_on=feedback.terms[0].due_on.isoformat(),
            photo=entry.photo,
        )
        return _receipt(feedback)


def _new(
    session: Session, site: Site, new: NewFeedback, now: datetime, by: Actor | None
) -> Feedback:
    """The question without its receipt."""
    township, village, notice = place_and_notice(
        session, site, now, place_code=new.place, notice_code=new.notice
    )
    _ensure_may(session, (township, village), now, by)
    feedback = _feedback(session, site, new, now, (township, village), notice)
    entry = add_entry(feedback, EntryKind.ASKED, _masked(session, township, new.words), now)
    if by is not None:  # whoever typed it in chose the words, and read them
        feedback.entered_by = entry.passed_by = by.id
        entry.passed_at = now
    return feedback


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
        raise refuse("received_on", "收到的日期不能在今天之后，也不能早于两个月前。")


def _picture(name: str, data: bytes) -> bytes:
    if not sniff(data, name).startswith("image/"):
        raise refuse("no_photo", "只能附照片（JPG或PNG）。")
    return normalised(data)[0]


def _ensure_may(
    session: Session,
    place: tuple[Township, Village | None],
    now: datetime,
    by: Actor | None,
) -> None:
    township, village = place
    village_id = village.id if village else None
    if by is not None:
        if by.township_id != township.id:
            raise NotFoundError(NO_VILLAGE)
        if not may_enter(by, village_id):
            raise refuse("not_your_role", ENTERING)
        return
    since = start_of(village_day(now))
    asked = session.scalar(asked_by_web_since(township.id, village_id, since)) or 0
    if asked >= MAX_TO_PLACE:
        raise refuse("too_many_today", "今天网上提的太多了，请打监督电话，或者明天再提。")


def _feedback(
    session: Session,
    site: Site,
    new: NewFeedback,
    now: datetime,
    place: tuple[Township, Village | None],
    notice: Notice | None,
) -> Feedback:
    township, village = place
    today = village_day(now)
    objections = _objections(session, site, notice, now) if notice else []
    feedback = Feedback(
        township_id=township.id,
        township=township,
        village_id=village.id if village else None,
        village=village,
        notice_id=notice.id if notice else None,
        kind=new.kind,
        channel=new.channel,
        level=first_level(village.id if village else None),
        requested=_masked(session, township, new.requested),
        asked_at=now,
        shown=1,
    )
    if new.name.strip() or new.contact.strip():
        feedback.contact = FeedbackContact(
            township_id=township.id, name=new.name.strip(), address=new.contact.strip()
        )
    printed = None
    if notice is not None:
        view = NoticeView(site, notice, now)
        feedback.edition_number = view.edition.number
        if new.kind is FeedbackKind.OBJECTION:
            closes_on = view.edition.closes_on
            feedback.within_period = closes_on is not None and any(
                last is None or (new.received_on or today) <= last
                for last in (each.last_day(closes_on) for each in objections)
            )
            printed = _promised(objections)
    start_term(site, feedback, new.received_on or today, printed)
    return feedback


def _objections(session: Session, site: Site, notice: Notice, now: datetime) -> list[Objection]:
    return objections_of(session, site, NoticeView(site, notice, now).edition, now)


def _promised(objections: list[Objection]) -> DayCount | None:
    """The fewest days that the paper promises."""
    replies = [each.reply for each in objections if each.reply is not None]
    return min(replies, key=lambda reply: reply.days, default=None)


def _masked(session: Session, township: Township, words: str) -> str:
    return masked_text(words.strip(), published_phones(session, township.id))


def _fresh_number(site: Site) -> str:
    with site.sessions.reading() as session:
        while True:
            number = new_number()
            if feedback_of_number(session, number) is None:
                return number
