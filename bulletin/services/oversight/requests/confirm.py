"""网上来的申请: confirmed with the applicant it enters the ledger; what is none is set aside with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.requests.course import ReceivedBy
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps, keeps
from bulletin.services.oversight.requests.access import NO_REQUEST
from bulletin.services.oversight.requests.receive import NewRequest, received
from bulletin.services.oversight.requests.submit import subject_of
from bulletin.services.site import Site
from bulletin.store.sent_requests import SentRequest, unconfirmed

MAX_WHY = 200  # characters


@dataclass(frozen=True, kw_only=True)
class SentRequestLine:
    """A request by the web that nobody confirmed yet."""

    id: int
    applicant: str  # 自然人
    asked_for: str
    wanted_as: str
    sent_on: date
    confirm_by: date  # the office's own last day for it
    withdrawn_on: date | None
    withdrawn_words: str


def sent_lines(site: Site, actor: Actor) -> list[SentRequestLine]:
    """What waits to be confirmed, the oldest first; for those who keep the ledger."""
    if not keeps(actor):
        return []
    with site.sessions.reading() as session:
        rows = session.scalars(unconfirmed(actor.township_id))
        return [_line(site, sent) for sent in rows]


def sent_line(site: Site, actor: Actor, sent_id: int) -> SentRequestLine:
    """One of them.

    Raises:
        NotFoundError: none that waits, or none of this person's.
        Refused: the person does not keep the ledger.
    """
    with site.sessions.reading() as session:
        return _line(site, sent_to_keep(session, actor, sent_id))


def confirm(
    site: Site, actor: Actor, sent_id: int, confirmed_on: date, late_why: str, now: datetime
) -> int:
    """Office and applicant confirmed it to each other: from this day it counts (第三十一条).

    Returns:
        The id of the request in the ledger.

    Raises:
        NotFoundError, Refused: as `sent_line`; a day before it was sent or to come, or a late one without a reason.
    """
    with site.sessions.writing() as session:
        sent = sent_to_keep(session, actor, sent_id)
        new = NewRequest(
            received_by=ReceivedBy.ONLINE,
            arrived_on=village_day(sent.sent_at),
            confirmed_on=confirmed_on,
            applicant=sent.applicant,
            applicant_name=sent.applicant_name,
            identity=sent.identity,
            contact=sent.contact,
            asked_for=sent.asked_for,
            wanted_as=sent.wanted_as,
            late_confirmation=late_why,
        )
        sent.request_id = received(session, site, actor, new, now).id
        _without_person(sent)  # the ledger has it now, once
        return sent.request_id


def set_aside(site: Site, actor: Actor, sent_id: int, why: str, now: datetime) -> None:
    """不列入台账: it is none, it stands there already, or nobody can be reached.

    Raises:
        NotFoundError, Refused: as `sent_line`; without a reason.
    """
    with site.sessions.writing() as session:
        sent = sent_to_keep(session, actor, sent_id)
        if not why.strip() or len(why) > MAX_WHY:
            raise refuse(
                "reason_missing", f"请写明为什么不列入台账，最多{MAX_WHY}字，申请人看得到。"
            )
        sent.set_aside_at, sent.set_aside_why = now, why.strip()
        _without_person(sent)
        record(session, actor, "set_request_aside", subject_of(sent), now)
    site.sessions.scrub()


def sent_to_keep(session: Session, actor: Actor, sent_id: int) -> SentRequest:
    """One that waits, of which one may do something.

    Raises:
        NotFoundError, Refused: as `sent_line`.
    """
    sent = session.get(SentRequest, sent_id)
    if sent is None or sent.township_id != actor.township_id:
        raise NotFoundError(NO_REQUEST)
    ensure_keeps(actor)
    if sent.request_id is not None or sent.set_aside_at is not None:
        raise refuse("sent_done", "这件申请已经处理过了。")
    return sent


def _without_person(sent: SentRequest) -> None:
    sent.applicant_name = sent.identity = sent.contact = ""


def _line(site: Site, sent: SentRequest) -> SentRequestLine:
    sent_on = village_day(sent.sent_at)
    return SentRequestLine(
        id=sent.id,
        applicant=sent.applicant.label,
        asked_for=sent.asked_for,
        wanted_as=sent.wanted_as,
        sent_on=sent_on,
        confirm_by=site.calendar.count(sent_on, site.requests.confirmation.days)[0],
        withdrawn_on=village_day(sent.withdrawn_at) if sent.withdrawn_at else None,
        withdrawn_words=sent.withdrawn_words,
    )
