"""Inspections of villages: since when, what was answered, what was found, and who signed it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.oversight.inspections.form import (
    Criterion,
    CriterionMark,
    CriterionWeight,
    InspectionKind,
    KnownFact,
    Question,
)
from bulletin.domain.oversight.inspections.rounds import Answer, InspectionState, state_of
from bulletin.store.base import Base, choice
from bulletin.store.people import Person
from bulletin.store.places import Village


class InspectionRegime(Base):
    """检查制度 of a township from a day on; the newest holds, none is edited."""

    __tablename__ = "inspection_regime"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    since_on: Mapped[date]
    every: Mapped[Every] = mapped_column(choice(Every, "inspection_every"))  # of the township's
    set_at: Mapped[datetime]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Inspection(Base):
    """One look at a village in one period. The form is kept as it was when the look began."""

    __tablename__ = "inspection"
    __table_args__ = (UniqueConstraint("village_id", "kind", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    kind: Mapped[InspectionKind] = mapped_column(choice(InspectionKind, "inspection_kind"))
    period: Mapped[str]  # 2026-Q4
    due_on: Mapped[date]
    form: Mapped[list[dict[str, Any]]]  # key, words, question, weight, article, fact
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    round: Mapped[int] = mapped_column(default=1)
    round_ended_on: Mapped[date | None]
    signed_on: Mapped[date | None]  # as of which day it says how the village stands
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signer: Mapped[str] = mapped_column(default="")  # the name as it was signed
    level: Mapped[str] = mapped_column(default="")  # 优秀
    points: Mapped[int] = mapped_column(default=0)
    points_of: Mapped[int] = mapped_column(default=0)

    village: Mapped[Village] = relationship()
    answers: Mapped[list["InspectionAnswer"]] = relationship(
        back_populates="inspection", order_by="(InspectionAnswer.round, InspectionAnswer.id)"
    )
    findings: Mapped[list["InspectionFinding"]] = relationship(
        back_populates="inspection", order_by="InspectionFinding.id"
    )

    @property
    def of_period(self) -> Period:
        return Period.parse(self.period)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(
            Criterion(
                key=each["key"],
                words=each["words"],
                question=Question(each["question"]),
                weight=CriterionWeight(each["weight"]),
                article=each["article"],
                fact=KnownFact(each["fact"]) if each["fact"] else None,
            )
            for each in self.form
        )

    @property
    def newest(self) -> dict[str, "InspectionAnswer"]:
        """The last answer to each criterion, of whichever round."""
        return {answer.criterion: answer for answer in self.answers}

    @property
    def marks(self) -> dict[str, CriterionMark]:
        return {key: answer.mark for key, answer in self.newest.items()}

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """What this round asks: everything, and in the second what was found in the first."""
        if self.round == 1:
            return self.criteria
        found = {finding.criterion for finding in self.findings}
        return tuple(each for each in self.criteria if each.key in found)

    @property
    def of_round(self) -> dict[str, Answer]:
        """What was answered in this round."""
        return {
            each.criterion: Answer(each.mark, each.words)
            for each in self.answers
            if each.round == self.round
        }

    @property
    def state(self) -> InspectionState:
        return state_of(
            self.kind,
            round_ended=self.round_ended_on is not None,
            signed=self.signed_on is not None,
            open_findings=sum(finding.mended_on is None for finding in self.findings),
            number=self.round,
        )


class InspectionAnswer(Base):
    """How one criterion stood in one round."""

    __tablename__ = "inspection_answer"
    __table_args__ = (UniqueConstraint("inspection_id", "round", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    round: Mapped[int]
    criterion: Mapped[str]
    mark: Mapped[CriterionMark] = mapped_column(choice(CriterionMark, "inspection_mark"))
    words: Mapped[str] = mapped_column(default="")
    known: Mapped[str] = mapped_column(default="")  # what the records said then
    answered_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    inspection: Mapped[Inspection] = relationship(back_populates="answers")


class InspectionFinding(Base):
    """What is to be mended, and by when."""

    __tablename__ = "inspection_finding"
    __table_args__ = (Index(None, "village_id", "mended_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    criterion: Mapped[str]
    words: Mapped[str]
    found_on: Mapped[date]
    first_mend_by: Mapped[date]  # the day that the first round gave
    mend_by: Mapped[date]
    reported_on: Mapped[date | None]  # the village says that it is mended
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    report: Mapped[str] = mapped_column(default="")
    mended_on: Mapped[date | None]  # and somebody looked
    mended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    inspection: Mapped[Inspection] = relationship(back_populates="findings")
    reporter: Mapped[Person | None] = relationship(foreign_keys=[reported_by])
    village: Mapped[Village] = relationship()

    @property
    def place(self) -> str:
        """Where it is to be mended: 白马村, or 白马村（原张家村） where that village merged since."""
        was, name = self.inspection.village.name, self.village.name
        return name if was == name else f"{name}（原{was}）"


_WHOLE = (
    selectinload(Inspection.answers),
    selectinload(Inspection.findings),
    selectinload(Inspection.village),
)


def regime_of(session: Session, township_id: int) -> InspectionRegime | None:
    """The newest rule of a township; None before it began."""
    return session.scalar(
        select(InspectionRegime)
        .where(InspectionRegime.township_id == township_id)
        .order_by(InspectionRegime.id.desc())
        .limit(1)
    )


def inspections_at(township_id: int) -> Select[Inspection]:
    """The inspections of a township, the newest period first."""
    return (
        select(Inspection)
        .where(Inspection.township_id == township_id)
        .options(*_WHOLE)
        .order_by(Inspection.due_on.desc(), Inspection.kind, Inspection.village_id)
    )


def attested_at(village_id: int) -> Select[Inspection]:
    """What the township signed about a village, the newest first."""
    return (
        select(Inspection)
        .where(
            Inspection.village_id == village_id,
            Inspection.kind == InspectionKind.INSPECTION,
            Inspection.signed_on.is_not(None),
        )
        .options(*_WHOLE)
        .order_by(Inspection.signed_at.desc())
    )


def township_findings(township_id: int, finding_ids: Collection[int]) -> Select[InspectionFinding]:
    """Some findings, of those that the township itself found."""
    return (
        select(InspectionFinding)
        .where(InspectionFinding.township_id == township_id, InspectionFinding.id.in_(finding_ids))
        .where(InspectionFinding.inspection.has(Inspection.kind == InspectionKind.INSPECTION))
        .options(
            selectinload(InspectionFinding.village), selectinload(InspectionFinding.inspection)
        )
    )


def open_findings(township_id: int) -> Select[InspectionFinding]:
    """What is still to be mended, the oldest day first."""
    return (
        select(InspectionFinding)
        .where(InspectionFinding.township_id == township_id, InspectionFinding.mended_on.is_(None))
        .options(
            selectinload(InspectionFinding.village), selectinload(InspectionFinding.inspection)
        )
        .order_by(InspectionFinding.mend_by, InspectionFinding.id)
    )
