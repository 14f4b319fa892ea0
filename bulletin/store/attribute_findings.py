"""属性认定: what was proposed for a duty, and what a second person said."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from bulletin.domain.duties.attributes import Attribute
from bulletin.store.base import Base, choice
from bulletin.store.duties import Duty


class AttributeFinding(Base):
    """One proposal; nothing is decided while `decided_at` is empty."""

    __tablename__ = "attribute_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    attribute: Mapped[Attribute] = mapped_column(choice(Attribute, "attribute"))
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_by_name: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_by_name: Mapped[str] = mapped_column(default="")
    is_accepted: Mapped[bool] = mapped_column(default=False)
    decision_reason: Mapped[str] = mapped_column(default="")

    duty: Mapped[Duty] = relationship()


def findings_on(duty_id: int) -> Select[AttributeFinding]:
    """In the order in which they were proposed."""
    return (
        select(AttributeFinding)
        .where(AttributeFinding.duty_id == duty_id)
        .order_by(AttributeFinding.id)
    )


def undecided(township_id: int) -> Select[AttributeFinding]:
    """What waits for a second look, the oldest first."""
    return (
        select(AttributeFinding)
        .where(AttributeFinding.township_id == township_id, AttributeFinding.decided_at.is_(None))
        .options(joinedload(AttributeFinding.duty))
        .order_by(AttributeFinding.id)
    )


def accepted(township_id: int, most: int) -> Select[AttributeFinding]:
    """What a second person agreed with and is not owed again, the newest first."""
    return (
        select(AttributeFinding)
        .join(AttributeFinding.duty)
        .where(AttributeFinding.township_id == township_id, AttributeFinding.is_accepted)
        .where(Duty.not_applicable_reason != "")
        .options(contains_eager(AttributeFinding.duty))
        .order_by(AttributeFinding.id.desc())
        .limit(most)
    )
