"""督办: each step as it was issued, and what was said to it; neither is ever edited."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from bulletin.domain.digests import canonical, sha256_hex
from bulletin.domain.oversight.escalation.course import EscalationEntryKind
from bulletin.domain.oversight.escalation.steps import (
    EscalationEnd,
    EscalationStep,
    IssuedStep,
)
from bulletin.store.base import Base, choice
from bulletin.store.people import Person
from bulletin.store.places import Village


class Escalation(Base):
    """One step about one or several things of a village. What it says is kept as it was printed."""

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("township_id", "step", "year", "number"),
        Index(None, "township_id", "closed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    step: Mapped[EscalationStep] = mapped_column(choice(EscalationStep, "escalation_step"))
    year: Mapped[int]
    number: Mapped[int]  # within the year, of its kind
    code: Mapped[str] = mapped_column(unique=True)  # printed on it
    about: Mapped[
        str
    ]  # 村级财务收支情况（2026年第三季度）; of several: 村级财务收支情况（2026年第三季度）等3项
    was_due_on: Mapped[date]  # the first of its items
    why: Mapped[str]  # the sentence of the rule, of each of its items
    demand: Mapped[str]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issuer: Mapped[str]  # the name as it stood on it
    first_answer_by: Mapped[date]
    answer_by: Mapped[date]  # with the extension
    pdf: Mapped[str]  # SHA-256
    closed_on: Mapped[date | None]  # with the last of its items
    ended_as: Mapped[EscalationEnd | None] = mapped_column(choice(EscalationEnd, "escalation_end"))
    notice_code: Mapped[str] = mapped_column(default="")  # of the notice that tells residents

    village: Mapped[Village] = relationship()
    items: Mapped[list["EscalationItem"]] = relationship(
        back_populates="escalation", order_by="EscalationItem.place"
    )
    entries: Mapped[list["EscalationEntry"]] = relationship(
        back_populates="escalation", order_by="EscalationEntry.id"
    )

    @property
    def register_name(self) -> str:
        """督办单〔2026〕3号."""
        return f"{self.step.label}〔{self.year}〕{self.number}号"

    @property
    def is_answered(self) -> bool:
        """Whether the village said something to each item that is open."""
        return self._open <= self._answered

    @property
    def has_answers(self) -> bool:
        """Whether the village said something to any item that is open."""
        return bool(self._open & self._answered)

    @property
    def _open(self) -> set[int | None]:
        """The places of the items that nobody closed."""
        return {each.place for each in self.items if each.closed_on is None}

    @property
    def _answered(self) -> set[int | None]:
        """The places of the items to which the village said something."""
        return {each.item for each in self.entries if each.kind is EscalationEntryKind.ANSWER}

    @property
    def extensions(self) -> int:
        return sum(each.kind is EscalationEntryKind.EXTENSION for each in self.entries)


class EscalationItem(Base):
    """One of the things that a step is about: a duty or a finding, as it was printed; closed by itself."""

    __tablename__ = "escalation_item"
    __table_args__ = (UniqueConstraint("escalation_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"))
    place: Mapped[int]  # on the paper, from 1
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("duty.id"), index=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("inspection_finding.id"), index=True)
    about: Mapped[str]
    was_due_on: Mapped[date]
    why: Mapped[str]  # the sentence of the rule
    closed_on: Mapped[date | None]
    ended_as: Mapped[EscalationEnd | None] = mapped_column(
        choice(EscalationEnd, "escalation_item_end")
    )

    escalation: Mapped[Escalation] = relationship(back_populates="items")

    @property
    def issued(self) -> IssuedStep:
        return IssuedStep(
            self.escalation.step, self.escalation.answer_by, self.closed_on is not None
        )


class EscalationEntry(Base):
    """What was said: an answer of the village, an extension, the closing."""

    __tablename__ = "escalation_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    kind: Mapped[EscalationEntryKind] = mapped_column(
        choice(EscalationEntryKind, "escalation_entry_kind")
    )
    item: Mapped[int | None]  # the place of the item that it is about; empty: the whole
    words: Mapped[str]
    until_on: Mapped[date | None]  # of an extension
    said_on: Mapped[date]
    said_at: Mapped[datetime]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    escalation: Mapped[Escalation] = relationship(back_populates="entries")
    speaker: Mapped[Person | None] = relationship()


_WHOLE = (
    selectinload(Escalation.entries),
    selectinload(Escalation.items),
    selectinload(Escalation.village),
)
_OF_STEP = selectinload(EscalationItem.escalation)


def escalations_at(township_id: int) -> Select[Escalation]:
    """The steps of a township, the newest first."""
    return (
        select(Escalation)
        .where(Escalation.township_id == township_id)
        .options(*_WHOLE)
        .order_by(Escalation.id.desc())
    )


def open_escalations(township_id: int) -> Select[Escalation]:
    """What nobody has closed."""
    return escalations_at(township_id).where(Escalation.closed_on.is_(None))


def newest_by_duty(session: Session, duty_ids: list[int]) -> dict[int, EscalationItem]:
    """The newest item about each of some duties."""
    rows = session.scalars(_items(EscalationItem.duty_id.in_(duty_ids)))
    return {row.duty_id: row for row in rows if row.duty_id is not None}


def newest_by_finding(session: Session, finding_ids: list[int]) -> dict[int, EscalationItem]:
    """The newest item about each of some findings."""
    rows = session.scalars(_items(EscalationItem.finding_id.in_(finding_ids)))
    return {row.finding_id: row for row in rows if row.finding_id is not None}


def _items(which: ColumnElement[bool]) -> Select[EscalationItem]:
    return select(EscalationItem).where(which).options(_OF_STEP).order_by(EscalationItem.id)


def about_the_same(items: Collection[EscalationItem]) -> ColumnElement[bool]:
    """Steps about any of the same duties and findings."""
    duties = [each.duty_id for each in items if each.duty_id is not None]
    findings = [each.finding_id for each in items if each.finding_id is not None]
    same = or_(EscalationItem.duty_id.in_(duties), EscalationItem.finding_id.in_(findings))
    return Escalation.id.in_(select(EscalationItem.escalation_id).where(same))


def escalated_duties(session: Session, township_id: int) -> list[int]:
    """The duties about which any step was taken."""
    found = select(EscalationItem.duty_id).where(
        EscalationItem.township_id == township_id, EscalationItem.duty_id.is_not(None)
    )
    return [duty_id for duty_id in session.scalars(found.distinct()) if duty_id is not None]


def issued_facts(row: Escalation) -> dict[str, Any]:
    """What the history keeps of a step when it is issued; of one item, its words are those of the step."""
    said = {"about": row.about, "why": row.why, "demand": row.demand}
    facts = {
        "step": row.step.value,
        "number": row.number,
        "answer_by": row.first_answer_by.isoformat(),
        "said": sha256_hex(canonical(said)),
        "pdf": row.pdf,
    }
    items = [[each.about, each.was_due_on.isoformat(), each.why] for each in row.items]
    if items == [[row.about, row.was_due_on.isoformat(), row.why]]:
        return facts
    return facts | {"items": sha256_hex(canonical(items))}


def escalation_of_code(session: Session, code: str) -> Escalation | None:
    return session.scalar(select(Escalation).where(Escalation.code == code).options(*_WHOLE))


def last_number(session: Session, township_id: int, step: EscalationStep, year: int) -> int:
    """The number of the newest of a kind in a year; 0 when there is none."""
    newest = select(func.max(Escalation.number)).where(
        Escalation.township_id == township_id, Escalation.step == step, Escalation.year == year
    )
    return session.scalar(newest) or 0
