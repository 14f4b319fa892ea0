"""What was sent to which chat of a village, by whom and when; a slip is withdrawn and stays."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bulletin.store.base import Base
from bulletin.store.notices import Edition
from bulletin.store.people import Person


class ChatShare(Base):
    """The pictures of an edition went to one chat."""

    __tablename__ = "chat_share"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    chat: Mapped[str]  # 张家村村民群
    at: Mapped[datetime]  # when that was recorded
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]  # it was not sent: a slip

    edition: Mapped[Edition] = relationship()
    sender: Mapped[Person] = relationship()


def shares_of_notice(notice_id: int) -> Select[ChatShare]:
    """Where the editions of a notice were sent, the newest first; without slips."""
    return (
        select(ChatShare)
        .join(Edition, Edition.id == ChatShare.edition_id)
        .where(Edition.notice_id == notice_id, ChatShare.withdrawn_at.is_(None))
        .options(joinedload(ChatShare.edition), joinedload(ChatShare.sender))
        .order_by(ChatShare.id.desc())
    )


def last_chat(township_id: int, village_id: int | None) -> Select[str]:
    """The chat to which a notice of a village was sent last."""
    return (
        select(ChatShare.chat)
        .join(Edition, Edition.id == ChatShare.edition_id)
        .where(
            Edition.township_id == township_id,
            Edition.village_id.is_not_distinct_from(village_id),
            ChatShare.withdrawn_at.is_(None),
        )
        .order_by(ChatShare.id.desc())
        .limit(1)
    )
