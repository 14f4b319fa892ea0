"""What who asked reads with the receipt: how it stands, every word of both sides, what can be done next."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refusal
from bulletin.domain.feedback.kinds import EntryKind, FeedbackKind, Level, next_level
from bulletin.domain.feedback.states import (
    FeedbackStatus,
    addition_refusals,
    erasure_refusals,
    escalation_refusals,
    feedback_status,
)
from bulletin.domain.notices.workflow import State, state_at
from bulletin.services.feedback.records import receipt_id
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.places.phones import phones_of
from bulletin.services.site import Site
from bulletin.store.feedback import Feedback, ReplyTerm


@dataclass(frozen=True)
class SaidLine:
    """One line of the dialogue as the asker reads it."""

    kind: EntryKind
    at: datetime
    body: str  # who answered: 张家村村民委员会; '' for the asker
    text: str  # '' once it was erased, or of an escalation without words
    has_photo: bool


@dataclass(frozen=True)
class TermLine:
    level: Level
    due_on: date
    limit: str  # 10日内（乡镇自己定的）
    answered_on: date | None
    late: bool  # answered late, or not answered and over


@dataclass(frozen=True)
class CorrectionLink:
    edition: int
    url: str  # /N/7KQ2M4XW9C


@dataclass(frozen=True, kw_only=True)
class DialoguePage:
    number: str
    kind: FeedbackKind
    status: FeedbackStatus
    level: Level
    next_level: Level | None
    place: str
    notice: str  # its title as the public reads it; '' for none
    notice_url: str
    requested: str
    asked_on: date
    said: tuple[SaidLine, ...]
    terms: tuple[TermLine, ...]
    corrections: tuple[CorrectionLink, ...]
    joint: str
    has_contact: bool
    erased: bool
    cannot_add: tuple[Refusal, ...]
    cannot_escalate: tuple[Refusal, ...]
    cannot_erase: tuple[Refusal, ...]
    phones: tuple[tuple[str, str], ...]
    demo: bool
    personal: bool = True  # nothing of it is for chats and search engines

    @property
    def due_on(self) -> date:
        return self.terms[-1].due_on


def dialogue_page(site: Site, number: str, code: str, now: datetime) -> DialoguePage:
    """The page of a receipt.

    Raises:
        NotFoundError: no such receipt; number and code are told apart by nobody.
    """
    feedback_id = receipt_id(site, number, code)
    with site.sessions.reading() as session:
        return _page(site, session.get_one(Feedback, feedback_id), now)


def _page(site: Site, feedback: Feedback, now: datetime) -> DialoguePage:
    facts, today = feedback.facts_at(now), village_day(now)
    title, url = _notice(site, feedback, now)
    return DialoguePage(
        number=feedback.number,
        kind=feedback.kind,
        status=feedback_status(facts, today),
        level=feedback.level,
        next_level=next_level(feedback.level),
        place=(feedback.village or feedback.township).name,
        notice=title,
        notice_url=url,
        requested=feedback.requested,
        asked_on=village_day(feedback.asked_at),
        said=tuple(
            SaidLine(each.kind, each.at, each.body, each.text, bool(each.photo))
            for each in feedback.entries
        ),
        terms=tuple(term_line(term, today) for term in feedback.terms),
        corrections=tuple(
            CorrectionLink(each.edition.number, url)
            for each in feedback.corrections
            if state_at(each.edition.state, each.edition.publish_at, now) is State.PUBLISHED
        ),
        joint=feedback.joint.words if feedback.joint else "",
        has_contact=facts.has_contact,
        erased=facts.erased,
        cannot_add=tuple(addition_refusals(facts)),
        cannot_escalate=tuple(escalation_refusals(facts, today)),
        cannot_erase=tuple(erasure_refusals(facts)),
        phones=phones_of(feedback.township, feedback.village),
        demo=feedback.township.demo,
    )


def _notice(site: Site, feedback: Feedback, now: datetime) -> tuple[str, str]:
    if feedback.notice is None:
        return "", ""
    view = NoticeView(site, feedback.notice, now)
    title = view.title if view.listed_edition is not None else feedback.notice.public_title
    return title, f"/N/{feedback.notice.code}"


def term_line(term: ReplyTerm, today: date) -> TermLine:
    clock = term.clock
    late = clock.was_late or clock.is_overdue(today)
    return TermLine(term.level, term.due_on, term.limit.words, term.answered_on, late)
