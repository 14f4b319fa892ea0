"""Who stands in for whom, from day to day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.domain.deputies import Deputation
from bulletin.store.base import Base


class DeputationRecord(Base):
    """One agreement; the name is the absent person's when it was made."""

    __tablename__ = "deputation"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    absent_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    absent_name: Mapped[str]
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_name: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    named_at: Mapped[datetime]
    named_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]  # before its last day
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def terms(self) -> Deputation:
        """As the rules know it."""
        return Deputation(
            absent_id=self.absent_id,
            absent=self.absent_name,
            deputy_id=self.deputy_id,
            from_on=self.from_on,
            until_on=self.until_on,
            is_ended=self.ended_at is not None,
        )


def deputations_on(day: date, *, deputy_id: int) -> Select[DeputationRecord]:
    """For whom a person stands in on a day."""
    return select(DeputationRecord).where(
        DeputationRecord.deputy_id == deputy_id,
        DeputationRecord.ended_at.is_(None),
        DeputationRecord.from_on <= day,
        DeputationRecord.until_on >= day,
    )


def deputations_since(
    township_id: int, day: date, *, people: tuple[int, ...] | None = None
) -> Select[DeputationRecord]:
    """What holds on a day or will, the next first.

    Args:
        people: only where one of them is away or stands in.
    """
    found = select(DeputationRecord).where(
        DeputationRecord.township_id == township_id,
        DeputationRecord.ended_at.is_(None),
        DeputationRecord.until_on >= day,
    )
    if people is not None:
        either = DeputationRecord.absent_id.in_(people), DeputationRecord.deputy_id.in_(people)
        found = found.where(or_(*either))
    return found.order_by(DeputationRecord.from_on, DeputationRecord.id)
