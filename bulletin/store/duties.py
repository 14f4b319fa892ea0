"""Duties (某期应公开的一件事) and the matters (事项) that tie their phases together."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    exists,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from bulletin.domain.catalog.items import Phase
from bulletin.domain.deadlines.rules import RecountCause
from bulletin.store.base import Base, choice
from bulletin.store.places import Publisher, Township, Village

_APPLIES = "not_applicable_reason = ''"
_TAKEN_OVER = text("from_village_id IS NOT NULL")


class Matter(Base):
    """One thing from before to after: a road, a lease, an election."""

    __tablename__ = "matter"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"))
    item_code: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")  # '' for one of a single item's own events
    phases: Mapped[list[dict[str, Any]]]  # as they were when it was opened, see domain.matters
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    village: Mapped[Village | None] = relationship()
    duties: Mapped[list["Duty"]] = relationship(
        back_populates="matter", order_by="(Duty.step, Duty.id)"
    )


class Duty(Base):
    """Item × publisher × occasion: the thing that can be overdue.

    `rule_on` is the day that the rule gave and is never edited; `due_on` is the day in force.
    Both are empty while the duty waits for its event.
    """

    __tablename__ = "duty"
    __table_args__ = (
        UniqueConstraint("publisher_id", "item_code", "occasion"),
        Index(  # what is open among years of duties is counted without being read
            "ix_duty_unanswered",
            "township_id",
            "answered_at",
            "due_on",
            "village_id",
            "from_village_id",
            sqlite_where=text(_APPLIES),
            postgresql_where=text(_APPLIES),
        ),
        Index(  # the same by village
            "ix_duty_unanswered_by_village",
            "township_id",
            "answered_at",
            "village_id",
            "due_on",
            sqlite_where=text(_APPLIES),
            postgresql_where=text(_APPLIES),
        ),
        Index(None, "due_on", "township_id"),  # how many are due on each day
        Index(  # what others took over, a few among all
            "ix_duty_taken_over",
            "from_village_id",
            sqlite_where=_TAKEN_OVER,
            postgresql_where=_TAKEN_OVER,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    # The village that owed it first, where another one took that over.
    from_village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"))
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id"))
    item_code: Mapped[str]
    occasion: Mapped[str]  # 2026-Q3 | waiting | matter:12:0 | matter:12:2.3
    label: Mapped[str]  # 2026年第三季度 | 项目方案形成
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    phase: Mapped[Phase | None] = mapped_column(choice(Phase, "phase"))
    step: Mapped[int | None]  # which phase of its matter, from 0
    event_on: Mapped[date | None]
    rule_on: Mapped[date | None]
    due_on: Mapped[date | None]
    # How the day came about: unit, counted_from, skipped, provisional, and where it moved from.
    calculation: Mapped[dict[str, Any]] = mapped_column("reckoning")
    opened_at: Mapped[datetime]
    not_applicable_reason: Mapped[str] = mapped_column(default="")
    not_applicable_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # empty where an earlier release kept no moment
    not_applicable_at: Mapped[datetime | None] = mapped_column(index=True)
    # The chosen moment from which a notice answers it in public; kept by store.answers.
    answered_at: Mapped[datetime | None]

    changes: Mapped[list["DueDayChange"]] = relationship(order_by="DueDayChange.id")
    matter: Mapped[Matter | None] = relationship(back_populates="duties")
    publisher: Mapped[Publisher] = relationship()
    village: Mapped[Village | None] = relationship(foreign_keys=village_id)
    township: Mapped[Township] = relationship()

    def declare_not_applicable(self, reason: str, by: int | None, at: datetime) -> None:
        """From a moment on it does not apply. `by` is empty for what the clock finds."""
        self.not_applicable_reason, self.not_applicable_by = reason, by
        self.not_applicable_at = at

    def declare_applicable(self, session: Session, at: datetime) -> None:
        """It is owed again; that it did not apply in between stays known."""
        if self.not_applicable_reason:
            session.add(
                NotApplicableSpan(
                    township_id=self.township_id,
                    duty_id=self.id,
                    reason=self.not_applicable_reason,
                    declared_by=self.not_applicable_by,
                    from_at=self.not_applicable_at,
                    until_at=at,
                )
            )
        self.not_applicable_reason, self.not_applicable_by = "", None
        self.not_applicable_at = None


class NotApplicableSpan(Base):
    """A time in which a duty did not apply, kept when that is taken back; never edited."""

    __tablename__ = "not_applicable_span"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    reason: Mapped[str]
    declared_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # empty: the clock
    from_at: Mapped[datetime | None]  # empty where an earlier release kept no moment
    until_at: Mapped[datetime]


class DueDayChange(Base):
    """What a duty's day was before it was counted (anew), and why; never edited."""

    __tablename__ = "due_day_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    cause: Mapped[RecountCause] = mapped_column(choice(RecountCause, "recount_cause"))
    before_on: Mapped[date | None]
    due_on: Mapped[date | None]
    # How the day before it had come about.
    calculation: Mapped[dict[str, Any]] = mapped_column("reckoning")
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id"))  # in force until then
    at: Mapped[datetime]


def matters_of(township_id: int, village_ids: Collection[int] | None = None) -> Select[Matter]:
    """The matters of a township or of some of its villages, the newest first."""
    query = select(Matter).where(Matter.township_id == township_id)
    if village_ids is not None:
        query = query.where(Matter.village_id.in_(village_ids))
    return query.options(selectinload(Matter.duties)).order_by(Matter.id.desc())


def is_over() -> ColumnElement[bool]:
    """Matters whose last phase has come, or does not apply."""
    last = func.json_array_length(Matter.phases) - 1
    has_come = or_(Duty.due_on.is_not(None), Duty.not_applicable_reason != "")
    return exists().where(Duty.matter_id == Matter.id, Duty.step == last, has_come)


def duties_of(
    township_id: int,
    *,
    village_id: int | None = None,
    first_due: date | None = None,
    last_due: date | None = None,
) -> Select[Duty]:
    """Duties by due day, those that wait for an event last."""
    query = select(Duty).where(Duty.township_id == township_id)
    if village_id is not None:
        query = query.where(Duty.village_id == village_id)
    if first_due is not None:
        query = query.where(or_(Duty.due_on.is_(None), Duty.due_on >= first_due))
    if last_due is not None:
        query = query.where(or_(Duty.due_on.is_(None), Duty.due_on <= last_due))
    return query.order_by(Duty.due_on.is_(None), Duty.due_on, Duty.id)
