"""信息报送: departments (站所), which of them reports for which item, what came in, and who was reminded."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, func, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bulletin.domain.oversight.reporting import ReminderWay
from bulletin.store.base import Base, choice
from bulletin.store.duties import Duty, Matter


class Department(Base):
    """One station or office of the township; it has a phone, and no account."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    name: Mapped[str]  # 财政所
    contact: Mapped[str] = mapped_column(default="")  # whom one asks for
    phone: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]  # it reports nothing from this day on


class ReportingTask(Base):
    """A department reports for an item of the catalog, from a day until another one."""

    __tablename__ = "reporting_task"
    __table_args__ = (Index(None, "township_id", "item_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    item_code: Mapped[str]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    days_before: Mapped[int]  # natural days before it has to be public
    from_on: Mapped[date]
    until_on: Mapped[date | None]  # the last day
    entered_at: Mapped[datetime]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    department: Mapped[Department] = relationship()


class ReportedMaterial(Base):
    """Material came in for one occasion of an item. A slip stays with its reason, and counts no longer."""

    __tablename__ = "reported_material"
    __table_args__ = (Index(None, "township_id", "item_code", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    item_code: Mapped[str]
    occasion: Mapped[str]  # as its duties have it
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    reported_on: Mapped[date]
    entered_at: Mapped[datetime]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    void_reason: Mapped[str] = mapped_column(default="")


class ReportingReminder(Base):
    """A department was reminded, in these words."""

    __tablename__ = "reporting_reminder"
    __table_args__ = (Index(None, "township_id", "item_code", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    item_code: Mapped[str]
    occasion: Mapped[str]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    way: Mapped[ReminderWay] = mapped_column(choice(ReminderWay, "reminder_way"))
    text: Mapped[str]
    sent_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


def departments_of(township_id: int, day: date) -> Select[Department]:
    """The departments that report on a day."""
    return (
        select(Department)
        .where(Department.township_id == township_id)
        .where(or_(Department.closed_on.is_(None), Department.closed_on > day))
        .order_by(Department.id)
    )


def tasks_of(township_id: int) -> Select[ReportingTask]:
    """Every assignment there ever was, the newest last."""
    return (
        select(ReportingTask)
        .where(ReportingTask.township_id == township_id)
        .options(joinedload(ReportingTask.department))
        .order_by(ReportingTask.from_on, ReportingTask.id)
    )


def tasks_on(township_id: int, day: date) -> Select[ReportingTask]:
    """Those that hold on a day."""
    ends = or_(ReportingTask.until_on.is_(None), ReportingTask.until_on >= day)
    return tasks_of(township_id).where(ReportingTask.from_on <= day, ends)


def occasions_due(
    township_id: int, item_codes: Collection[str], first_on: date, last_on: date
) -> Select[*tuple[Any, ...]]:
    """What falls due of some items within a span of days, once however many villages owe it.

    Rows are item, occasion, label, matter, the first due day, how many owe it.
    """
    return (
        select(
            Duty.item_code,
            Duty.occasion,
            Duty.label,
            Matter.title,
            func.min(Duty.due_on),
            func.count(),
        )
        .outerjoin(Matter, Matter.id == Duty.matter_id)
        .where(Duty.township_id + 0 == township_id)  # SQLite begins with the days
        .where(Duty.due_on.between(first_on, last_on))
        .where(Duty.item_code.in_(item_codes), Duty.not_applicable_reason == "")
        .group_by(Duty.item_code, Duty.occasion, Duty.label, Matter.title)
    )


def materials_of(township_id: int, item_codes: Collection[str]) -> Select[ReportedMaterial]:
    """What came in for some items, the first first; without slips."""
    return (
        select(ReportedMaterial)
        .where(ReportedMaterial.township_id == township_id)
        .where(ReportedMaterial.item_code.in_(item_codes), ReportedMaterial.void_reason == "")
        .order_by(ReportedMaterial.reported_on, ReportedMaterial.id)
    )


def reminders_of(township_id: int, item_codes: Collection[str]) -> Select[ReportingReminder]:
    """Who was reminded of some items, the first first."""
    return (
        select(ReportingReminder)
        .where(ReportingReminder.township_id == township_id)
        .where(ReportingReminder.item_code.in_(item_codes))
        .order_by(ReportingReminder.sent_at, ReportingReminder.id)
    )
