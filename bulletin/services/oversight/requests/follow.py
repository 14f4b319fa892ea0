"""凭回执: what became of a request that was sent by the web; and its withdrawal by who sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.feedback.receipts import is_code_of, read_number, read_receipt_code
from bulletin.domain.languages.sentences import say
from bulletin.domain.oversight.requests.clock import clock_of
from bulletin.domain.oversight.requests.letters import LetterKind
from bulletin.services.feedback.records import WRONG_RECEIPT, resident
from bulletin.services.history import record
from bulletin.services.oversight.requests.submit import subject_of, township_of
from bulletin.services.places.phones import phones_of
from bulletin.services.site import Site
from bulletin.store.information_requests import InformationRequest
from bulletin.store.publishers import speaker_of
from bulletin.store.request_papers import RequestLetter, letters_of
from bulletin.store.sent_requests import SentRequest, sent_of_number

MAX_WITHDRAWAL = 200  # characters
_NOBODYS = "000000000"  # what a number that nobody has is compared with: it takes as long


@dataclass(frozen=True, kw_only=True)
class ApplyPage:
    """What the form says of the office that it goes to."""

    place: str  # 红崖子沟乡
    place_code: str
    body: str  # 红崖子沟乡人民政府
    phones: tuple[tuple[str, str], ...]
    demo: bool
    personal: bool = True  # nothing of it is for chats and search engines


@dataclass(frozen=True, kw_only=True)
class SentStatus:
    """A request as its applicant reads it; no name and no way to reach anybody."""

    number: str
    body: str
    place_code: str
    asked_for: str
    sent_on: date
    register_name: str  # '' until it is confirmed
    received_on: date | None
    due_on: date | None  # while the office owes its answer
    waits_for: str  # what the applicant still has to do; ''
    ended_on: date | None
    outcome: str
    answer: str
    letters: tuple[tuple[str, date, str], ...]  # what it is, when it was issued, what it says
    set_aside: str
    withdrawn_on: date | None
    demo: bool
    personal: bool = True

    @property
    def may_withdraw(self) -> bool:
        return not (self.ended_on or self.set_aside or self.withdrawn_on)


def apply_page(site: Site, place_code: str) -> ApplyPage:
    """The form of a township, also by the code of one of its villages.

    Raises:
        NotFoundError: no such place.
    """
    with site.sessions.reading() as session:
        township = township_of(session, place_code)
        return ApplyPage(
            place=township.name,
            place_code=township.code,
            body=speaker_of(session, township.id, None).name,
            phones=phones_of(township, None),
            demo=township.demo,
        )


def sent_status(site: Site, number: str, code: str) -> SentStatus:
    """How a request stands.

    Raises:
        NotFoundError: no such receipt; number and code are told apart by nobody.
    """
    sent_id = _receipt_id(site, number, code)
    with site.sessions.reading() as session:
        sent = session.get_one(SentRequest, sent_id)
        request = sent.request
        letters = session.scalars(letters_of(request.id)).all() if request else []
        clock = clock_of(request.course, site.requests.limits, site.calendar) if request else None
        is_open = request is not None and request.ended_on is None
        outcome = site.requests.outcomes.get(request.outcome) if request else None
        return SentStatus(
            number=sent.number,
            body=speaker_of(session, sent.township_id, None).name,
            place_code=sent.township.code,
            asked_for=sent.asked_for,
            sent_on=village_day(sent.sent_at),
            register_name=request.register_name if request else "",
            received_on=request.received_on if request else None,
            due_on=clock.due_on if clock and is_open and clock.waits_for is None else None,
            waits_for=clock.waits_for.value if clock and is_open and clock.waits_for else "",
            ended_on=request.ended_on if request else None,
            outcome=outcome.words if outcome else "",
            answer=_answer(request, letters),
            letters=tuple(
                (each.kind.label, each.issued_on, each.text)
                for each in letters
                if each.kind.is_for_applicant
            ),
            set_aside=sent.set_aside_why,
            withdrawn_on=village_day(sent.withdrawn_at) if sent.withdrawn_at else None,
            demo=sent.township.demo,
        )


def _answer(request: InformationRequest | None, letters: Sequence[RequestLetter]) -> str:
    """What the office said, where no letter says it already."""
    if request is None or any(each.kind is LetterKind.ANSWER for each in letters):
        return ""
    return request.answer


def withdraw(site: Site, number: str, code: str, words: str, now: datetime) -> None:
    """撤回: the applicant declares it with the receipt; the office ends it on that statement.

    Raises:
        NotFoundError: no such receipt.
        Refused: it is ended, or too long a text.
    """
    sent_id = _receipt_id(site, number, code)
    if len(words) > MAX_WITHDRAWAL:
        sentence = say("最多写%(most)s字，请写短一点。", most=MAX_WITHDRAWAL)
        raise refuse("words_too_long", sentence)
    with site.sessions.writing() as session:
        sent = session.get_one(SentRequest, sent_id)
        if sent.withdrawn_at is not None:
            return
        if sent.set_aside_at or (sent.request and sent.request.ended_on):
            raise refuse("request_ended", say("这件申请已经办结，不用再撤回。"))
        sent.withdrawn_at, sent.withdrawn_words = now, words.strip()
        record(session, resident(sent.township_id), "withdraw_request", subject_of(sent), now)


def _receipt_id(site: Site, number: str, code: str) -> int:
    """An unknown number takes as long as a wrong code.

    Raises:
        NotFoundError: the same words for both.
    """
    read, typed = read_number(number), read_receipt_code(code) or ""
    with site.sessions.reading() as session:
        sent = sent_of_number(session, read) if read else None
        kept = sent.code_digest if sent else ""
    if not is_code_of(read or _NOBODYS, typed, kept) or sent is None:
        raise NotFoundError(WRONG_RECEIPT)
    return sent.id
