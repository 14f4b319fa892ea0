"""Posting periods that end later than it was said, and why."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.domain.deadlines.posting_end import ExtensionCause
from bulletin.store.base import Base, choice


class PeriodExtension(Base):
    """One time that a period became longer; never edited."""

    __tablename__ = "period_extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    cause: Mapped[ExtensionCause] = mapped_column(choice(ExtensionCause, "extension_cause"))
    before_on: Mapped[date]
    closes_on: Mapped[date]
    at: Mapped[datetime]
