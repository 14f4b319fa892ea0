"""Meetings of a village and what they decided, as far as it is public; and how much of it should be."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.errors import NotFoundError
from bulletin.domain.meetings.kinds import PARTS
from bulletin.domain.meetings.quorum import decision, quorum
from bulletin.services.access import NO_LIST
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public.matter_links import public_view
from bulletin.services.public.place_pages import place_named
from bulletin.services.public.records.record import named
from bulletin.services.public.records.values import (
    DisclosedDecision,
    DisclosedMeeting,
    MeetingsPage,
)
from bulletin.services.site import Site
from bulletin.store.list_pages import page_rows
from bulletin.store.meetings import Meeting, MeetingDecision, disclosed_meetings

PER_PAGE = 20


def meetings_page(site: Site, code: str, now: datetime, number: int = 1) -> MeetingsPage:
    """The meetings of a village whose decisions are public, or should be, the newest first, a page of them.

    Raises:
        NotFoundError: no place has the code, or there is no such page.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, code)
        if village is None:
            raise NotFoundError(NO_LIST)
        query = disclosed_meetings(township.id, village.id, now)
        found = page_rows(session, query, number, per_page=PER_PAGE)
        if not found.rows and number != 1:
            raise NotFoundError(NO_LIST)
        return MeetingsPage(
            **named(township, village),
            meetings=tuple(_meeting(session, site, each, now) for each in found.rows),
            number=number,
            more=found.more,
        )


def _meeting(session: Session, site: Site, meeting: Meeting, now: datetime) -> DisclosedMeeting:
    duties = [each.duty for each in meeting.decisions if each.duty is not None]
    standing = {line.id: line for line in lines_of(session, site, duties, now)}
    public = [
        _decision(meeting, each, view)
        for each in meeting.decisions
        if each.duty_id is not None
        and (view := public_view(session, site, each.duty_id, now)) is not None
    ]
    # Who came is public with what they decided, and how the Party met is its own.
    says_quorum = public and not _is_of_party(meeting)
    return DisclosedMeeting(
        kind=meeting.kind.label,
        held_on=meeting.held_on,
        quorum=quorum(meeting.kind, meeting.due, meeting.came).words if says_quorum else "",
        decisions=tuple(public),
        overdue=sum(_is_overdue(standing[each.id]) for each in duties),
    )


def _decision(meeting: Meeting, each: MeetingDecision, view: NoticeView) -> DisclosedDecision:
    """What was decided as its notice is called, for nobody reviewed the record; how the Party voted is its own."""
    votes = (
        ""
        if _is_of_party(meeting)
        else decision(meeting.kind, meeting.due, meeting.came, each.votes).words
    )
    return DisclosedDecision(
        title=view.title,
        votes=votes,
        url=f"/N/{view.notice.code}",
    )


def _is_overdue(line: DutyLine) -> bool:
    return line.status is DutyStatus.OVERDUE and line.web_on is None


def _is_of_party(meeting: Meeting) -> bool:
    return PARTS[meeting.kind].item.startswith(f"{Group.PARTY.value}.")
