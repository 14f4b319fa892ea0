"""Other eyes: submit, the steps of the procedure, send back, force, endorse."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import BulletinError, Refusal, Refused, refuse
from bulletin.domain.notices.content import Document, Heading, Image, Table
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import IN_REVIEW, STEP_OF_STATE, Act, State
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for, notice_for
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.notices import publish
from bulletin.services.printing.print import ensure_legible
from bulletin.services.privacy.check import check_edition, ensure_clean, ensure_reason_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import advance, ensure_may
from bulletin.store.notices import Edition, Notice


@dataclass(frozen=True)
class Outcome:
    """What became of one notice when many were taken through a step together."""

    code: str
    title: str
    refused: tuple[str, ...] = ()  # sentences; empty: done

    @property
    def done(self) -> bool:
        return not self.refused


def submit(site: Site, actor: Actor, code: str, now: datetime) -> State:
    """Hand the draft to the first reviewer. Its fingerprint is taken now and kept from here on.

    What passes no review (a paper of a higher body) goes out with this.
    """
    check_edition(site, actor, code)
    ensure_legible(site, actor, code, now)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        _ensure_complete(edition, now)
        ensure_clean(session, site.files, edition)
        edition.review_round += 1
        edition.forced, edition.endorsed_at, edition.endorsed_by = False, None, None
        edition.fingerprint = edition_fingerprint(edition)
        session.flush()
        if advance(session, site, edition, Act.SUBMIT, actor, now) is State.SCHEDULED:
            publish.release(session, site, edition, actor, now)
        return edition.state


def _empty_headings(document: Document) -> list[str]:
    """Headings with nothing under them, not even a smaller heading."""
    return [
        block.text
        for block, after in zip_longest(document.blocks, document.blocks[1:])
        if isinstance(block, Heading)
        and (after is None or (isinstance(after, Heading) and after.level <= block.level))
    ]


def _ensure_complete(edition: Edition, now: datetime) -> None:
    document = read_document(edition.content.document)
    found: list[Refusal] = []
    if not edition.title.strip():
        found.append(Refusal("title_missing", "请写标题。"))
    if document.is_empty:
        found.append(Refusal("content_missing", "正文还是空的，请写好再提交。"))
    found += [
        Refusal("heading_empty", f"小标题“{title}”下面还没有内容，请补写，或删掉这个小标题。")
        for title in _empty_headings(document)
    ]
    for block in document.blocks:
        if isinstance(block, Image) and not block.alt:
            found.append(Refusal("alt_missing", "每张图片要写一句文字说明，看不清图的人靠它。"))
        if isinstance(block, Table) and not all(column.title for column in block.columns):
            found.append(Refusal("column_untitled", "表格的每一列都要有列名。"))
    if set(document.files) - {file.digest for file in edition.files}:
        found.append(Refusal("file_missing", "有图片或附件没有上传成功，请删掉它，重新上传。"))
    if edition.number > 1 and not edition.change_note:
        found.append(Refusal("change_note_missing", "更正要写明改了什么、为什么改。"))
    if edition.publish_at is not None and edition.publish_at < now:
        found.append(Refusal("moment_passed", "选定的发布时间已经过了，请改时间，或选审完即发布。"))
    if found:
        raise Refused(*found)


def take_step(
    site: Site, actor: Actor, code: str, step: Act, now: datetime, *,
    meeting_on: date | None = None, seen: str = "",
) -> State:  # fmt: skip
    """Examine, confirm, screen or approve. After the last step the notice is released.

    Args:
        meeting_on: the day of the joint meeting, where the step asks for it.
        seen: the fingerprint that the reviewer saw; a page that was left open too long is refused.
    """
    check_edition(site, actor, code)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, step, actor, now)
        _ensure_seen(edition, seen)
        _ensure_meeting(site, edition, step, meeting_on, now)
        return _pass(session, site, edition, step, actor, now, meeting_on=meeting_on)


def force(
    site: Site, actor: Actor, code: str, reason: str, now: datetime, *,
    meeting_on: date | None = None,
) -> State:  # fmt: skip
    """特办: take the present step without other eyes, with a reason, flagged until endorsed."""
    check_edition(site, actor, code)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.FORCE, actor, now)
        reason = ensure_reason_is_clean(session, actor, reason, needed_for=Act.FORCE)
        step = STEP_OF_STATE[edition.state]
        _ensure_meeting(site, edition, step, meeting_on, now)
        publish.file_with_township(session, edition, Act.FORCE.value, now)
        return _pass(
            session, site, edition, Act.FORCE, actor, now,
            meeting_on=meeting_on, reason=reason, forced=True, endorsed_at=None, endorsed_by=None,
        )  # fmt: skip


def _pass(
    session: Session, site: Site, edition: Edition, act: Act, actor: Actor, now: datetime,
    *, meeting_on: date | None = None, reason: str = "", **columns: object,
) -> State:  # fmt: skip
    ensure_clean(session, site.files, edition)
    if edition_fingerprint(edition) != edition.fingerprint:
        raise refuse("content_altered", "内容与提交时的指纹不一致，不能继续，请联系管理员查明。")
    after = advance(
        session, site, edition, act, actor, now, meeting_on=meeting_on, reason=reason, **columns
    )
    if after is State.SCHEDULED:
        publish.release(session, site, edition, actor, now)
    return edition.state


def _ensure_seen(edition: Edition, seen: str) -> None:
    if seen and seen != edition.fingerprint:
        raise refuse("seen_other_content", "您看的不是最新提交的内容，请刷新页面，看过再办。")


def _ensure_meeting(
    site: Site, edition: Edition, step: Act, meeting_on: date | None, now: datetime
) -> None:
    asked = {s.act: s.asks_meeting for s in site.procedure(edition.notice.procedure).steps}
    if not asked.get(step):
        return
    if meeting_on is None:
        raise refuse("meeting_missing", "请填联席会议的日期。")
    if meeting_on > village_day(now):
        raise refuse("meeting_in_future", "联席会议的日期不能在今天之后。")


def send_back(site: Site, actor: Actor, code: str, reason: str, now: datetime) -> None:
    """退回 with a reason that the drafter reads."""
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        reason = ensure_reason_is_clean(session, actor, reason, needed_for=Act.SEND_BACK)
        advance(session, site, edition, Act.SEND_BACK, actor, now, reason=reason)


def withdraw(site: Site, actor: Actor, code: str, now: datetime) -> None:
    """撤回修改: the drafter takes the notice back before the last step."""
    with site.sessions.writing() as session:
        advance(session, site, edition_for(session, actor, code), Act.WITHDRAW, actor, now)


def endorse(site: Site, actor: Actor, code: str, now: datetime) -> None:
    """补审: someone else approves afterwards what was forced."""
    with site.sessions.writing() as session:
        edition = edition_to_endorse(notice_for(session, actor, code))
        publish.settle(session, edition, now)
        advance(
            session, site, edition, Act.ENDORSE, actor, now,
            endorsed_at=now, endorsed_by=actor.id,
        )  # fmt: skip


def edition_to_endorse(notice: Notice) -> Edition:
    """The oldest forced edition that nobody endorsed; the newest edition when there is none."""
    waiting = (e for e in notice.editions if e.forced and e.endorsed_at is None)
    return next(waiting, notice.editions[-1])


def take_many(
    site: Site, actor: Actor, seen: Mapping[str, str], now: datetime, *,
    meeting_on: date | None = None,
) -> list[Outcome]:  # fmt: skip
    """Take the present step of many notices; each stands for itself, a refusal stops only its own.

    Args:
        seen: the fingerprint that the reviewer saw, by the notice's code.
    """
    return [_take_one(site, actor, code, now, meeting_on, seen[code]) for code in seen]


def _take_one(
    site: Site, actor: Actor, code: str, now: datetime, meeting_on: date | None, seen: str
) -> Outcome:
    title = code
    try:
        with site.sessions.reading() as session:
            edition = edition_for(session, actor, code)
            title = edition.title
            if edition.state not in IN_REVIEW:
                raise refuse("not_in_review", "不在审查中，可能刚刚被别人处理过。")
            step = STEP_OF_STATE[edition.state]
        take_step(site, actor, code, step, now, meeting_on=meeting_on, seen=seen)
    except Refused as refused:
        return Outcome(code, title, tuple(str(r) for r in refused.refusals))
    except BulletinError as fault:
        return Outcome(code, title, (str(fault),))
    return Outcome(code, title)
