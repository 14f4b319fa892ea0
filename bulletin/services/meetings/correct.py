"""更正会议登记: what was recorded wrongly is put right, what was never held is withdrawn.

Nothing is overwritten without trace: what the record said before stays on its page, with the reason.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.meetings.kinds import PARTS
from bulletin.domain.meetings.records import MeetingRecord, record_json
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_liaison
from bulletin.services.history import record
from bulletin.services.meetings.follow_correction import follow_record, follow_withdrawal
from bulletin.services.meetings.overview import visible_meeting
from bulletin.services.meetings.record import (
    RECORDING,
    NewMeeting,
    clean,
    decision_row,
    ensure_possible,
    normal_photo,
)
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.store.meetings import Meeting, MeetingCorrection


def correct_meeting(
    site: Site,
    actor: Actor,
    meeting_id: int,
    new: NewMeeting,
    reason: str,
    now: datetime,
    *,
    minutes: tuple[str, bytes] | None = None,
    drops_minutes: bool = False,
) -> tuple[str, ...]:
    """The record says something else from here on; what drew its day from it follows.

    Args:
        minutes: name and content of another photo of the signed minutes.
        drops_minutes: the photo that there is shows something else.

    Returns:
        What could not follow, in sentences. What notices say otherwise stands on the meeting's page.

    Raises:
        Refused: not the liaison, withdrawn already, no reason, nothing that changes, or with every
            reason why a meeting can't have been like that.
    """
    ensure_possible(new, village_day(now))
    photo = site.files.put(normal_photo(*minutes)) if minutes else None
    with site.sessions.writing() as session:
        meeting = _to_correct(session, actor, meeting_id)
        reason = _reason(session, actor, reason)
        _ensure_fits(meeting, new)
        before = meeting.record
        _write(actor, meeting, clean(session, actor, new))
        if photo or drops_minutes:
            meeting.minutes = photo or ""
        session.flush()
        session.refresh(meeting, ["decisions"])
        if meeting.record == before:
            raise refuse("nothing_changed", "和原来登记的一样，没有要更正的。")
        _keep(session, actor, meeting, before, meeting.record, reason, now)
        return follow_record(session, site, actor, meeting, before, now)


def withdraw_meeting(site: Site, actor: Actor, meeting_id: int, reason: str, now: datetime) -> None:
    """The meeting was never held: its record counts for nothing, and stays to be read as withdrawn.

    Raises:
        Refused: not the liaison, withdrawn already, or no reason.
    """
    with site.sessions.writing() as session:
        meeting = _to_correct(session, actor, meeting_id)
        reason = _reason(session, actor, reason)
        meeting.withdrawn = True
        _keep(session, actor, meeting, meeting.record, None, reason, now)
        follow_withdrawal(session, site, actor, meeting, reason, now)


def _to_correct(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    meeting = visible_meeting(session, actor, meeting_id)
    ensure_liaison(actor, meeting.village_id, RECORDING)
    if meeting.withdrawn:
        raise refuse(
            "meeting_withdrawn", "这次会议的登记已经作废，不能再改。真开了会，请另外登记。"
        )
    return meeting


def _reason(session: Session, actor: Actor, reason: str) -> str:
    if not reason.strip():
        raise refuse("reason_missing", "请写明为什么更正，会议的页面上会写着。")
    return ensure_text_is_clean(session, actor, reason, "更正的原因")


def _ensure_fits(meeting: Meeting, new: NewMeeting) -> None:
    """A decision whose matter is under way stays a decision of such a meeting."""
    kept = {each.id for each in new.decisions}
    faults = []
    for decided in meeting.decisions:
        if decided.duty_id is None:
            continue
        if decided.id not in kept:
            words = f"“{decided.title}”已经登记成事项，不能去掉。没有通过的，改对票数；没有这回事的，作废整条登记。"
            faults.append(Refusal("decision_in_use", words))
        if PARTS[new.kind].item != PARTS[meeting.kind].item:
            words = (
                f"“{decided.title}”已经按{meeting.kind.label}的决定登记成事项，不能改成"
                f"{new.kind.label}。请作废这条登记，另外登记一次。"
            )
            faults.append(Refusal("kind_in_use", words))
    known = {each.id for each in meeting.decisions}
    if any(each.id is not None and each.id not in known for each in new.decisions):
        faults.append(Refusal("decision_gone", "有一项决定刚刚被别人改过，请刷新后再改。"))
    if faults:
        raise Refused(*faults)


def _write(actor: Actor, meeting: Meeting, new: NewMeeting) -> None:
    meeting.kind, meeting.held_on, meeting.place = new.kind, new.held_on, new.place
    meeting.due, meeting.came, meeting.agenda = new.due, new.came, new.agenda
    rows = {row.id: row for row in meeting.decisions}
    written = []
    for each in new.decisions:
        row = rows[each.id] if each.id is not None else decision_row(actor, each)
        row.title, row.text = each.title, each.text
        row.in_favour, row.against = each.votes.in_favour, each.votes.against
        row.abstained = each.votes.abstained
        written.append(row)
    meeting.decisions = written


def _keep(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    before: MeetingRecord,
    after: MeetingRecord | None,
    reason: str,
    now: datetime,
) -> None:
    """What the record said before, and why it says something else; the history has its fingerprints."""
    kept = MeetingCorrection(
        township_id=meeting.township_id,
        meeting=meeting,
        before=record_json(before),
        after=record_json(after) if after else None,
        reason=reason,
        corrected_at=now,
        corrected_by=actor.id,
    )
    session.add(kept)
    record(
        session,
        actor,
        "correct_meeting",
        f"meeting {meeting.id}",
        now,
        **kept.history_facts,
    )
