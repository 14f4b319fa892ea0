"""What was issued on a request for information, and how its record was corrected."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bulletin.domain.oversight.requests.letters import LetterKind
from bulletin.store.base import Base, choice
from bulletin.store.information_requests import InformationRequest
from bulletin.store.people import Person


class RequestLetter(Base):
    """One letter as it was issued; never edited, another one follows it."""

    __tablename__ = "request_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("information_request.id"), index=True)
    kind: Mapped[LetterKind] = mapped_column(choice(LetterKind, "request_letter_kind"))
    number: Mapped[int]  # within the request
    to: Mapped[str]
    text: Mapped[str]
    pdf: Mapped[str]  # SHA-256
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    request: Mapped[InformationRequest] = relationship()
    issuer: Mapped[Person | None] = relationship()


class RequestCorrection(Base):
    """What the record of an ended request said before, what it says since, and why; never edited."""

    __tablename__ = "request_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("information_request.id"), index=True)
    before: Mapped[dict[str, Any]]  # outcome, ended_on, answer, applicant
    after: Mapped[dict[str, Any]]
    reason: Mapped[str]
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    request: Mapped[InformationRequest] = relationship()
    corrector: Mapped[Person | None] = relationship()


def letters_of(request_id: int) -> Select[RequestLetter]:
    """The oldest first."""
    return (
        select(RequestLetter)
        .where(RequestLetter.request_id == request_id)
        .order_by(RequestLetter.id)
    )


def corrections_of(request_id: int) -> Select[RequestCorrection]:
    """The oldest first."""
    return (
        select(RequestCorrection)
        .where(RequestCorrection.request_id == request_id)
        .order_by(RequestCorrection.id)
    )
