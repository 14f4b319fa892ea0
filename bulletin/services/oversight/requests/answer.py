"""办结: a request is answered, or its applicant has given up or withdrawn it."""

from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.oversight.requests.steps import why_no_answer
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.requests.access import request_to_keep
from bulletin.services.site import Site

MAX_ANSWER = 2000  # characters


def answer(
    site: Site, actor: Actor, request_id: int, on: date, outcome: str, words: str, now: datetime
) -> None:
    """End a request.

    Args:
        on: when the answer was given or sent.
        outcome: a key of the schedule; '' for none chosen.

    Raises:
        Refused: without a kind of answer, before the receipt, after today, or as given up before it is.
    """
    with site.sessions.writing() as session:
        request = request_to_keep(session, actor, request_id)
        known = outcome if outcome in site.requests.outcomes else ""
        limits, calendar = site.requests.limits, site.calendar
        reasons = why_no_answer(request.course, on, known, words, limits, calendar)
        if on > village_day(now):
            reasons.append(Refusal("answer_in_future", "答复的日子不能在今天之后。"))
        if len(words) > MAX_ANSWER:
            reasons.append(Refusal("text_too_long", f"答复最多{MAX_ANSWER}字。"))
        if reasons:
            raise Refused(*reasons)
        request.outcome, request.ended_on, request.answer = known, on, words.strip()
        facts = {"outcome": known, "ended_on": on.isoformat()}
        record(session, actor, "answer_request", f"request {request.id}", now, **facts)
