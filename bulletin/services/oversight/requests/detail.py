"""One request as the desk shows it: its day and why, its steps, its letters, how its record was corrected."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.oversight.requests.clock import Clock, latest_mending_on
from bulletin.domain.oversight.requests.course import ApplicantClass, StepKind
from bulletin.domain.oversight.requests.outcomes import RequestOutcome, fee_of
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import keeps
from bulletin.services.oversight.requests.access import request_to_read
from bulletin.services.oversight.requests.correct import RequestCorrectionLine, correction_lines
from bulletin.services.oversight.requests.draft_disclosure import (
    OfferedItem,
    may_disclose,
    offered_items,
)
from bulletin.services.oversight.requests.ledger import RequestLine, line_of, request_clock
from bulletin.services.oversight.requests.papers.letters import (
    IssuedLetter,
    OfferedLetter,
    issued_letters,
    offered_letters,
)
from bulletin.services.site import Site
from bulletin.store.information_requests import RequestStep, count_of_month
from bulletin.store.sent_requests import sent_of_request


@dataclass(frozen=True, kw_only=True)
class StepLine:
    id: int
    kind: StepKind
    on: date
    until_on: date | None
    done_on: date | None
    amount: int
    who: str
    words: str
    awaits_reply: bool


@dataclass(frozen=True, kw_only=True)
class RequestView:
    line: RequestLine
    received_by: str
    arrived_on: date
    late_confirmation: str  # why it was not confirmed in time; ''
    wanted_as: str
    applicant: ApplicantClass
    applicant_name: str  # '' for those who only read
    has_contact: bool  # whether the person may look at it; each look is in the history
    contact_deleted_at: datetime | None
    withdrawal: str | None  # what the applicant said with the receipt; None where nothing was
    answer: str
    clock: Clock
    latest_mending_on: date  # the last day on which the applicant may be told what to mend
    steps: tuple[StepLine, ...]
    fee: int  # yuan that it costs by the schedule
    outcome: RequestOutcome | None
    is_open: bool
    mine: bool  # whether the person may do something with it
    keeps: (
        bool  # whether the person keeps the ledger: letters and corrections also of what is ended
    )
    offered: tuple[OfferedLetter, ...]
    letters: tuple[IssuedLetter, ...]
    corrections: tuple[RequestCorrectionLine, ...]
    items: tuple[OfferedItem, ...]  # under which what was disclosed can be made public by itself


def request_view(site: Site, actor: Actor, request_id: int, now: datetime) -> RequestView:
    """One request.

    Raises:
        NotFoundError: no such request, or none for this person.
    """
    is_keeper = keeps(actor)
    with site.sessions.reading() as session:
        request = request_to_read(session, actor, request_id)
        sent = sent_of_request(session, request.id)
        rules = site.requests
        return RequestView(
            line=line_of(site, request, now),
            received_by=request.received_by.label,
            arrived_on=request.arrived_on,
            late_confirmation=request.late_confirmation,
            wanted_as=request.wanted_as,
            applicant=request.applicant,
            applicant_name=request.applicant_name if is_keeper else "",
            has_contact=is_keeper and request.contact_deleted_at is None,
            contact_deleted_at=request.contact_deleted_at,
            withdrawal=sent.withdrawn_words if sent and sent.withdrawn_at else None,
            answer=request.answer,
            clock=request_clock(site, request),
            latest_mending_on=latest_mending_on(request.course, rules.limits, site.calendar),
            steps=tuple(map(_step, request.steps)),
            fee=fee_of(count_of_month(session, request), rules.fees),
            outcome=rules.outcomes.get(request.outcome),
            is_open=request.ended_on is None,
            mine=request.ended_on is None and is_keeper,
            keeps=is_keeper,
            offered=tuple(offered_letters(request)) if is_keeper else (),
            letters=tuple(issued_letters(session, request.id)) if is_keeper else (),
            corrections=tuple(correction_lines(session, request.id, rules.outcomes)),
            items=tuple(offered_items(session, actor)) if may_disclose(actor, request) else (),
        )


def _step(step: RequestStep) -> StepLine:
    return StepLine(
        id=step.id,
        kind=step.kind,
        on=step.on,
        until_on=step.until_on,
        done_on=step.done_on,
        amount=step.amount,
        who=step.who,
        words=step.words,
        awaits_reply=step.done_on is None and step.kind is not StepKind.EXTENSION,
    )
