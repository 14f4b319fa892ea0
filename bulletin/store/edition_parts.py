"""What belongs to an edition: its files, who touched its text, and the steps of its review."""

from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.domain.notices.workflow import Act
from bulletin.store.base import Base, choice


class EditionEditor(Base):
    """Everyone who touched an edition's text: none of them reviews it."""

    __tablename__ = "edition_editor"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class EditionFile(Base):
    """A picture or attachment uploaded for an edition; the bytes lie in the file store."""

    __tablename__ = "edition_file"
    __table_args__ = (UniqueConstraint("edition_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    digest: Mapped[str] = mapped_column(index=True)  # SHA-256
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    # who looked for personal data
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    seen_at: Mapped[datetime | None]


class ReviewStep(Base):
    """A step taken in one round of review, a step forced, a return or another moment with its reason."""

    __tablename__ = "review_step"
    __table_args__ = (Index(None, "township_id", "act"),)  # what was rescheduled among all steps

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    review_round: Mapped[int]
    act: Mapped[Act] = mapped_column(choice(Act, "act"))
    # which step was taken, forced or returned
    step: Mapped[Act | None] = mapped_column(choice(Act, "step"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    # in whose place, see domain/deputies.py; empty: by own right
    absent_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    absent_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    meeting_on: Mapped[date | None]  # of the joint meeting, with a confirmation
    reason: Mapped[str] = mapped_column(default="")

    @property
    def taken_by(self) -> str:
        """Who took it, and in whose place."""
        return f"{self.person_name}（替{self.absent_name}）" if self.absent_id else self.person_name
