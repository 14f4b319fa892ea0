"""文书: which letters may be written of a request, each as the township's wording has it; and those that were issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.oversight.requests.clock import LIMIT_OF, Limit, clock_of
from bulletin.domain.oversight.requests.course import Consulted, StepKind
from bulletin.domain.oversight.requests.letters import (
    LETTER_OF_STEP,
    LetterKind,
    Remedy,
    answer_fields,
    filled,
)
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.oversight.requests.access import NO_REQUEST, request_to_read
from bulletin.services.site import Site
from bulletin.store.information_requests import InformationRequest, RequestStep, count_of_month
from bulletin.store.places import Township
from bulletin.store.publishers import speaker_of
from bulletin.store.request_papers import RequestLetter, letters_of


@dataclass(frozen=True)
class OfferedLetter:
    """A letter that can be written now."""

    kind: LetterKind
    step_id: int | None
    words: str  # 征求第三方意见书（示例公司）


@dataclass(frozen=True)
class IssuedLetter:
    id: int
    words: str  # 补正告知书
    to: str
    issued_on: date


@dataclass(frozen=True)
class LetterDraft:
    kind: LetterKind
    step_id: int | None
    title: str
    to: str
    text: str


def offered_letters(request: InformationRequest) -> list[OfferedLetter]:
    """What may be written of a request: its receipt, each step, its end."""
    letters = [OfferedLetter(LetterKind.ACKNOWLEDGEMENT, None, LetterKind.ACKNOWLEDGEMENT.label)]
    for step in request.steps:
        kind = LETTER_OF_STEP[step.kind]
        who = f"（{step.who}）" if not kind.is_for_applicant else ""
        letters.append(OfferedLetter(kind, step.id, f"{kind.label}{who}"))
    if request.ended_on is not None:
        letters.append(OfferedLetter(LetterKind.ANSWER, None, LetterKind.ANSWER.label))
    return letters


def issued_letters(session: Session, request_id: int) -> list[IssuedLetter]:
    """What was issued, the oldest first."""
    return [
        IssuedLetter(each.id, each.kind.label, each.to, each.issued_on)
        for each in session.scalars(letters_of(request_id))
    ]


def draft_letter(
    site: Site, actor: Actor, request_id: int, kind: LetterKind, step_id: int | None, now: datetime
) -> LetterDraft:
    """A letter as the township's wording has it, for a person to read over.

    Raises:
        NotFoundError: no such request or step, or nothing to write of it yet.
        Refused: the person does not keep the ledger.
    """
    with site.sessions.reading() as session:
        request = request_of_letter(session, actor, request_id, kind, step_id)
        wording = site.requests.letters.letters[kind]
        values = _values(site, session, request, kind, _step(request, step_id), now)
        return LetterDraft(
            kind, step_id, wording.title, filled(wording.to, values), filled(wording.text, values)
        )


def letter_pdf(site: Site, actor: Actor, request_id: int, letter_id: int) -> tuple[str, bytes]:
    """A letter as it was issued: the name of the file, and the PDF. It names the applicant.

    Raises:
        NotFoundError: none, or none for this person.
        Refused: the person does not keep the ledger.
    """
    with site.sessions.reading() as session:
        request = request_to_read(session, actor, request_id)
        ensure_keeps(actor)
        letter = session.get(RequestLetter, letter_id)
        pdf = site.files.get(letter.pdf) if letter and letter.request_id == request.id else None
        if letter is None or pdf is None:
            raise NotFoundError("没有这份文书。")
        return f"{request.register_name}-{letter.number}-{letter.kind.label}.pdf", pdf


def request_of_letter(
    session: Session, actor: Actor, request_id: int, kind: LetterKind, step_id: int | None
) -> InformationRequest:
    """The request of a letter that may be written now.

    Raises:
        NotFoundError, Refused: as `draft_letter`.
    """
    request = request_to_read(session, actor, request_id)
    ensure_keeps(actor)
    offered = {(each.kind, each.step_id) for each in offered_letters(request)}
    if (kind, step_id) not in offered:
        raise NotFoundError(NO_REQUEST)
    return request


def _step(request: InformationRequest, step_id: int | None) -> RequestStep | None:
    return next((step for step in request.steps if step.id == step_id), None)


def _values(
    site: Site,
    session: Session,
    request: InformationRequest,
    kind: LetterKind,
    step: RequestStep | None,
    now: datetime,
) -> dict[str, str]:
    township = session.get_one(Township, request.township_id)
    due_on = clock_of(request.course, site.requests.limits, site.calendar).due_on
    values = {
        "name": request.applicant_name,
        "number": request.register_name,
        "received_on": day_words(request.received_on),
        "received_by": request.received_by.label,
        "asked_for": " ".join(request.asked_for.split()),
        "due_on": day_words(due_on),
        "body": speaker_of(session, township.id, None).name,
        "county": f"{township.county}人民政府",
        "today": day_words(village_day(now)),
    }
    if step is not None:
        values |= _step_values(site, session, request, step)
    if kind is LetterKind.ANSWER:
        outcome = site.requests.outcomes.get(request.outcome)
        remedy = outcome.remedy if outcome else Remedy.EITHER
        wordings = site.requests.letters
        values |= answer_fields(wordings, request.outcome, request.answer, remedy, values)
    return values


def _step_values(
    site: Site, session: Session, request: InformationRequest, step: RequestStep
) -> Mapping[str, str]:
    limits = site.requests.limits
    pay_until = site.calendar.count(step.on, limits[Limit.PAYMENT].days)[0]
    asked = {StepKind.THIRD_PARTY: Consulted.THIRD_PARTY, StepKind.BODY: Consulted.BODY}
    consulted = asked.get(step.kind)
    return {
        "words": step.words,
        "until_on": day_words(step.until_on) if step.until_on else "",
        "days": str(step.amount),
        "yuan": str(step.amount),
        "count": str(count_of_month(session, request)),
        "pay_until": day_words(pay_until),
        "who": step.who,
        "reply_days": str(limits[LIMIT_OF[consulted]].days) if consulted else "",
    }
