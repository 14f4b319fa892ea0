"""Meetings as people see them: whether they count, what they decided, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError
from bulletin.domain.meetings.kinds import PARTS, STEPS, MeetingKind
from bulletin.domain.meetings.quorum import Verdict, decision, quorum
from bulletin.domain.meetings.records import MeetingRecord, read_record, record_changes
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor, Role
from bulletin.readers.file_types import sniff
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.notices.meeting_notes import meeting_notes
from bulletin.services.site import Site
from bulletin.store.meetings import (
    Meeting,
    MeetingCorrection,
    MeetingDecision,
    decisions_named,
    editions_behind,
    meetings_at,
    recent_titles,
)

MAX_TITLES = 20  # that are offered for the next meeting
NO_MEETING = "没有这次会议，或者不在您负责的范围内。"


@dataclass(frozen=True)
class StepHeld:
    """One of the four deliberations of a thing."""

    step: str  # 提议
    meeting_id: int | None  # None: no such meeting was recorded for it
    held_on: date | None


StepsHeld = dict[tuple[int, str], dict[str, StepHeld]]


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    id: int
    title: str
    text: str
    verdict: Verdict
    must_be_public: bool  # it was not refused, and the catalog asks for it
    duty: DutyLine | None  # opened to make it public
    matter_id: (
        int | None
    )  # where it is told that it is carried out, 实施结果公开; None: it has no such step
    steps: tuple[StepHeld, ...]  # 四议 of the thing; empty for a meeting that is none of them


@dataclass(frozen=True, kw_only=True)
class MeetingCorrectionLine:
    what: str  # 日期由2026年10月6日更正为10月7日
    reason: str
    by: str
    on: date


@dataclass(frozen=True)
class NoticeToMend:
    """A notice that still says what the record said before."""

    code: str
    title: str
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MeetingView:
    id: int
    village: str
    kind: MeetingKind
    step: str  # 决议: its part in 四议两公开; ''
    held_on: date
    place: str
    quorum: Verdict
    agenda: str
    has_minutes: bool
    mine: bool  # whether the person may draft its decisions and correct it
    withdrawn: bool
    record: MeetingRecord
    decisions: tuple[DecisionLine, ...]
    corrections: tuple[MeetingCorrectionLine, ...]
    to_mend: tuple[NoticeToMend, ...] = ()  # only where one meeting is looked at


@dataclass(frozen=True, kw_only=True)
class MeetingsAsked:
    """What the list is narrowed to; None: it is not."""

    village_id: int | None = None
    kind: MeetingKind | None = None
    year: int | None = None


def meeting_views(
    site: Site,
    actor: Actor,
    now: datetime,
    narrowed: MeetingsAsked = MeetingsAsked(),
    number: int | None = None,
) -> Page[MeetingView]:
    """The meetings that a person may see, the newest first, a page of them."""
    asked = meetings_at(actor.township_id, actor.places)
    if narrowed.village_id is not None:
        asked = asked.where(Meeting.village_id == narrowed.village_id)
    if narrowed.kind is not None:
        asked = asked.where(Meeting.kind == narrowed.kind)
    if narrowed.year is not None:
        asked = asked.where(extract("year", Meeting.held_on) == narrowed.year)
    with site.sessions.reading() as session:
        count = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery()))
        span = page_span(count or 0, number)
        meetings = session.scalars(asked.offset(span.first).limit(span.per_page)).all()
        return span.with_lines(_views(session, site, actor, meetings, now))


def meeting_view(site: Site, actor: Actor, meeting_id: int, now: datetime) -> MeetingView:
    """One meeting.

    Raises:
        NotFoundError: no such meeting, or none of this person's.
    """
    with site.sessions.reading() as session:
        meeting = visible_meeting(session, actor, meeting_id)
        view = _views(session, site, actor, [meeting], now)[0]
        return replace(view, to_mend=tuple(_to_mend(session, meeting)))


def _to_mend(session: Session, meeting: Meeting) -> Iterator[NoticeToMend]:
    days = [read_record(each.before).held_on for each in meeting.corrections]
    for edition in session.scalars(editions_behind(meeting, days)) if days else ():
        effective = edition.notice.effective_edition
        if edition is effective and (notes := meeting_notes(session, edition)):
            yield NoticeToMend(edition.notice.code, edition.title, notes)


def visible_meeting(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    """A meeting that the person may see. What is none of theirs does not exist for them."""
    meeting = session.get(Meeting, meeting_id)
    theirs = meeting is not None and meeting.township_id == actor.township_id
    if meeting is None or not theirs or not actor.may_see(meeting.village_id):
        raise NotFoundError(NO_MEETING)
    return meeting


def minutes_photo(site: Site, actor: Actor, meeting_id: int) -> tuple[bytes, str]:
    """The photo of the signed minutes and its media type; residents never see it."""
    with site.sessions.reading() as session:
        digest = visible_meeting(session, actor, meeting_id).minutes
        data = site.files.get(digest) if digest else None
        if data is None:
            raise NotFoundError("这次会议没有会议记录的照片。")
        return data, sniff(data, "minutes")


def _views(
    session: Session, site: Site, actor: Actor, meetings: Sequence[Meeting], now: datetime
) -> list[MeetingView]:
    held = _steps_held(session, actor, meetings)
    duties = [d.duty for meeting in meetings for d in meeting.decisions if d.duty is not None]
    lines = {line.id: line for line in lines_of(session, site, duties, now)}
    return [_view(actor, meeting, lines, held) for meeting in meetings]


def _steps_held(session: Session, actor: Actor, meetings: Sequence[Meeting]) -> StepsHeld:
    """The last meeting of each step, by village and thing: what bears one name is one thing."""
    titles = {decided.title for meeting in meetings for decided in meeting.decisions}
    villages = {meeting.village_id for meeting in meetings}
    held: StepsHeld = {}
    for row in session.execute(decisions_named(actor.township_id, villages, titles)):
        step = PARTS[row.kind].step
        held.setdefault((row.village_id, row.title), {})[step] = StepHeld(step, row.id, row.held_on)
    return held


def decided_titles(site: Site, actor: Actor) -> tuple[str, ...]:
    """What the villages of a liaison decided of last, so that the next meeting calls it the same."""
    places = actor.places_of(Role.LIAISON)
    with site.sessions.reading() as session:
        return tuple(session.scalars(recent_titles(actor.township_id, places, MAX_TITLES)))


def _view(
    actor: Actor, meeting: Meeting, lines: Mapping[int, DutyLine], held: StepsHeld
) -> MeetingView:
    return MeetingView(
        id=meeting.id,
        village=meeting.village.name,
        kind=meeting.kind,
        step=PARTS[meeting.kind].step,
        held_on=meeting.held_on,
        place=meeting.place,
        quorum=quorum(meeting.kind, meeting.due, meeting.came),
        agenda=meeting.agenda,
        has_minutes=bool(meeting.minutes),
        mine=actor.holds(Role.LIAISON, meeting.village_id),
        withdrawn=meeting.withdrawn,
        record=meeting.record,
        corrections=tuple(map(_correction, meeting.corrections)),
        decisions=tuple(_decision(meeting, each, lines, held) for each in meeting.decisions),
    )


def _carried_out_in(each: MeetingDecision) -> int | None:
    matter = each.duty.matter if each.duty is not None else None
    return matter.id if matter is not None and len(matter.phases) > 1 else None


def _correction(correction: MeetingCorrection) -> MeetingCorrectionLine:
    before, after = read_record(correction.before), correction.after
    changes = record_changes(before, read_record(after)) if after else ("没有开过，登记作废",)
    return MeetingCorrectionLine(
        what="；".join(changes),
        reason=correction.reason,
        by=correction.corrector.name if correction.corrector else "",
        on=village_day(correction.corrected_at),
    )


def _decision(
    meeting: Meeting, each: MeetingDecision, lines: Mapping[int, DutyLine], held: StepsHeld
) -> DecisionLine:
    verdict = decision(meeting.kind, meeting.due, meeting.came, each.votes)
    known = held.get((meeting.village_id, each.title), {})
    steps = STEPS if PARTS[meeting.kind].step and not meeting.withdrawn else ()
    return DecisionLine(
        id=each.id,
        title=each.title,
        text=each.text,
        verdict=verdict,
        must_be_public=not meeting.withdrawn
        and verdict.counts is not False
        and bool(PARTS[meeting.kind].item),
        duty=lines.get(each.duty_id) if each.duty_id is not None else None,
        matter_id=_carried_out_in(each),
        steps=tuple(known.get(step, StepHeld(step, None, None)) for step in steps),
    )
