"""What residents asked, the dialogue about it, and by which days it had to be answered."""

from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bulletin.domain.feedback.clocks import ReplyClock, ReplyLimit
from bulletin.domain.feedback.joint import Joint, JointKind
from bulletin.domain.feedback.kinds import (
    BY_ASKER,
    EntryKind,
    FeedbackChannel,
    FeedbackKind,
    Level,
    NotTaken,
)
from bulletin.domain.feedback.states import FeedbackFacts
from bulletin.domain.notices.workflow import State, state_at
from bulletin.domain.objections.lines import DayCount
from bulletin.store.base import Base, choice
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Township, Village


class Feedback(Base):
    """One question, objection or request. Who asked stands nowhere but in `FeedbackContact`, if at all."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index(None, "township_id", "village_id", "asked_at"),
        Index(None, "township_id", "closed_at"),  # what is open among years of questions
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    edition_number: Mapped[int | None]  # in force when it was asked
    kind: Mapped[FeedbackKind] = mapped_column(choice(FeedbackKind, "feedback_kind"))
    channel: Mapped[FeedbackChannel] = mapped_column(choice(FeedbackChannel, "feedback_channel"))
    level: Mapped[Level] = mapped_column(choice(Level, "level"))
    requested: Mapped[str] = mapped_column(default="")  # what a request names
    within_period: Mapped[bool] = mapped_column(default=False)
    number: Mapped[str] = mapped_column(unique=True)  # of the receipt
    code_digest: Mapped[str]  # see domain.feedback.receipts
    nonce_digest: Mapped[str] = mapped_column(unique=True)
    shown: Mapped[int] = mapped_column(default=1)  # how often the code was given
    asked_at: Mapped[datetime]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # empty: by itself
    closed_at: Mapped[datetime | None]  # answered at its level, or turned away
    not_taken: Mapped[NotTaken | None] = mapped_column(choice(NotTaken, "not_taken"))
    joint_kind: Mapped[JointKind | None] = mapped_column(choice(JointKind, "joint_kind"))
    joint_signed: Mapped[int | None]
    joint_total: Mapped[int | None]
    erased_at: Mapped[datetime | None]  # its words, at the asker's wish; the fact stays

    township: Mapped[Township] = relationship()
    village: Mapped[Village | None] = relationship()
    notice: Mapped[Notice | None] = relationship()
    entries: Mapped[list["FeedbackEntry"]] = relationship(order_by="FeedbackEntry.id")
    terms: Mapped[list["ReplyTerm"]] = relationship(order_by="ReplyTerm.id")
    contact: Mapped["FeedbackContact | None"] = relationship(cascade="all, delete-orphan")
    corrections: Mapped[list["FeedbackCorrection"]] = relationship(order_by="FeedbackCorrection.id")

    @property
    def joint(self) -> Joint | None:
        if self.joint_kind is None:
            return None
        return Joint(self.joint_kind, self.joint_signed or 0, self.joint_total or 0)

    def facts_at(self, now: datetime) -> FeedbackFacts:
        """What the rules need to know of it."""
        asked = [entry for entry in self.entries if entry.kind in BY_ASKER]
        waits = any(entry.passed_at is None for entry in asked) and self.level is Level.VILLAGE
        return FeedbackFacts(
            kind=self.kind,
            village_id=self.village_id,
            level=self.level,
            clocks=tuple(term.clock for term in self.terms),
            passed=not waits,
            read_by_village=any(entry.passed_at is not None for entry in asked),
            not_taken=self.not_taken,
            within_period=self.within_period,
            corrected=any(
                state_at(each.edition.state, each.edition.publish_at, now) is State.PUBLISHED
                for each in self.corrections
            ),
            added=sum(entry.kind is EntryKind.ADDED for entry in asked),
            has_contact=self.contact is not None,
            erased=self.erased_at is not None,
        )


class FeedbackEntry(Base):
    """One line of the dialogue: added to, never edited.

    What the asker wrote is read by the village once the township passed it on, in the township's words where
    it gave other ones, since in a village the wording itself tells who asks.
    """

    __tablename__ = "feedback_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind, "entry_kind"))
    level: Mapped[Level] = mapped_column(choice(Level, "entry_level"))  # where it was then
    text: Mapped[str]
    photo: Mapped[str] = mapped_column(default="")  # SHA-256
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who answered
    body: Mapped[str] = mapped_column(default="")  # in whose name: 张家村村民委员会
    passed_at: Mapped[datetime | None]  # to the village; empty: only the township reads it
    passed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    passed_text: Mapped[str] = mapped_column(default="")  # '' : as it was written
    passed_photo: Mapped[bool] = mapped_column(default=False)  # the village sees the photo too

    @property
    def village_text(self) -> str:
        """What the village reads."""
        return self.passed_text or self.text


class ReplyTerm(Base):
    """A term within which somebody answers; kept when it is over. At most one of a question runs."""

    __tablename__ = "reply_term"
    __table_args__ = (Index(None, "township_id", "answered_on", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    level: Mapped[Level] = mapped_column(choice(Level, "term_level"))
    started_on: Mapped[date]
    due_on: Mapped[date]
    days: Mapped[int]
    unit: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")  # '' : the township's own days
    answered_on: Mapped[date | None]

    @property
    def limit(self) -> ReplyLimit:
        return ReplyLimit(DayCount(self.days, self.unit), self.basis)

    @property
    def clock(self) -> ReplyClock:
        return ReplyClock(
            level=self.level,
            started_on=self.started_on,
            due_on=self.due_on,
            answered_on=self.answered_on,
        )


class FeedbackContact(Base):
    """How to reach who asked, kept apart: only the township looks, each look is in the history."""

    __tablename__ = "feedback_contact"

    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")  # a phone, mostly


class FeedbackCorrection(Base):
    """An edition that a question caused."""

    __tablename__ = "feedback_correction"
    __table_args__ = (UniqueConstraint("feedback_id", "edition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    edition: Mapped[Edition] = relationship()
