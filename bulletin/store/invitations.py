"""Invitations: one-time links that let a person set the own password. Only the hash of a token is kept."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Select, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.store.base import Base
from bulletin.store.people import Person


class Invitation(Base):
    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


def invitation_by_hash(session: Session, token_hash: str) -> Invitation | None:
    return session.scalar(select(Invitation).where(Invitation.token_hash == token_hash))


def unused() -> ColumnElement[bool]:
    """Neither used nor withdrawn; whether its days are over, `domain.sign_in.invitations` says."""
    return and_(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))


def unused_among(person_ids: Collection[int]) -> Select[Invitation]:
    """What still opens for some people, or would but for its days; of each the newest last."""
    query = select(Invitation).where(Invitation.person_id.in_(person_ids), unused())
    return query.order_by(Invitation.id)
