"""One question for staff: the dialogue as far as the person may read it, and what the person may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.feedback.kinds import (
    BY_ASKER,
    EntryKind,
    FeedbackChannel,
    FeedbackKind,
    Level,
)
from bulletin.domain.feedback.permissions import FeedbackAct, feedback_refusals, reads_all
from bulletin.domain.feedback.states import FeedbackStatus, feedback_status
from bulletin.domain.people import Actor
from bulletin.readers.file_types import sniff
from bulletin.services.feedback.dialogue_page import TermLine, term_line
from bulletin.services.feedback.records import NO_FEEDBACK, feedback_for
from bulletin.services.site import Site
from bulletin.store.feedback import Feedback, FeedbackEntry


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    id: int
    kind: EntryKind
    at: datetime
    who: str  # 村民, 张家村村民委员会
    text: str  # '' when the person may not read it, or it was erased
    passed_text: str  # other words that the village reads; '' for the same
    has_photo: bool
    waits: bool  # until the township passes it on


@dataclass(frozen=True, kw_only=True)
class FeedbackDetail:
    id: int
    kind: FeedbackKind
    channel: FeedbackChannel
    status: FeedbackStatus
    level: Level
    place: str
    notice: str  # code; ''
    notice_title: str
    requested: str
    within_period: bool
    asked_on: date
    entries: tuple[EntryLine, ...]
    terms: tuple[TermLine, ...]
    joint: str
    corrections: tuple[int, ...]  # numbers of editions
    erased: bool
    has_contact: bool  # said to who may look at it, to nobody else
    refused: Mapping[FeedbackAct, tuple[str, ...]]  # why an act can't be done; empty: it can

    def may(self, act: str) -> bool:
        return not self.refused[FeedbackAct(act)]


def feedback_detail(site: Site, actor: Actor, feedback_id: int, now: datetime) -> FeedbackDetail:
    """One question as this person may see it.

    Raises:
        NotFoundError: none that this person may read.
    """
    with site.sessions.reading() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.READ, now)
        facts, today = feedback.facts_at(now), village_day(now)
        refused = {
            act: tuple(each.sentence for each in feedback_refusals(act, actor, facts))
            for act in FeedbackAct
        }
        notice = feedback.notice
        return FeedbackDetail(
            id=feedback.id,
            kind=feedback.kind,
            channel=feedback.channel,
            status=feedback_status(facts, today),
            level=feedback.level,
            place=(feedback.village or feedback.township).name,
            notice=notice.code if notice else "",
            notice_title=notice.effective_edition.title if notice else "",
            requested=feedback.requested,
            within_period=feedback.within_period,
            asked_on=village_day(feedback.asked_at),
            entries=tuple(_entry(each, feedback, actor) for each in feedback.entries),
            terms=tuple(term_line(term, today) for term in feedback.terms),
            joint=feedback.joint.words if feedback.joint else "",
            corrections=tuple(each.edition.number for each in feedback.corrections),
            erased=facts.erased,
            has_contact=not refused[FeedbackAct.SEE_CONTACT],
            refused=refused,
        )


def _entry(entry: FeedbackEntry, feedback: Feedback, actor: Actor) -> EntryLine:
    asked = entry.kind in BY_ASKER
    whole = reads_all(actor) or not asked or feedback.village_id is None
    text = entry.text if whole else _of_village(entry)
    return EntryLine(
        id=entry.id,
        kind=entry.kind,
        at=entry.at,
        who="村民" if asked else entry.body,
        text=text,
        passed_text=entry.passed_text if whole else "",
        has_photo=_sees_photo(entry, whole=whole),
        waits=asked and entry.passed_at is None and feedback.level is Level.VILLAGE,
    )


def _of_village(entry: FeedbackEntry) -> str:
    return entry.village_text if entry.passed_at is not None else ""


def _sees_photo(entry: FeedbackEntry, *, whole: bool) -> bool:
    return bool(entry.photo) and (whole or entry.passed_photo)


def entry_photo(
    site: Site, actor: Actor, feedback_id: int, entry_id: int, now: datetime
) -> tuple[bytes, str]:
    """A photograph that came with a question, and its media type.

    Raises:
        NotFoundError: none that this person may see.
    """
    with site.sessions.reading() as session:
        feedback = feedback_for(session, actor, feedback_id, FeedbackAct.READ, now)
        whole = reads_all(actor) or feedback.village_id is None
        entry = next((each for each in feedback.entries if each.id == entry_id), None)
        data = None
        if entry is not None and _sees_photo(entry, whole=whole):
            data = site.files.get(entry.photo)
        if entry is None or data is None:
            raise NotFoundError(NO_FEEDBACK)
        return data, sniff(data, entry.photo)
