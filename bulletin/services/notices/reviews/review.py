"""Review by other people: the steps of the procedure, send back, force, endorse."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import BulletinError, Refused, refuse
from bulletin.domain.notices.workflow import IN_REVIEW, STEP_OF_STATE, Act, State
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for, notice_for
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.notices import publish
from bulletin.services.notices.reviews.comments import open_comments
from bulletin.services.notices.reviews.keep_returned import keep_returned
from bulletin.services.privacy.check import ensure_clean, ensure_reason_is_clean, with_files_read
from bulletin.services.site import Site
from bulletin.services.transition import advance, ensure_may
from bulletin.store.notices import Edition, Notice
from bulletin.store.reviews import forget_returned


@dataclass(frozen=True)
class Outcome:
    """What became of one notice when many were taken through a step together."""

    code: str
    title: str
    refused: tuple[str, ...] = ()  # sentences; empty: done
    late: str = ""  # how much later than due it is planned

    @property
    def done(self) -> bool:
        return not self.refused


def take_step(
    site: Site,
    actor: Actor,
    code: str,
    step: Act,
    now: datetime,
    *,
    meeting_on: date | None = None,
    seen: str = "",
) -> State:
    """Examine, confirm, screen or approve. After the last step the notice is released.

    Args:
        meeting_on: the day of the joint meeting, where the step asks for it.
        seen: the fingerprint that the reviewer saw; a page that was left open too long is refused.
    """
    site = with_files_read(site, actor, code)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, step, actor, now)
        _ensure_seen(edition, seen)
        _ensure_meeting(site, edition, step, meeting_on, now)
        return _pass(session, site, edition, step, actor, now, meeting_on=meeting_on)


def force(
    site: Site,
    actor: Actor,
    code: str,
    reason: str,
    now: datetime,
    *,
    meeting_on: date | None = None,
) -> State:
    """特办: take the present step without other eyes, with a reason, flagged until endorsed."""
    site = with_files_read(site, actor, code)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.FORCE, actor, now)
        reason = ensure_reason_is_clean(session, actor, reason, needed_for=Act.FORCE)
        step = STEP_OF_STATE[edition.state]
        _ensure_meeting(site, edition, step, meeting_on, now)
        publish.file_with_township(session, edition, Act.FORCE.value, now)
        return _pass(
            session,
            site,
            edition,
            Act.FORCE,
            actor,
            now,
            meeting_on=meeting_on,
            reason=reason,
            forced=True,
            endorsed_at=None,
            endorsed_by=None,
        )


def _pass(
    session: Session,
    site: Site,
    edition: Edition,
    act: Act,
    actor: Actor,
    now: datetime,
    *,
    meeting_on: date | None = None,
    reason: str = "",
    **columns: Any,
) -> State:
    ensure_clean(session, site.files, edition)
    if edition_fingerprint(edition) != edition.fingerprint:
        raise refuse("content_altered", "内容跟提交的时候不一样了，不能往下办，请联系管理员查明。")
    after = advance(
        session, site, edition, act, actor, now, meeting_on=meeting_on, reason=reason, **columns
    )
    if after is State.SCHEDULED:
        publish.release(session, site, edition, actor, now)
        forget_returned(session, edition.id)
    return edition.state


def _ensure_seen(edition: Edition, seen: str) -> None:
    if seen and seen != edition.fingerprint:
        raise refuse("seen_other_content", "您看的不是最新提交的内容，请刷新页面，看过再办。")


def _ensure_meeting(
    site: Site, edition: Edition, step: Act, meeting_on: date | None, now: datetime
) -> None:
    if not site.procedure(edition.notice.procedure).asks_meeting(step):
        return
    if meeting_on is None:
        raise refuse("meeting_missing", "请填联席会议的日期。")
    if meeting_on > village_day(now):
        raise refuse("meeting_in_future", "联席会议的日期不能在今天之后。")


def send_back(site: Site, actor: Actor, code: str, reason: str, now: datetime) -> None:
    """退回 with a reason that the drafter reads; open comments beside the text are one."""
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        still_open = open_comments(session, edition)
        if still_open and not reason.strip():
            reason = f"见正文旁的{len(still_open)}条意见。"
        reason = ensure_reason_is_clean(session, actor, reason, needed_for=Act.SEND_BACK)
        advance(session, site, edition, Act.SEND_BACK, actor, now, reason=reason)
        keep_returned(session, edition, now)


def withdraw(site: Site, actor: Actor, code: str, now: datetime) -> None:
    """撤回修改: the drafter takes the notice back before the last step."""
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        advance(session, site, edition, Act.WITHDRAW, actor, now)
        keep_returned(session, edition, now)


def endorse(site: Site, actor: Actor, code: str, now: datetime) -> None:
    """补审: someone else approves afterwards what was forced."""
    with site.sessions.writing() as session:
        edition = edition_to_endorse(notice_for(session, actor, code))
        publish.settle(session, edition, now)
        advance(
            session,
            site,
            edition,
            Act.ENDORSE,
            actor,
            now,
            endorsed_at=now,
            endorsed_by=actor.id,
        )


def edition_to_endorse(notice: Notice) -> Edition:
    """The oldest forced edition that nobody endorsed; the newest edition when there is none."""
    waiting = (e for e in notice.editions if e.forced and e.endorsed_at is None)
    return next(waiting, notice.editions[-1])


def take_many(
    site: Site,
    actor: Actor,
    seen: Mapping[str, str],
    now: datetime,
    *,
    meeting_on: date | None = None,
) -> list[Outcome]:
    """Take the present step of many notices; a refusal stops only its own.

    Args:
        seen: the fingerprint that the reviewer saw, by the notice's code.
    """
    return [
        _take_one(site, actor, code, now, meeting_on=meeting_on, seen=seen[code]) for code in seen
    ]


def _take_one(
    site: Site, actor: Actor, code: str, now: datetime, *, meeting_on: date | None, seen: str
) -> Outcome:
    title, late = code, None
    try:
        with site.sessions.reading() as session:
            edition = edition_for(session, actor, code)
            title, late = edition.title, late_plan_of(edition, now)
            if edition.state not in IN_REVIEW:
                raise refuse("not_in_review", "不在审查中，可能刚刚被别人处理过。")
            step = STEP_OF_STATE[edition.state]
        take_step(site, actor, code, step, now, meeting_on=meeting_on, seen=seen)
    except Refused as refused:
        return Outcome(code, title, tuple(str(r) for r in refused.refusals))
    except BulletinError as fault:
        return Outcome(code, title, (str(fault),))
    return Outcome(code, title, late=late.words if late else "")
