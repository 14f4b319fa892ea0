"""Meetings and what they decided."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.store.base import Base, choice
from bulletin.store.duties import Duty
from bulletin.store.places import Village, in_places


class Meeting(Base):
    """One meeting, recorded once; never edited."""

    __tablename__ = "meeting"
    __table_args__ = (Index(None, "township_id", "village_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    kind: Mapped[MeetingKind] = mapped_column(choice(MeetingKind, "meeting_kind"))
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    due: Mapped[int]  # how many were to come
    came: Mapped[int]
    agenda: Mapped[str] = mapped_column(default="")
    minutes: Mapped[str] = mapped_column(default="")  # SHA-256 of the photo of the signed minutes
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    village: Mapped[Village] = relationship()
    decisions: Mapped[list["MeetingDecision"]] = relationship(
        back_populates="meeting", order_by="MeetingDecision.id"
    )


class MeetingDecision(Base):
    """One thing that a meeting voted on."""

    __tablename__ = "meeting_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    in_favour: Mapped[int]
    against: Mapped[int]
    abstained: Mapped[int]
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("duty.id"))  # to make it public

    meeting: Mapped[Meeting] = relationship(back_populates="decisions")
    duty: Mapped[Duty | None] = relationship()

    @property
    def votes(self) -> Votes:
        return Votes(self.in_favour, self.against, self.abstained)


def meetings_at(township_id: int, places: Collection[int | None] | None) -> Select[Meeting]:
    """The meetings of some villages (None: of all of the township), the newest first."""
    return (
        select(Meeting)
        .where(Meeting.township_id == township_id, in_places(Meeting.village_id, places))
        .options(selectinload(Meeting.decisions))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )


def joint_meeting_days(township_id: int, village_id: int | None, until: date) -> Select[date]:
    """The days of a village's recorded joint meetings until a day, the newest first."""
    return (
        select(Meeting.held_on)
        .where(
            Meeting.township_id == township_id,
            Meeting.village_id == village_id,
            Meeting.kind == MeetingKind.JOINT,
            Meeting.held_on <= until,
        )
        .order_by(Meeting.held_on.desc())
        .distinct()
    )
