"""What every act on a question needs: finding it, its term, in whose name it is answered."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.feedback.clocks import ReplyLimit, reply_limit
from bulletin.domain.feedback.kinds import EntryKind, Level
from bulletin.domain.feedback.permissions import FeedbackAct, feedback_refusals
from bulletin.domain.feedback.receipts import is_code_of, read_number, read_receipt_code
from bulletin.domain.languages.sentences import say
from bulletin.domain.objections.lines import Addressee, DayCount
from bulletin.domain.people import Actor
from bulletin.services.access import NO_NOTICE, NO_VILLAGE
from bulletin.services.duties.due_date import calendar_of
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.places.phones import body_names
from bulletin.services.site import Site
from bulletin.store import notice_queries
from bulletin.store.feedback import Feedback, FeedbackEntry, ReplyTerm
from bulletin.store.feedback_queries import feedback_of_number
from bulletin.store.notices import Notice
from bulletin.store.places import Township, Village
from bulletin.store.publishers import speaker_of
from bulletin.store.villages import place_of_code

NO_FEEDBACK = "没有这一件，或者不在您负责的范围内。"
WRONG_RECEIPT = say("编号或者查询码不对，请照回执再输一次。")
_NOBODYS = "000000000"  # what a number that nobody has is compared with: it takes as long


def resident(township_id: int) -> Actor:
    """Who asks: a name that the history may hold, without any role."""
    return Actor(None, "村民", township_id)


def subject_of(feedback: Feedback) -> str:
    """Never the number of the receipt: it is the asker's."""
    return f"feedback {feedback.id}"


def feedback_for(
    session: Session, actor: Actor, feedback_id: int, act: FeedbackAct, now: datetime
) -> Feedback:
    """A question on which the person may do an act.

    Raises:
        NotFoundError: none that this person may read; to all others it does not exist.
        Refused: with every reason why not.
    """
    feedback = session.get(Feedback, feedback_id)
    if feedback is None or feedback.township_id != actor.township_id:
        raise NotFoundError(NO_FEEDBACK)
    facts = feedback.facts_at(now)
    if feedback_refusals(FeedbackAct.READ, actor, facts):
        raise NotFoundError(NO_FEEDBACK)
    if reasons := feedback_refusals(act, actor, facts):
        raise Refused(*reasons)
    return feedback


def place_and_notice(
    session: Session, site: Site, now: datetime, *, place_code: str, notice_code: str
) -> tuple[Township, Village | None, Notice | None]:
    """Place and notice that are asked about. A notice that nobody may know of yet does not exist.

    Args:
        place_code: of a village, or of the township; '' with a notice.

    Raises:
        NotFoundError: none that the public may know of.
    """
    if not notice_code:
        place = place_of_code(session, place_code)
        if place is None:
            raise NotFoundError(NO_VILLAGE)
        return *place, None
    notice = notice_queries.notice_by_code(session, notice_code)
    if notice is None or NoticeView(site, notice, now).page_state() is None:
        raise NotFoundError(NO_NOTICE)
    return notice.township, notice.village, notice


def receipt_id(site: Site, number: str, code: str) -> int:
    """The id of the question of a receipt, as typed. An unknown number takes as long as a wrong code.

    Asked before a transaction that writes: a code takes its time, and nobody else waits meanwhile.

    Raises:
        NotFoundError: the same words for both.
    """
    read, typed = read_number(number), read_receipt_code(code) or ""
    with site.sessions.reading() as session:
        feedback = feedback_of_number(session, read) if read else None
        kept = feedback.code_digest if feedback else ""
    if not is_code_of(read or _NOBODYS, typed, kept) or feedback is None:
        raise NotFoundError(WRONG_RECEIPT)
    return feedback.id


def limit_of(
    site: Site,
    township: Township,
    village: Village | None,
    level: Level,
    from_on: date,
    printed: DayCount | None = None,
) -> ReplyLimit:
    """Within how many days a place answers at a level."""
    return reply_limit(
        site.replies,
        (village or township).code,
        level,
        own_days=site.objection_days,
        printed=printed,
        from_on=from_on,
        calendar=calendar_of(site, township),
    )


def start_term(
    site: Site, feedback: Feedback, from_on: date, printed: DayCount | None = None
) -> ReplyTerm:
    """The level where the question is has to answer, from a day on."""
    township, village = feedback.township, feedback.village
    limit = limit_of(site, township, village, feedback.level, from_on, printed)
    term = ReplyTerm(
        township_id=feedback.township_id,
        level=feedback.level,
        started_on=from_on,
        due_on=limit.due_on(from_on, calendar_of(site, township)),
        days=limit.within.days,
        unit=limit.within.unit,
        basis=limit.basis,
    )
    feedback.terms.append(term)
    feedback.closed_at = None
    return term


def add_entry(feedback: Feedback, kind: EntryKind, text: str, now: datetime) -> FeedbackEntry:
    entry = FeedbackEntry(
        township_id=feedback.township_id, at=now, kind=kind, level=feedback.level, text=text
    )
    feedback.entries.append(entry)
    return entry


def close(feedback: Feedback, now: datetime) -> None:
    """Answered at its level, or turned away: its term stops."""
    term = feedback.terms[-1]
    if term.answered_on is None:
        term.answered_on = village_day(now)
    feedback.closed_at = now


def answering_body(session: Session, feedback: Feedback) -> str:
    """In whose name a level answers: 张家村村民委员会."""
    if feedback.level is Level.COUNTY:
        return body_names(feedback.township).get(Addressee.COUNTY.value, Level.COUNTY.label)
    village_id = None
    if feedback.level is Level.VILLAGE and feedback.village is not None:
        village_id = feedback.village.today.id
    return speaker_of(session, feedback.township_id, village_id).name
