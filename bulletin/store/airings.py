"""Of loudspeakers: at which slots they air, and what is recorded of an airing besides its sending."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.domain.outlets.airing import SlotPlan, read_slots
from bulletin.store.base import Base


class AiringPlan(Base):
    """From a moment on a loudspeaker airs at these slots, each notice so often; older ones stay."""

    __tablename__ = "airing_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), index=True)
    since: Mapped[datetime]
    slots: Mapped[str]  # 07:00/1234567 18:30/12345; '' for none
    airings: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def plan(self) -> SlotPlan:
        return SlotPlan(self.since, read_slots(self.slots), self.airings)


class Airing(Base):
    """What a sending through a loudspeaker has more, and what became of it once it was corrected."""

    __tablename__ = "airing"

    sending_id: Mapped[int] = mapped_column(ForeignKey("sending.id"), primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    slot: Mapped[str]  # 07:00; '' besides the slots
    times: Mapped[int | None]  # that the script was read; None: nobody said
    seconds: Mapped[int | None]  # that this takes, as estimated
    reason: Mapped[str]  # why its sending was withdrawn; '' as long as it was not
    corrected_by: Mapped[str]  # who said so
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("sending.id"))
