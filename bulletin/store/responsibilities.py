"""责任分工: who answers for what, from a day until another one. A row is ended, never edited."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bulletin.domain.oversight.responsibilities import LeadSeat
from bulletin.store.base import Base, choice
from bulletin.store.people import Person
from bulletin.store.places import Village


class Responsibility(Base):
    """One seat of one person, or of somebody without an account."""

    __tablename__ = "responsibility"
    __table_args__ = (Index(None, "township_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    seat: Mapped[LeadSeat] = mapped_column(choice(LeadSeat, "lead_seat"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]  # as it was on that day, also of one with an account
    post: Mapped[str] = mapped_column(default="")  # 党委副书记、乡长
    covers: Mapped[str] = mapped_column(default="")  # what the seat answers for
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))  # 包村
    from_on: Mapped[date]
    until_on: Mapped[date | None]  # the last day
    entered_at: Mapped[datetime]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    village: Mapped[Village | None] = relationship()


def responsibilities_of(township_id: int) -> Select[Responsibility]:
    """Every seat that was ever held, in the order in which they were taken."""
    return (
        select(Responsibility)
        .where(Responsibility.township_id == township_id)
        .options(
            joinedload(Responsibility.village),
            joinedload(Responsibility.person).selectinload(Person.appointments),
        )
        .order_by(Responsibility.from_on, Responsibility.id)
    )


def responsibilities_on(township_id: int, day: date) -> Select[Responsibility]:
    """The seats that are held on a day."""
    return responsibilities_of(township_id).where(
        Responsibility.from_on <= day,
        or_(Responsibility.until_on.is_(None), Responsibility.until_on >= day),
    )
