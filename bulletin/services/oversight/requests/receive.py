"""登记申请: a request for information comes in, and its clock begins."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.oversight.requests.course import ApplicantClass, ReceivedBy, received_on
from bulletin.domain.oversight.requests.steps import why_confirmed_late
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.site import Site
from bulletin.store.information_requests import InformationRequest, last_number

MAX_NAME, MAX_TEXT = 60, 2000  # characters


@dataclass(frozen=True, kw_only=True)
class NewRequest:
    received_by: ReceivedBy
    arrived_on: date
    confirmed_on: date | None = None
    applicant: ApplicantClass
    applicant_name: str
    contact: str
    asked_for: str
    wanted_as: str = ""
    identity: str = ""  # how it was proven
    late_confirmation: str = ""  # why it was not confirmed in time


def receive(site: Site, actor: Actor, new: NewRequest, now: datetime) -> int:
    """Enter a request into the ledger.

    Returns:
        Its id.

    Raises:
        Refused: not a keeper of the ledger, something that article 29 asks for is missing, a day to come, no
            confirmation where it counts from there, or a late one without a reason.
    """
    ensure_keeps(actor)
    with site.sessions.writing() as session:
        return received(session, site, actor, new, now).id


def received(
    session: Session, site: Site, actor: Actor, new: NewRequest, now: datetime
) -> InformationRequest:
    """The same within a transaction.

    Raises:
        Refused: as `receive`.
    """
    day = received_on(new.received_by, new.arrived_on, new.confirmed_on)
    reasons = _why_not(new, day, village_day(now))
    reasons += why_confirmed_late(
        new.received_by,
        *(new.arrived_on, day, new.late_confirmation),
        *(site.requests.confirmation, site.calendar),
    )
    if reasons:
        raise Refused(*reasons)
    request = InformationRequest(
        township_id=actor.township_id,
        year=day.year,
        number=last_number(session, actor.township_id, day.year) + 1,
        received_by=new.received_by,
        arrived_on=new.arrived_on,
        received_on=day,
        applicant=new.applicant,
        applicant_name=new.applicant_name.strip(),
        identity=new.identity.strip(),
        contact=new.contact.strip(),
        asked_for=new.asked_for.strip(),
        wanted_as=new.wanted_as.strip(),
        late_confirmation=new.late_confirmation.strip(),
        entered_at=now,
        entered_by=actor.id,
    )
    session.add(request)
    session.flush()
    facts = {"number": request.number, "received_on": day.isoformat()}
    record(session, actor, "receive_request", f"request {request.id}", now, **facts)
    return request


def _why_not(new: NewRequest, day: date, today: date) -> list[Refusal]:
    reasons = []
    if max(day, new.arrived_on) > today:
        reasons.append(Refusal("request_in_future", "收到的日子不能在今天之后。"))
    needed = {
        "申请人姓名或者名称": new.applicant_name,
        "联系方式": new.contact,
        "要哪些信息": new.asked_for,
    }
    missing = "、".join(words for words, typed in needed.items() if not typed.strip())
    if missing:
        reasons.append(Refusal("request_incomplete", f"请填{missing}（条例第二十九条）。"))
    short = (new.applicant_name, new.identity, new.contact, new.wanted_as, new.late_confirmation)
    if max(map(len, short)) > MAX_NAME:
        words = f"姓名、身份证明、联系方式、形式、晚确认的原因各最多{MAX_NAME}字。"
        reasons.append(Refusal("text_too_long", words))
    if len(new.asked_for) > MAX_TEXT:
        reasons.append(Refusal("text_too_long", f"内容描述最多{MAX_TEXT}字。"))
    return reasons
