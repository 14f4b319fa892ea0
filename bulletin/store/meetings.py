"""Meetings and what they decided."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from bulletin.domain.days import village_day
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.domain.meetings.records import MeetingRecord, RecordedDecision, read_record
from bulletin.store.base import Base, choice
from bulletin.store.duties import Duty
from bulletin.store.edition_parts import ReviewStep
from bulletin.store.notices import Edition, notice_duty
from bulletin.store.people import Person
from bulletin.store.places import Village, in_places


class Meeting(Base):
    """One meeting. What its record said before a correction stays with `MeetingCorrection`."""

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
    withdrawn: Mapped[bool] = mapped_column(default=False)  # it was recorded and never held

    village: Mapped[Village] = relationship()
    decisions: Mapped[list["MeetingDecision"]] = relationship(
        back_populates="meeting",
        order_by="MeetingDecision.id",
        cascade="all, delete-orphan",
    )
    corrections: Mapped[list["MeetingCorrection"]] = relationship(
        back_populates="meeting", order_by="MeetingCorrection.id"
    )

    @property
    def record(self) -> MeetingRecord:
        return MeetingRecord(
            kind=self.kind,
            held_on=self.held_on,
            place=self.place,
            due=self.due,
            came=self.came,
            agenda=self.agenda,
            minutes=self.minutes,
            decisions=tuple(
                RecordedDecision(id=each.id, title=each.title, text=each.text, votes=each.votes)
                for each in self.decisions
            ),
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


class MeetingCorrection(Base):
    """What the record of a meeting said before, what it says since, and why; never edited."""

    __tablename__ = "meeting_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    before: Mapped[dict[str, Any]]  # see domain.meetings.records
    # Empty: the meeting was never held, its record was withdrawn.
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str]
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="corrections")
    corrector: Mapped[Person | None] = relationship()

    @property
    def history_facts(self) -> dict[str, str]:
        """Before and after as the history has them; '' for what is not."""
        after = read_record(self.after).fingerprint if self.after else ""
        return {"before": read_record(self.before).fingerprint, "after": after}


def meetings_at(township_id: int, places: Collection[int | None] | None) -> Select[Meeting]:
    """The meetings of some villages (None: of all of the township), the newest first."""
    return (
        select(Meeting)
        .where(Meeting.township_id == township_id, in_places(Meeting.village_id, places))
        .options(selectinload(Meeting.decisions), selectinload(Meeting.corrections))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )


def disclosed_meetings(township_id: int, village_id: int | None, now: datetime) -> Select[Meeting]:
    """The meetings of a village that decided something which is public, or was to be by now, the newest first."""
    owed = and_(Duty.due_on < village_day(now), Duty.not_applicable_reason == "")
    disclosed = (
        exists()
        .where(MeetingDecision.meeting_id == Meeting.id, Duty.id == MeetingDecision.duty_id)
        .where(or_(owed, Duty.answered_at <= now))
    )
    return meetings_at(township_id, [village_id]).where(Meeting.withdrawn.is_(False), disclosed)


def decisions_named(
    township_id: int, village_ids: Collection[int], titles: Collection[str]
) -> Select[int, str, int, MeetingKind, date]:
    """What the meetings of some villages decided of some things: village, thing, meeting, kind, day; the oldest first."""
    return (
        select(Meeting.village_id, MeetingDecision.title, Meeting.id, Meeting.kind, Meeting.held_on)
        .join(MeetingDecision, MeetingDecision.meeting_id == Meeting.id)
        .where(Meeting.township_id == township_id, Meeting.village_id.in_(village_ids))
        .where(Meeting.withdrawn.is_(False), MeetingDecision.title.in_(titles))
        .order_by(Meeting.held_on, Meeting.id)
    )


def recent_titles(township_id: int, places: Collection[int | None], most: int) -> Select[str]:
    """What some villages decided of last, each thing once."""
    return (
        select(MeetingDecision.title)
        .join(Meeting, Meeting.id == MeetingDecision.meeting_id)
        .where(Meeting.township_id == township_id, in_places(Meeting.village_id, places))
        .where(Meeting.withdrawn.is_(False))
        .group_by(MeetingDecision.title)
        .order_by(func.max(Meeting.held_on).desc(), MeetingDecision.title)
        .limit(most)
    )


def joint_meeting_days(township_id: int, village_id: int | None, until: date) -> Select[date]:
    """The days of a village's recorded joint meetings until a day, the newest first."""
    return (
        select(Meeting.held_on)
        .where(
            Meeting.township_id == township_id,
            Meeting.village_id == village_id,
            Meeting.kind == MeetingKind.JOINT,
            Meeting.withdrawn.is_(False),
            Meeting.held_on <= until,
        )
        .order_by(Meeting.held_on.desc())
        .distinct()
    )


def corrections_behind(notice_id: int) -> Select[MeetingCorrection, int]:
    """What was corrected in the meetings whose decisions a notice makes public, with the decision's id."""
    return (
        select(MeetingCorrection, MeetingDecision.id)
        .join(MeetingDecision, MeetingDecision.meeting_id == MeetingCorrection.meeting_id)
        .join(notice_duty, notice_duty.c.duty_id == MeetingDecision.duty_id)
        .where(notice_duty.c.notice_id == notice_id)
        .order_by(MeetingCorrection.id)
    )


def editions_behind(meeting: Meeting, days: Collection[date]) -> Select[Edition]:
    """Editions that make decisions of a meeting public, or were confirmed with one of some days."""
    of_decision = (
        select(notice_duty.c.notice_id)
        .join(MeetingDecision, MeetingDecision.duty_id == notice_duty.c.duty_id)
        .where(MeetingDecision.meeting_id == meeting.id)
    )
    confirmed = select(ReviewStep.edition_id).where(ReviewStep.meeting_on.in_(days))
    return (
        select(Edition)
        .where(Edition.township_id == meeting.township_id, Edition.village_id == meeting.village_id)
        .where(Edition.notice_id.in_(of_decision) | Edition.id.in_(confirmed))
        .order_by(Edition.id)
    )


def corrections_in(township_id: int, village_id: int | None) -> Select[MeetingCorrection]:
    """What was corrected in the meetings of a village, the oldest first."""
    return (
        select(MeetingCorrection)
        .join(Meeting, Meeting.id == MeetingCorrection.meeting_id)
        .where(Meeting.township_id == township_id, Meeting.village_id == village_id)
        .order_by(MeetingCorrection.id)
    )
