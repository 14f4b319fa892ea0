"""Numbered sheets for days without the site, and what became of each."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bulletin.domain.oversight.emergency import EmergencyFacts, EmergencyState, SheetMatter
from bulletin.store.base import Base, choice
from bulletin.store.people import Person
from bulletin.store.places import Village


class EmergencySheet(Base):
    """One sheet. Its number and code were printed before anybody knew what for."""

    __tablename__ = "emergency_sheet"
    __table_args__ = (UniqueConstraint("township_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))  # empty: the office
    number: Mapped[int]  # of the township, through all years
    code: Mapped[str]
    printed_at: Mapped[datetime]
    printed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[EmergencyState] = mapped_column(choice(EmergencyState, "emergency_state"))
    matter: Mapped[SheetMatter | None] = mapped_column(choice(SheetMatter, "sheet_matter"))
    happened_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")  # what was written on it, or what became of it
    entered_as: Mapped[str] = mapped_column(default="")  # 依申请〔2026〕3号
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    village: Mapped[Village | None] = relationship()
    settler: Mapped[Person | None] = relationship(foreign_keys=[settled_by])

    @property
    def facts(self) -> EmergencyFacts:
        return EmergencyFacts(self.number, self.state)


def sheets_of(township_id: int) -> Select[EmergencySheet]:
    """All sheets of a township, the newest first."""
    return (
        select(EmergencySheet)
        .where(EmergencySheet.township_id == township_id)
        .order_by(EmergencySheet.number.desc())
    )


def last_sheet(session: Session, township_id: int) -> int:
    newest = select(func.max(EmergencySheet.number)).where(
        EmergencySheet.township_id == township_id
    )
    return session.scalar(newest) or 0
