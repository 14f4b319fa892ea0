"""决议公开: a decision becomes a matter of its item, dated by the meeting, and its notice is drafted."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import day_words
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.meetings.kinds import PARTS
from bulletin.domain.meetings.quorum import decision, quorum
from bulletin.domain.notices.content import Block, Document, Heading, Paragraph
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_liaison
from bulletin.services.duties.advance_matter import record_phase_event
from bulletin.services.duties.open import WAITING
from bulletin.services.duties.open_matter import open_matter_for
from bulletin.services.meetings.overview import NO_MEETING, visible_meeting
from bulletin.services.meetings.record import RECORDING
from bulletin.services.notices.drafts.draft import save
from bulletin.services.notices.drafts.start import start
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.meetings import Meeting, MeetingDecision


def draft_decision(
    site: Site, actor: Actor, meeting_id: int, decision_id: int, now: datetime
) -> str:
    """Open the matter of a decision, date it by the meeting, and draft its notice.

    Returns:
        The code of the notice.

    Raises:
        AlreadyStarted: its notice is being written.
        Refused: not the liaison, it was not decided, or the catalog asks nothing of it.
    """
    duty_id, title, document = _to_draft(site, actor, meeting_id, decision_id, now)
    code = start(site, actor, [duty_id], now)
    save(site, actor, code, now, version=1, title=title, document=document_json(document))
    return code


def _to_draft(
    site: Site, actor: Actor, meeting_id: int, decision_id: int, now: datetime
) -> tuple[int, str, Document]:
    """The duty, title and text of a decision. Asked twice, its duty is the one that there is."""
    with site.sessions.writing() as session:
        meeting = visible_meeting(session, actor, meeting_id)
        ensure_liaison(actor, meeting.village_id, RECORDING)
        decided = _decided(meeting, decision_id)
        title = f"{meeting.kind.label.partition('（')[0]}关于{decided.title}的决定"
        if decided.duty_id is None:
            decided.duty_id = _open(session, site, actor, meeting, decided.title, now)
        return decided.duty_id, title, _document(meeting, decided)


def _open(
    session: Session, site: Site, actor: Actor, meeting: Meeting, name: str, now: datetime
) -> int:
    """The duty of a decision's new matter, dated by the meeting."""
    waiting = session.scalar(
        select(Duty).where(
            Duty.village_id == meeting.village.today.id,
            Duty.item_code == PARTS[meeting.kind].item,
            Duty.occasion == WAITING,
        )
    )
    if waiting is None:
        raise refuse("no_item", "本村的目录里没有公开会议决定这一项，请联系管理员。")
    opened = open_matter_for(session, site, actor, waiting, name, now)
    duty = session.get_one(Duty, opened.duty_id)
    record_phase_event(session, site, actor, duty, meeting.held_on, now)
    return duty.id


def _decided(meeting: Meeting, decision_id: int) -> MeetingDecision:
    decided = next((each for each in meeting.decisions if each.id == decision_id), None)
    if decided is None:
        raise NotFoundError(NO_MEETING)
    if meeting.withdrawn:
        raise refuse("meeting_withdrawn", "这次会议的登记已经作废，没有决定要公开。")
    if not PARTS[meeting.kind].item:
        raise refuse("not_public", f"{meeting.kind.label}的决定不用单独公开。")
    if decision(meeting.kind, meeting.due, meeting.came, decided.votes).counts is False:
        raise refuse("not_decided", "这一项没有通过，不能作为决定公开。")
    return decided


def _document(meeting: Meeting, decided: MeetingDecision) -> Document:
    """What the catalog asks for of a decision, as far as the meeting's record says it."""
    day, place = day_words(meeting.held_on), f"在{meeting.place}" if meeting.place else ""
    name = meeting.kind.label.partition("（")[0]
    voted = decision(meeting.kind, meeting.due, meeting.came, decided.votes)
    blocks: list[Block] = [
        Paragraph("各位村民："),
        Paragraph(f"{day}，本村{place}召开{name}，现将会议决定公开如下。"),
        Heading(1, "应到和实到人数"),
        Paragraph(quorum(meeting.kind, meeting.due, meeting.came).words),
        Heading(1, "讨论的事项"),
        Paragraph(meeting.agenda or decided.title),
        Heading(1, "表决结果"),
        Paragraph(f"{decided.title}：{voted.words}"),
        Heading(1, "决定的内容"),
        Paragraph(decided.text),
        Heading(1, "实施时间和责任人"),
        Paragraph(""),
    ]
    return Document(tuple(blocks))
