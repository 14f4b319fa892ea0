"""已发到群里: somebody says that the pictures went to a chat. Nothing here sends them."""

from datetime import datetime

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.public.share import edition_to_share
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.chat_shares import ChatShare

SHARING = "发到群里由信息员办理。"
MAX_CHAT = 40  # characters of a chat's name


def record_share(site: Site, actor: Actor, code: str, chat: str, now: datetime) -> int:
    """The edition in force was sent to a chat.

    Returns:
        The record's id.

    Raises:
        Refused: a list of people, nothing of it is public now, or the chat has no name.
    """
    with site.sessions.writing() as session:
        edition = edition_to_share(site, notice_for(session, actor, code), now)
        if not actor.tends_boards_of(edition.notice.village_id):
            raise refuse("not_your_role", SHARING)
        chat = ensure_text_is_clean(session, actor, chat, "群名")
        if not chat or len(chat) > MAX_CHAT:
            raise refuse("chat_missing", f"请写发到了哪个群，不超过{MAX_CHAT}个字。")
        share = ChatShare(
            township_id=edition.township_id,
            edition_id=edition.id,
            chat=chat,
            at=now,
            by=actor.id,
        )
        session.add(share)
        session.flush()
        record(session, actor, "share", subject_of(edition), now, share=share.id)
        return share.id


def withdraw_share(site: Site, actor: Actor, share_id: int, now: datetime) -> str:
    """It was not sent: a slip. The record stays, and counts no more.

    Returns:
        The code of the notice.
    """
    with site.sessions.writing() as session:
        share = session.get(ChatShare, share_id)
        if share is None:
            raise NotFoundError("没有这条记录。")
        notice = notice_for(session, actor, share.edition.notice.code)
        if not actor.tends_boards_of(notice.village_id):
            raise refuse("not_your_role", SHARING)
        if share.withdrawn_at is None:
            share.withdrawn_at = now
            record(session, actor, "withdraw_share", subject_of(share.edition), now, share=share.id)
        return notice.code
