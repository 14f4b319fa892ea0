"""办理: mending asked for, an extension, opinions of others, a fee, and what came of each."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refusal, Refused, refuse
from bulletin.domain.oversight.requests.course import Consulted, StepKind
from bulletin.domain.oversight.requests.outcomes import fee_of
from bulletin.domain.oversight.requests.steps import (
    why_no_extension,
    why_no_fee,
    why_no_inquiry,
    why_no_mending,
)
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.requests.access import request_to_keep
from bulletin.services.site import Site
from bulletin.store.information_requests import (
    InformationRequest,
    RequestStep,
    count_of_month,
)

MAX_WHO, MAX_WORDS = 60, 2000  # characters


def ask_to_mend(
    site: Site, actor: Actor, request_id: int, on: date, until_on: date, words: str, now: datetime
) -> None:
    """告知补正, once and within seven working days (第三十条).

    Raises:
        Refused: it may not be asked now, or not said what is to be mended.
    """
    with site.sessions.writing() as session:
        request = request_to_keep(session, actor, request_id)
        limits, calendar = site.requests.limits, site.calendar
        reasons = why_no_mending(request.course, on, until_on, limits, calendar)
        if not words.strip():
            reasons.append(Refusal("no_words", "请写明哪里不清楚、要补什么（条例第三十条）。"))
        step = RequestStep(kind=StepKind.MENDING, on=on, until_on=until_on, words=words.strip())
        _take(session, actor, request, step, reasons, now)


def extend(
    site: Site, actor: Actor, request_id: int, on: date, days: int, consent_by: str, now: datetime
) -> None:
    """延长答复期限, once, by at most twenty working days (第三十三条).

    Raises:
        Refused: it may not be extended now or by so much, or nobody consented.
    """
    with site.sessions.writing() as session:
        request = request_to_keep(session, actor, request_id)
        limits, calendar = site.requests.limits, site.calendar
        reasons = why_no_extension(request.course, on, days, consent_by, limits, calendar)
        step = RequestStep(kind=StepKind.EXTENSION, on=on, amount=days, who=consent_by.strip())
        _take(session, actor, request, step, reasons, now)


def inquire(
    site: Site, actor: Actor, request_id: int, kind: StepKind, on: date, who: str, now: datetime
) -> None:
    """征求意见: a third party or another body is asked in writing (第三十二条、第三十四条).

    Args:
        on: when they received it.

    Raises:
        Refused: before the receipt, after the last day, the same twice, or nobody.
    """
    with site.sessions.writing() as session:
        request = request_to_keep(session, actor, request_id)
        consulted = Consulted(kind.value)
        limits, calendar = site.requests.limits, site.calendar
        reasons = why_no_inquiry(request.course, on, consulted, who, limits, calendar)
        _take(session, actor, request, RequestStep(kind=kind, on=on, who=who.strip()), reasons, now)


def charge(site: Site, actor: Actor, request_id: int, on: date, now: datetime) -> None:
    """告知缴费: what the schedule asks for this request of its applicant and month (第四十二条).

    Raises:
        Refused: it is free of charge, or told already.
    """
    with site.sessions.writing() as session:
        request = request_to_keep(session, actor, request_id)
        yuan = fee_of(count_of_month(session, request), site.requests.fees)
        reasons = why_no_fee(request.course, on, yuan)
        step = RequestStep(kind=StepKind.FEE, on=on, amount=yuan)
        _take(session, actor, request, step, reasons, now)


def take_reply(
    site: Site, actor: Actor, request_id: int, step_id: int, on: date, now: datetime
) -> None:
    """What was asked for came: the mended request, an opinion, the fee.

    Raises:
        NotFoundError: no such step.
        Refused: it came already, or before it was asked for.
    """
    with site.sessions.writing() as session:
        request = request_to_keep(session, actor, request_id)
        step = next((each for each in request.steps if each.id == step_id), None)
        if step is None or step.kind is StepKind.EXTENSION:
            raise NotFoundError("没有这一步。")
        if step.done_on is not None:
            raise refuse("replied", "已经登记过收到了。")
        if not step.on <= on <= village_day(now):
            raise refuse("reply_day", "收到的日子不能早于告知的日子，也不能在今天之后。")
        step.done_on = on
        facts = {"kind": step.kind.value, "done_on": on.isoformat()}
        record(session, actor, "take_reply", f"request {request.id}", now, **facts)


def _take(
    session: Session,
    actor: Actor,
    request: InformationRequest,
    step: RequestStep,
    reasons: list[Refusal],
    now: datetime,
) -> None:
    if step.on > village_day(now):
        reasons.append(Refusal("step_in_future", "日子不能在今天之后。"))
    if len(step.who or "") > MAX_WHO or len(step.words or "") > MAX_WORDS:
        words = f"名称最多{MAX_WHO}字，内容最多{MAX_WORDS}字。"
        reasons.append(Refusal("text_too_long", words))
    if reasons:
        raise Refused(*reasons)
    step.township_id, step.recorded_at, step.recorded_by = request.township_id, now, actor.id
    request.steps.append(step)
    facts = {"kind": step.kind.value, "on": step.on.isoformat()}
    record(session, actor, "take_request_step", f"request {request.id}", now, **facts)
