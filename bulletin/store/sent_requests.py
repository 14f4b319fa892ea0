"""Requests for information that residents sent by the web, until office and applicant confirmed them to each other."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.store.base import Base, choice
from bulletin.store.information_requests import InformationRequest
from bulletin.store.places import Township


class SentRequest(Base):
    """One form. Who asks moves to the ledger with its confirmation, or goes when it is set aside."""

    __tablename__ = "sent_request"
    __table_args__ = (Index(None, "township_id", "sent_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)  # of the receipt
    code_digest: Mapped[str]  # see domain.feedback.receipts
    nonce_digest: Mapped[str] = mapped_column(unique=True)
    shown: Mapped[int] = mapped_column(default=1)  # how often the code was given
    sent_at: Mapped[datetime]
    applicant: Mapped[ApplicantClass] = mapped_column(choice(ApplicantClass, "sent_by_class"))
    applicant_name: Mapped[str]
    identity: Mapped[str]
    contact: Mapped[str]
    asked_for: Mapped[str]
    wanted_as: Mapped[str] = mapped_column(default="")
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("information_request.id"), unique=True
    )  # once it is confirmed
    set_aside_at: Mapped[datetime | None]
    set_aside_why: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]  # by the applicant, with the receipt
    withdrawn_words: Mapped[str] = mapped_column(default="")

    township: Mapped[Township] = relationship()
    request: Mapped[InformationRequest | None] = relationship()


def unconfirmed(township_id: int) -> Select[SentRequest]:
    """Those that wait for the office, the oldest first."""
    return (
        select(SentRequest)
        .where(
            SentRequest.township_id == township_id,
            SentRequest.request_id.is_(None),
            SentRequest.set_aside_at.is_(None),
        )
        .order_by(SentRequest.sent_at, SentRequest.id)
    )


def sent_of_number(session: Session, number: str) -> SentRequest | None:
    return session.scalar(select(SentRequest).where(SentRequest.number == number))


def sent_of_nonce(session: Session, digest: str) -> SentRequest | None:
    return session.scalar(select(SentRequest).where(SentRequest.nonce_digest == digest))


def sent_of_request(session: Session, request_id: int) -> SentRequest | None:
    """The form from which a request of the ledger came."""
    return session.scalar(select(SentRequest).where(SentRequest.request_id == request_id))


def sent_since(session: Session, township_id: int, since: datetime) -> int:
    """How many forms came since a moment."""
    count = select(func.count()).where(
        SentRequest.township_id == township_id, SentRequest.sent_at >= since
    )
    return session.scalar(count) or 0
