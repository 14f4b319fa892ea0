"""Meetings of a village and what they decided, as far as it is public; and how much of it should be."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session, selectinload

from bulletin.domain.catalog.items import Group
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.errors import NotFoundError
from bulletin.domain.meetings.kinds import PARTS
from bulletin.domain.meetings.quorum import decision, quorum
from bulletin.services.access import NO_LIST
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public.matter_links import public_views
from bulletin.services.public.place_pages import village_named
from bulletin.services.public.records.record import named
from bulletin.services.public.records.values import (
    DisclosedDecision,
    DisclosedMeeting,
    MeetingsPage,
)
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.list_pages import page_rows
from bulletin.store.meetings import Meeting, MeetingDecision, disclosed_meetings

PER_PAGE = 20


def meetings_page(site: Site, code: str, now: datetime, number: int = 1) -> MeetingsPage:
    """The meetings of a village whose decisions are public, or should be, the newest first, a page of them.

    Raises:
        NotFoundError: no place has the code, or there is no such page.
    """
    with site.sessions.reading() as session:
        township, village = village_named(session, code)
        decided = selectinload(Meeting.decisions).joinedload(MeetingDecision.duty)
        query = disclosed_meetings(township.id, village.id, now)
        query = query.options(decided.joinedload(Duty.matter))
        found = page_rows(session, query, number, per_page=PER_PAGE)
        if not found.rows and number != 1:
            raise NotFoundError(NO_LIST)
        return MeetingsPage(
            **named(township, village),
            meetings=tuple(_meetings(session, site, found.rows, now)),
            number=number,
            more=found.more,
        )


def _meetings(
    session: Session, site: Site, meetings: Sequence[Meeting], now: datetime
) -> Iterator[DisclosedMeeting]:
    decisions = [each for meeting in meetings for each in meeting.decisions]
    duties = [each.duty for each in decisions if each.duty is not None]
    overdue = {line.id for line in lines_of(session, site, duties, now) if _is_overdue(line)}
    views = public_views(session, site, [duty.id for duty in duties], now)
    for meeting in meetings:
        yield _meeting(meeting, overdue, views)


def _meeting(
    meeting: Meeting, overdue: Collection[int], views: Mapping[int, NoticeView]
) -> DisclosedMeeting:
    """One of them.

    Args:
        overdue: the duties that are.
        views: the notices that may be linked, by duty.
    """
    public = [
        _decision(meeting, each, views[each.duty_id])
        for each in meeting.decisions
        if each.duty_id is not None and each.duty_id in views
    ]
    # Who came is public with what they decided, and how the Party met is its own.
    says_quorum = public and not _is_of_party(meeting)
    return DisclosedMeeting(
        kind=meeting.kind.label,
        held_on=meeting.held_on,
        quorum=quorum(meeting.kind, meeting.due, meeting.came).words if says_quorum else "",
        decisions=tuple(public),
        overdue=sum(each.duty_id in overdue for each in meeting.decisions),
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
