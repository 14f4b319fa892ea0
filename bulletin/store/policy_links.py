"""政策解读: which notice explains which other one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bulletin.store.base import Base
from bulletin.store.notices import Notice


class PolicyLink(Base):
    __tablename__ = "policy_link"

    explaining_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    explained_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True, index=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    linked_at: Mapped[datetime]
    linked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    explaining: Mapped[Notice] = relationship(foreign_keys=[explaining_id])
    explained: Mapped[Notice] = relationship(foreign_keys=[explained_id])


def links_of(notice_id: int) -> Select[PolicyLink]:
    """What a notice explains, and what explains it, in the order in which they were linked."""
    return (
        select(PolicyLink)
        .where(or_(PolicyLink.explaining_id == notice_id, PolicyLink.explained_id == notice_id))
        .options(joinedload(PolicyLink.explaining), joinedload(PolicyLink.explained))
        .order_by(PolicyLink.linked_at, PolicyLink.explaining_id, PolicyLink.explained_id)
    )
