"""政策解读: tie a notice to what it explains, and untie it. Both pages then name each other."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.codes import TypedCode
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_liaison, may_see, notice_for
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.notice_queries import notice_typed
from bulletin.store.notices import Notice
from bulletin.store.policy_links import PolicyLink

LINKING = "解读由写它的信息员来关联。"


def link_policy(site: Site, actor: Actor, code: str, explained: str, now: datetime) -> None:
    """The notice explains another one.

    Args:
        explained: how a person names the other: its code, the digits beside its QR code, or its
            address.

    Raises:
        Refused: not the liaison of the notice, no such other, itself, or the other way round already.
    """
    with site.sessions.writing() as session:
        notice = notice_for(session, actor, code)
        ensure_liaison(actor, notice.village_id, LINKING)
        other = _explained(session, actor, notice, explained)
        if session.get(PolicyLink, (notice.id, other.id)) is not None:
            raise refuse("linked_already", "已经关联过了。")
        if session.get(PolicyLink, (other.id, notice.id)) is not None:
            raise refuse("linked_back", f"“{other.effective_edition.title}”是解读这一份的。")
        session.add(
            PolicyLink(
                explaining_id=notice.id,
                explained_id=other.id,
                township_id=notice.township_id,
                linked_at=now,
                linked_by=actor.id,
            )
        )
        record(session, actor, "link_policy", f"notice {notice.code}", now, explains=other.code)


def unlink_policy(site: Site, actor: Actor, code: str, explained: str, now: datetime) -> None:
    """It explains the notice with this code no more."""
    with site.sessions.writing() as session:
        notice = notice_for(session, actor, code)
        ensure_liaison(actor, notice.village_id, LINKING)
        other = notice_typed(session, TypedCode.read(explained))
        link = session.get(PolicyLink, (notice.id, other.id)) if other else None
        if link is None or other is None:
            raise NotFoundError("没有这个关联。")
        session.delete(link)
        record(session, actor, "unlink_policy", f"notice {notice.code}", now, explains=other.code)


def _explained(session: Session, actor: Actor, notice: Notice, typed: str) -> Notice:
    """The other notice: the township's for everybody of it, else one that the person may see."""
    other = notice_typed(session, TypedCode.read(typed))
    hidden = other is None or (
        other.township_id != actor.township_id
        or not (other.village_id is None or may_see(actor, other))
    )
    if other is None or hidden or other.effective_edition.state is State.CANCELLED:
        raise refuse("no_such_notice", "没有找到这份公开件，请填它的编号、11位数字或网址。")
    if other.id == notice.id:
        raise refuse("explains_itself", "不能解读自己，请填被解读的那一份。")
    return other
