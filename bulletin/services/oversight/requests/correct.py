"""更正: the record of an ended request, with a reason; what it said before stays, and the figures follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.domain.oversight.requests.outcomes import RequestOutcome
from bulletin.domain.oversight.requests.steps import why_no_answer
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.oversight.requests.access import request_to_read
from bulletin.services.oversight.requests.answer import MAX_ANSWER
from bulletin.services.site import Site
from bulletin.store.information_requests import InformationRequest
from bulletin.store.request_papers import RequestCorrection, corrections_of
from bulletin.store.year_closings import closing_of

MAX_REASON = 200  # characters


@dataclass(frozen=True, kw_only=True)
class CorrectedRequest:
    """What the record says from now on."""

    outcome: str  # a key of the schedule
    ended_on: date
    answer: str
    applicant: ApplicantClass
    reason: str


@dataclass(frozen=True)
class RequestCorrectionLine:
    on: date
    who: str
    what: str  # 结果由予以公开更正为部分公开
    reason: str
    after_closing: bool  # the year of its receipt was sealed by then


def correct_request(
    site: Site, actor: Actor, request_id: int, new: CorrectedRequest, now: datetime
) -> None:
    """Correct the record of a request that is ended.

    Raises:
        NotFoundError: no such request, or none for this person.
        Refused: not a keeper, it is open, no reason, nothing changed, or it can't have ended like that.
    """
    with site.sessions.writing() as session:
        request = request_to_read(session, actor, request_id)
        ensure_keeps(actor)
        if request.ended_on is None:
            raise refuse("request_open", "这件申请还没有办结，直接办理就行。")
        before, after = _said(request), _corrected(new)
        if reasons := _why_not(site, request, new, before == after, village_day(now)):
            raise Refused(*reasons)
        request.outcome, request.ended_on = new.outcome, new.ended_on
        request.answer, request.applicant = new.answer.strip(), new.applicant
        session.add(
            RequestCorrection(
                township_id=request.township_id,
                request_id=request.id,
                before=before,
                after=after,
                reason=new.reason.strip(),
                corrected_at=now,
                corrected_by=actor.id,
            )
        )
        facts = {"outcome": new.outcome, "ended_on": new.ended_on.isoformat()}
        record(session, actor, "correct_request", f"request {request.id}", now, **facts)


def correction_lines(
    session: Session, request_id: int, outcomes: Mapping[str, RequestOutcome]
) -> list[RequestCorrectionLine]:
    """How a record was corrected, the oldest first."""
    request = session.get_one(InformationRequest, request_id)
    closing = closing_of(session, request.township_id, LedgerKind.REQUESTS, request.year)
    return [
        RequestCorrectionLine(
            village_day(each.corrected_at),
            each.corrector.name if each.corrector else "",
            "、".join(changed_words(each.before, each.after, outcomes)),
            each.reason,
            after_closing=closing is not None and closing.closed_at <= each.corrected_at,
        )
        for each in session.scalars(corrections_of(request_id))
    ]


def changed_words(
    before: Mapping[str, str], after: Mapping[str, str], outcomes: Mapping[str, RequestOutcome]
) -> list[str]:
    """What a correction changed, as people read it."""

    def outcome(key: str) -> str:
        return outcomes[key].words if key in outcomes else key

    read = {
        "outcome": ("结果", outcome),
        "ended_on": ("办结的日子", lambda day: day_words(date.fromisoformat(day))),
        "applicant": ("申请人类别", lambda kind: ApplicantClass(kind).label),
    }
    words = [
        f"{label}由“{shown(before[key])}”更正为“{shown(after[key])}”"
        for key, (label, shown) in read.items()
        if before[key] != after[key]
    ]
    return [*words, *(["答复的内容"] if before["answer"] != after["answer"] else [])]


def _said(request: InformationRequest) -> dict[str, str]:
    return {
        "outcome": request.outcome,
        "ended_on": request.ended_on.isoformat() if request.ended_on else "",
        "answer": request.answer,
        "applicant": request.applicant.value,
    }


def _corrected(new: CorrectedRequest) -> dict[str, str]:
    return {
        "outcome": new.outcome,
        "ended_on": new.ended_on.isoformat(),
        "answer": new.answer.strip(),
        "applicant": new.applicant.value,
    }


def _why_not(
    site: Site, request: InformationRequest, new: CorrectedRequest, is_same: bool, today: date
) -> list[Refusal]:
    outcome = new.outcome if new.outcome in site.requests.outcomes else ""
    rules = (site.requests.limits, site.calendar)
    reasons = why_no_answer(request.course, new.ended_on, outcome, new.answer, *rules)
    if new.ended_on > today:
        reasons.append(Refusal("answer_in_future", "答复的日子不能在今天之后。"))
    if not new.reason.strip() or len(new.reason) > MAX_REASON:
        reasons.append(Refusal("reason_missing", f"请写明为什么更正，最多{MAX_REASON}字。"))
    if len(new.answer) > MAX_ANSWER:
        reasons.append(Refusal("text_too_long", f"答复最多{MAX_ANSWER}字。"))
    if is_same:
        reasons.append(Refusal("nothing_changed", "和原来登记的一样，没有要更正的。"))
    return reasons
