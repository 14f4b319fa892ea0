"""A question as it comes in: for whom, masked, with its term; kept by `ask`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import start_of, village_day
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.feedback.forms import MAX_TO_PLACE
from bulletin.domain.feedback.kinds import EntryKind, FeedbackChannel, FeedbackKind, first_level
from bulletin.domain.feedback.masking import masked_text
from bulletin.domain.feedback.permissions import may_enter
from bulletin.domain.languages.sentences import say
from bulletin.domain.objections.lines import DayCount, Objection
from bulletin.domain.people import Actor
from bulletin.services.access import NO_VILLAGE
from bulletin.services.feedback.records import add_entry, place_and_notice, start_term
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.printing.objections import objections_of
from bulletin.services.privacy.check import published_phones
from bulletin.services.site import Site
from bulletin.store.feedback import Feedback, FeedbackContact
from bulletin.store.feedback_queries import asked_by_web_since
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village

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


def arrived(
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
        raise refuse("too_many_today", say("今天网上提的太多了，请打监督电话，或者明天再提。"))


def _feedback(
    session: Session,
    site: Site,
    new: NewFeedback,
    now: datetime,
    place: tuple[Township, Village | None],
    notice: Notice | None,
) -> Feedback:
    township, village = place
    received_on = new.received_on or village_day(now)
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
    about = _about(session, site, feedback, notice, received_on, now) if notice else None
    start_term(site, feedback, received_on, about)
    return feedback


def _about(
    session: Session,
    site: Site,
    feedback: Feedback,
    notice: Notice,
    received_on: date,
    now: datetime,
) -> DayCount | None:
    """The edition that is spoken of, and whether it still may be; returns the days that its paper promises."""
    edition = NoticeView(site, notice, now).edition
    feedback.edition_number = edition.number
    if feedback.kind is not FeedbackKind.OBJECTION:
        return None
    objections, closes_on = objections_of(session, site, edition, now), edition.closes_on
    feedback.within_period = closes_on is not None and any(
        last is None or received_on <= last
        for last in (each.last_day(closes_on) for each in objections)
    )
    return _promised(objections)


def _promised(objections: list[Objection]) -> DayCount | None:
    """The fewest days that the paper promises."""
    replies = [each.reply for each in objections if each.reply is not None]
    return min(replies, key=lambda reply: reply.days, default=None)


def _masked(session: Session, township: Township, words: str) -> str:
    return masked_text(words.strip(), published_phones(session, [township.id]))
