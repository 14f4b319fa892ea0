"""撤下, 作废: how a notice ends."""

from datetime import datetime
from typing import Any

from bulletin.domain.errors import refuse
from bulletin.domain.notices.workflow import Act, State, state_at
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.notices.publish import file_with_township, settle
from bulletin.services.privacy.check import ensure_reason_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import advance
from bulletin.store.notices import Edition, Notice
from bulletin.store.reviews import forget_returned


def take_down(site: Site, actor: Actor, code: str, reason: str, now: datetime) -> None:
    """撤下 the edition in force. The page stays and says why."""
    _end(site, actor, code, Act.TAKE_DOWN, now, reason=reason)


def cancel(site: Site, actor: Actor, code: str, reason: str, now: datetime) -> None:
    """作废 of a draft, or of what is approved and not yet out; its number stays in the register.

    Args:
        reason: may be '' while there is no number: nobody but its writers has seen the draft.
    """
    _end(site, actor, code, Act.CANCEL, now, reason=reason)


def _end(site: Site, actor: Actor, code: str, act: Act, now: datetime, *, reason: str) -> None:
    with site.sessions.writing() as session:
        notice = notice_for(session, actor, code)
        if reason.strip() or act is not Act.CANCEL or notice.register_number is not None:
            reason = ensure_reason_is_clean(session, actor, reason, needed_for=act)
        edition = _edition_to_end(notice, act, now)
        settle(session, edition, now)
        ending: dict[str, Any] = {"ended_at": now, "ended_by": actor.id, "end_reason": reason}
        advance(session, site, edition, act, actor, now, reason=reason, **ending)
        forget_returned(session, edition.id)
        if act is Act.TAKE_DOWN or edition.closes_on is not None:
            file_with_township(session, edition, act.value, now)


def _edition_to_end(notice: Notice, act: Act, now: datetime) -> Edition:
    return notice.effective_edition if act is Act.CANCEL else edition_to_take_down(notice, now)


def edition_to_take_down(notice: Notice, now: datetime) -> Edition:
    """The edition that residents read now.

    Raises:
        Refused: there is none, or a correction would put the notice back by itself.
    """
    for edition in reversed(notice.editions):
        state = state_at(edition.state, edition.publish_at, now)
        if state is State.SCHEDULED and edition.number > 1:
            raise refuse(
                "correction_scheduled",
                f"第{edition.number}版更正已经审定，到时间会发布。请先作废它，再撤下。",
            )
        if state is State.TAKEN_DOWN:
            break
        if state is State.PUBLISHED:
            return edition
    raise refuse("nothing_public", "这份公开件现在没有公开的版本，不用撤下。")
